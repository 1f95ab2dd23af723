"""Encrypt secret values at rest: a client says which of its values are secret, and the store's file hides them.

A client names a secret by its digest, so that no header holds one. A value that was stored as a secret stays one: where
the request that reads it writes it again, it is encrypted again.
"""

import hashlib
import json
import os
import stat
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from azure_hotpatch.emulator.arm.protocol.errors import ArmError

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

HEADER = "x-azure-hotpatch-secrets"  # the digests of the secret values of a request, separated by commas
_MARK = "\ue000sealed:"  # before an encrypted value; the character is one of Unicode's private ones
_ESCAPED = json.dumps(_MARK)[1:-1]


class KeyMissing(ArmError):  # noqa: N818 - named after its code, as in errors.py
    """A secret was encrypted with a key that is not there any more."""

    status = 503
    code = "StoreUnavailable"


def digest(value: str | float) -> str:
    """What names a secret string or number."""
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:32]


class Key:
    """The key of a store: a file beside it that its owner alone can read, made when the first secret is stored.

    A store's transactions exclude each other, also those of other processes, so that one of them makes it.
    """

    def __init__(self, store: Path | None) -> None:
        """`store` is the path of the store, None for one in memory."""
        self._file = store.with_name(f"{store.name}.key") if store else None

    def encrypted(self, text: str) -> str:
        if self._file and not self._file.exists():
            self._make(self._file)
        return self._cipher.encrypt(text.encode()).decode()

    def decrypted(self, token: str) -> str:
        """Raises KeyMissing where the store was separated from its key."""
        from cryptography.fernet import InvalidToken  # costs what fifty requests cost; few stores have a secret

        try:
            return self._cipher.decrypt(token).decode()
        except (InvalidToken, OSError, ValueError) as error:
            raise KeyMissing(
                f"A secret of the store cannot be read: {self._file} is not the key that it was encrypted with. "
                "Put that file back beside the store, or delete both; what the store holds is emulated."
            ) from error

    @cached_property
    def _cipher(self) -> "Fernet":
        from cryptography.fernet import Fernet

        return Fernet(self._file.read_bytes() if self._file else Fernet.generate_key())

    def _make(self, file: Path) -> None:
        from cryptography.fernet import Fernet

        draft = file.with_name(f"{file.name}.new")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(Fernet.generate_key())
        draft.replace(file)


class Sealing:
    """JSON for the store's file, within one transaction. `secrets` has the digests of what is secret in it."""

    def __init__(self, key: Key) -> None:
        self._key = key
        self.secrets: set[str] = set()

    def dumps(self, value: Any) -> str:
        """JSON in which the secrets are encrypted."""
        text = json.dumps(value, separators=(",", ":"))
        if not self.secrets and _ESCAPED not in text:
            return text
        return json.dumps(_mapped(value, self._sealed), separators=(",", ":"))

    def loads(self, text: str) -> Any:
        """The value; its secrets stay secret until the transaction ends. Raises KeyMissing."""
        value = json.loads(text)
        return _mapped(value, self._opened) if _ESCAPED in text else value

    def _sealed(self, leaf: Any) -> Any:
        if isinstance(leaf, bool) or not isinstance(leaf, str | int | float):
            return leaf
        is_like_one = isinstance(leaf, str) and leaf.startswith(_MARK)
        if not is_like_one and digest(leaf) not in self.secrets:
            return leaf
        return f"{_MARK}{self._key.encrypted(json.dumps(leaf))}"

    def _opened(self, leaf: Any) -> Any:
        if not isinstance(leaf, str) or not leaf.startswith(_MARK):
            return leaf
        value = json.loads(self._key.decrypted(leaf.removeprefix(_MARK)))
        self.secrets.add(digest(value))
        return value


def _mapped(value: Any, change: Any) -> Any:
    """The value with each of its leaves changed."""
    if isinstance(value, dict):
        return {name: _mapped(item, change) for name, item in value.items()}
    if isinstance(value, list):
        return [_mapped(item, change) for item in value]
    return change(value)
