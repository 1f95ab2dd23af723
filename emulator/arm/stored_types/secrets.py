"""What is secret in a body whose type nobody described: known by the names of its members, and left out."""

import re
from typing import Any

# Names of members whose text is a secret in Azure's REST specifications. What names or locates a secret is none.
_SECRET = re.compile(
    r"password|passphrase|secret|connectionstring|protectedsettings|customdata|userdata|credentials?$|"
    r"(account|access|primary|secondary|private|shared|master|admin|api|storage|instrumentation|encryption)_?-?keys?$|"
    r"(sas|access|auth|bearer|refresh)_?-?token|sasu(ri|rl)|pfxblob|certificatedata|protectedparameters",
    re.IGNORECASE,
)
_HARMLESS = re.compile(
    r"(name|names|uri|url|id|ids|path|version|type|enabled|expiry|reference|ref|date)$", re.IGNORECASE
)
# Members that are secret whole, whatever stands in them.
_WHOLE = re.compile(r"protectedsettings|protectedparameters|^secrets$|connectionstrings", re.IGNORECASE)

# The members of an access policy's permissions, and what may be done with secrets (Key Vault, SecretPermissions).
_PERMISSIONS = {"keys", "secrets", "certificates", "storage"}
_VERBS = {"all", "backup", "delete", "get", "list", "purge", "recover", "restore", "set"}


def without_secrets(value: Any) -> Any:
    """A part of a body without its secrets: they are dropped, as Azure drops them from what it answers.

    A digest would let a weak password be guessed from the store. A pair of `name` and `value`, as in the settings of a
    web app, is judged by what its name says.
    """
    if isinstance(value, list):
        return [without_secrets(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: without_secrets(item) for name, item in value.items() if not _is_secret(value, name, item)}


def _is_secret(owner: dict[str, Any], name: str, value: Any) -> bool:
    if name == "secrets" and owner.keys() <= _PERMISSIONS and isinstance(value, list):
        return not all(isinstance(item, str) and item.lower() in _VERBS for item in value)
    if _WHOLE.search(name):
        return True
    called = str(owner.get("name", "")) if name.lower() == "value" else name
    return _holds_text(value) and bool(_SECRET.search(called)) and not _HARMLESS.search(called)


def _holds_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and any(isinstance(item, str) for item in value))
