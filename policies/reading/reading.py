"""Read a value once, whoever made it: proxies and wire marks become plain values, `Unknown` and `Sealed`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from azure_hotpatch.domain.judging.record import Unknown

# pulumi_policy/proxy.py: how the engine writes a value that is not known, one text for each type.
UNKNOWN_TEXTS = frozenset(
    (
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # boolean
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # number
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",  # string
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # array
        "030794c1-ac77-496b-92df-f27374a8bd58",  # asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # object
    )
)
# sdk/go/common/resource/sig: an object with this key is not an object but a value of another kind.
_MARK = "4dabf18193072939515e22adb298388d"
SECRET_MARK = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - the mark of a secret, not one
_OUTPUT_MARK = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
_WITHHELD = "[secret]"  # what `pulumi policy analyze --file` and `--json` write in place of a secret
_DEEPEST = 90  # protobuf takes 100 levels

NOT_KNOWN = Unknown()
NOT_SHOWN = Unknown("a secret that is not in the file")
NO_VALUE = Unknown("of a kind that cannot be read")
TOO_DEEP = Unknown(f"nested deeper than {_DEEPEST} levels")


def is_marked(value: Mapping[str, Any], mark: str = "") -> bool:
    """Whether an object on the wire stands for a value of another kind: any, or the one of `mark`."""
    return _MARK in value.keys() and (not mark or value[_MARK] == mark)  # noqa: SIM118 - see _member


class Sealed(NamedTuple):
    """A value that must be judged and never printed."""

    value: Any


def plain(value: Any, depth: int = 0) -> Any:
    """Dicts, lists and scalars, with `Unknown` for what is not known and `Sealed` around what is secret."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)  # protobuf has no integers
    if value is None or isinstance(value, bool | int | float | Unknown | Sealed):
        return value
    if depth > _DEEPEST:
        return TOO_DEEP
    if isinstance(value, Mapping):
        return _marked(value, depth) if is_marked(value) else _object(value, depth)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [plain(_member(value, index), depth + 1) for index in range(len(value))]
    return _of_object(value, depth)


def unsealed(value: Any) -> tuple[Any, frozenset[str]]:
    """The same without seals, and the paths where they were, as `Record.read` takes them."""
    secrets: list[str] = []
    return _opened(value, "", secrets), frozenset(secrets)


def bare(value: Any) -> Any:
    """A value without the seal that may be around it."""
    return value.value if isinstance(value, Sealed) else value


def each(value: Any) -> Iterator[Any]:
    """The items of a list, sealed where the list is; nothing for what is no list."""
    items = bare(value)
    if isinstance(items, list):
        yield from (resealed(value, item) for item in items)


def resealed(outer: Any, value: Any) -> Any:
    """`value`, sealed if `outer`, which it was taken from, is."""
    return Sealed(value) if isinstance(outer, Sealed) and not isinstance(value, Sealed | Unknown | None) else value


def _text(value: str) -> Any:
    if value in UNKNOWN_TEXTS:
        return NOT_KNOWN
    return Sealed(NOT_SHOWN) if value == _WITHHELD else value


def _object(value: Mapping[str, Any], depth: int) -> dict[str, Any]:
    return {
        key: plain(_member(value, key), depth + 1) for key in value if not key.startswith("__")
    }  # "__defaults" is the bridge's own


def _member(value: Any, key: Any) -> Any:
    # A proxy of the policy SDK raises where a value is not known; the SDK is not imported to say so by type.
    try:
        return value[key]
    except Exception as error:
        if type(error).__name__ == "UnknownValueError":
            return NOT_KNOWN
        raise


def _marked(value: Mapping[str, Any], depth: int) -> Any:
    mark = _member(value, _MARK)
    if mark == SECRET_MARK:
        return _sealed(plain(value["value"], depth + 1) if "value" in value else _plaintext(value))
    if mark == _OUTPUT_MARK:
        inner = plain(_member(value, "value"), depth + 1) if "value" in value.keys() else NOT_KNOWN  # noqa: SIM118
        return _sealed(inner) if value.get("secret") else inner
    return value["text"] if isinstance(value.get("text"), str) else NO_VALUE  # an asset, an archive or a resource


def _plaintext(value: Mapping[str, Any]) -> Any:
    """`pulumi stack export --show-secrets` writes the value as JSON, other exports write it encrypted."""
    import json

    text = value.get("plaintext")
    try:
        return plain(json.loads(text)) if isinstance(text, str) else NOT_SHOWN
    except ValueError:
        return text


def _sealed(value: Any) -> Any:
    return value if isinstance(value, Sealed) else Sealed(value)


def _of_object(value: Any, depth: int) -> Any:
    """What the SDK makes of a marked value: an asset with its text, a `Secret` with its value."""
    if type(value).__name__ == "Secret":
        return _sealed(plain(value.value, depth + 1))
    text = getattr(value, "text", None)
    return text if isinstance(text, str) else NO_VALUE


def _opened(value: Any, path: str, secrets: list[str]) -> Any:
    if isinstance(value, Sealed):
        secrets.append(path)
        return _opened(value.value, path, [])
    if isinstance(value, dict):
        return {key: _opened(child, f"{path}.{key}" if path else key, secrets) for key, child in value.items()}
    if isinstance(value, list):
        return [_opened(child, f"{path}[{index}]", secrets) for index, child in enumerate(value)]
    return value
