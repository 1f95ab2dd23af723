"""ARM's functions of arrays and objects, which keep what is known of arguments that are not known whole.

Each takes its arguments as they are, with seals and unknown values in them, and keeps both where they are.
"""

from collections.abc import Callable, Mapping
from typing import Any

from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import Sealed, bare, resealed
from azure_hotpatch.policies.reading.templates.merging import MERGING
from azure_hotpatch.policies.reading.templates.questions import QUESTIONS
from azure_hotpatch.policies.reading.templates.strings import checked, text
from azure_hotpatch.policies.reading.templates.unknowns import (
    CANNOT_BE_READ,
    NotEmpty,
    first_unknown,
    keyed,
    member_of,
    opened,
    unseen,
)


def _create_object(*parts: Any) -> Any:
    return keyed(zip(parts[::2], parts[1::2], strict=True))


def _array(value: Any) -> Any:
    opened_value = bare(value)
    return value if isinstance(opened_value, list | Unknown) else [value]


def _concat(*parts: Any) -> Any:
    """Arrays end to end; strings are joined, and one that is not known leaves it that there is something."""
    opened_parts = [bare(part) for part in parts]
    if any(isinstance(part, list) for part in opened_parts):
        unknown = first_unknown(opened_parts)
        if unknown:
            return unknown
        return [resealed(part, item) for part in parts for item in bare(_array(part))]
    given, sealed, unknown = opened(list(parts))
    if unknown:
        filled = any(isinstance(part, NotEmpty) or (isinstance(part, str) and part) for part in given)
        value: Any = NotEmpty(unknown.why) if filled else unknown
    else:
        value = "".join(map(text, given))
    return Sealed(value) if sealed else value


def _sequence(value: Any) -> Any:
    """What may be counted: a string, or a list whose items are sealed where it is."""
    inner = bare(value)
    return [resealed(value, item) for item in inner] if isinstance(inner, list) else inner


def _end(index: int) -> Callable[[Any], Any]:
    def one(value: Any) -> Any:
        items = _sequence(value)
        if isinstance(items, Unknown):
            return _shortened(value)
        if not isinstance(items, list | str):
            raise TypeError
        empty = "" if isinstance(items, str) else None
        return resealed(value, items[index] if items else empty)

    return one


def _shortened(value: Any) -> Any:
    """A part of a value that is not known: it may be empty though the whole is not."""
    unknown = bare(value)
    return resealed(value, Unknown(unknown.why))


def _part(cut: Callable[[Any, int], Any]) -> Callable[[Any, Any], Any]:
    def part(value: Any, count: Any) -> Any:
        items, most = _sequence(value), bare(count)
        if isinstance(items, Unknown) or isinstance(most, Unknown):
            return _shortened(value) if isinstance(items, Unknown) else most
        if not isinstance(items, list | str) or not isinstance(most, int):
            raise TypeError
        return resealed(value, resealed(count, cut(items, max(most, 0))))

    return part


def _flatten(values: Any) -> Any:
    outer = bare(values)
    if isinstance(outer, Unknown):
        return values
    lists = [(inner, bare(inner)) for inner in outer]
    unknown = first_unknown([inner for _, inner in lists])
    if unknown:
        return unknown
    checked(sum(len(inner) for _, inner in lists))
    return [resealed(values, resealed(sealed, item)) for sealed, inner in lists for item in inner]


def _items(value: Any) -> Any:
    """An object as pairs, by its keys in order."""
    members = bare(value)
    unknown = unseen(members)
    if unknown:
        return unknown
    return [{"key": resealed(value, key), "value": resealed(value, members[key])} for key in _ordered(members)]


def _object_keys(value: Any) -> Any:
    members = bare(value)
    return unseen(members) or [resealed(value, key) for key in _ordered(members)]


def _ordered(members: Mapping[str, Any]) -> list[str]:
    return sorted(members, key=str.lower)


def _try_get(value: Any, *steps: Any) -> Any:
    """The value at a path of keys and indexes, null where anything on the way is absent."""
    for step in steps:
        key = bare(step)
        value = resealed(step, _tried(value, key))
    return value


def _tried(value: Any, key: Any) -> Any:
    holder = bare(value)
    if isinstance(holder, Unknown):
        return _shortened(value)
    if isinstance(key, Unknown):
        return None if holder is None else key
    if holder is None:
        return value
    if isinstance(holder, dict) and isinstance(key, str):
        found = member_of(holder, key)
    elif isinstance(holder, list) and isinstance(key, int):
        found = holder[key] if 0 <= key < len(holder) else None
    else:
        raise TypeError  # Azure refuses a step that the value cannot take, and does not take it for absent
    return resealed(value, found)


def _from_end(absent: Any) -> Callable[[Any, Any], Any]:
    def from_end(values: Any, index: Any) -> Any:
        items, at = bare(values), bare(index)
        if isinstance(items, Unknown) or isinstance(at, Unknown):
            return _shortened(values) if isinstance(items, Unknown) else at
        if not isinstance(items, list) or not isinstance(at, int) or not 1 <= at <= len(items):
            return absent
        return resealed(values, resealed(index, items[-at]))

    return from_end


COLLECTIONS: Mapping[str, Callable[..., Any]] = {
    **MERGING,
    **QUESTIONS,
    "createarray": lambda *values: list(values),
    "createobject": _create_object,
    "array": _array,
    "concat": _concat,
    "first": _end(0),
    "last": _end(-1),
    "take": _part(lambda items, count: items[:count]),
    "skip": _part(lambda items, count: items[count:]),
    "flatten": _flatten,
    "items": _items,
    "objectkeys": _object_keys,
    "tryget": _try_get,
    "tryindexfromend": _from_end(None),
    "indexfromend": _from_end(CANNOT_BE_READ),
}
