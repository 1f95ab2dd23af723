"""Pulumi's values as plain JSON values, with one value for all that is not known yet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from google.protobuf import struct_pb2

Json = dict[str, Any]


class Computed:
    """A value that only a later step can tell."""

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Computed()

_SIGNATURE = "4dabf18193072939515e22adb298388d"
_SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105  (the protocol's mark of a secret, not one)
_UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"

# The protocol has an unknown for each kind of value (pulumi/sdk, go/common/resource/plugin/rpc.go).
_UNKNOWN_WORDS = frozenset(
    {
        _UNKNOWN_STRING,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # boolean
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # array
        "030794c1-ac77-496b-92df-f27374a8bd58",  # asset
        "e48ece36-62e2-4504-bad9-02848725956a",  # archive
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # object
    }
)


def secret(value: Any) -> Json:
    """The value, marked for the engine to keep secret."""
    return {_SIGNATURE: _SECRET, "value": value}


def decode(struct: struct_pb2.Struct) -> Json:
    """The properties of a message. Nulls are left out, whole numbers are integers, a secret is what it holds."""
    return {name: _decoded(value) for name, value in struct.fields.items() if not value.HasField("null_value")}


def encode(properties: Mapping[str, Any]) -> struct_pb2.Struct:
    struct = struct_pb2.Struct()
    for name, value in properties.items():
        if value is not None:
            _put(struct.fields[name], value)
    return struct


def secrets(struct: struct_pb2.Struct) -> Iterator[str | float]:
    """The strings and numbers of a message that are secret, by themselves or within something that is."""
    for value in struct.fields.values():
        yield from _secrets(value, within=False)


def marked(properties: Mapping[str, Any], like: struct_pb2.Struct) -> Json:
    """The properties, secret where the message has a secret in the property of the same name.

    As the engine marks what a provider answers that takes no secrets, such as the real one: within an object by name,
    a list as a whole, since its order may be another.
    """
    return {
        name: _marked(value, like.fields[name]) if name in like.fields else value for name, value in properties.items()
    }


def has_unknowns(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(has_unknowns(item) for item in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(has_unknowns(item) for item in value)
    return value is UNKNOWN


def _decoded(value: struct_pb2.Value) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        return UNKNOWN if value.string_value in _UNKNOWN_WORDS else value.string_value
    if kind == "number_value":
        return int(value.number_value) if value.number_value.is_integer() else value.number_value
    if kind == "bool_value":
        return value.bool_value
    if kind == "list_value":
        return [_decoded(item) for item in value.list_value.values]
    if kind == "struct_value":
        found = decode(value.struct_value)
        return found.get("value") if found.get(_SIGNATURE) == _SECRET else found
    return None


def _secrets(value: struct_pb2.Value, *, within: bool) -> Iterator[str | float]:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        inside = within or _is_secret(value)
        for name, item in value.struct_value.fields.items():
            if name != _SIGNATURE:
                yield from _secrets(item, within=inside)
    elif kind == "list_value":
        for item in value.list_value.values:
            yield from _secrets(item, within=within)
    elif within and kind in {"string_value", "number_value"} and (found := _decoded(value)) is not UNKNOWN:
        yield found


def _has_secret(value: struct_pb2.Value) -> bool:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return _is_secret(value) or any(map(_has_secret, value.struct_value.fields.values()))
    return kind == "list_value" and any(map(_has_secret, value.list_value.values))


def _marked(value: Any, like: struct_pb2.Value) -> Any:
    if isinstance(value, Mapping) and value.get(_SIGNATURE) == _SECRET:
        return value
    if isinstance(value, Mapping) and like.HasField("struct_value") and not _is_secret(like):
        return marked(value, like.struct_value)
    return secret(value) if _has_secret(like) else value


def _is_secret(value: struct_pb2.Value) -> bool:
    fields = value.struct_value.fields
    return _SIGNATURE in fields and fields[_SIGNATURE].string_value == _SECRET


def _put(target: struct_pb2.Value, value: Any) -> None:
    if isinstance(value, str):
        target.string_value = value
    elif value is UNKNOWN:
        target.string_value = _UNKNOWN_STRING
    elif isinstance(value, bool):
        target.bool_value = value
    elif isinstance(value, (int, float)):
        target.number_value = value
    elif isinstance(value, Mapping):
        target.struct_value.CopyFrom(encode(value))
    elif isinstance(value, Sequence):
        target.list_value.SetInParent()
        for item in value:
            _put(target.list_value.values.add(), item)
    else:
        target.null_value = struct_pb2.NULL_VALUE
