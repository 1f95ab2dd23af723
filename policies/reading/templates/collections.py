"""ARM's functions of arrays and objects, which keep what is known of arguments that are not known whole.

Each takes its arguments as they are, with seals and unknown values in them, and keeps both where they are.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import Sealed, bare, resealed
from azure_hotpatch.policies.reading.templates.strings import checked, text
from azure_hotpatch.policies.reading.templates.unknowns import (
    CANNOT_BE_READ,
    MaybeAbsent,
    NotEmpty,
    OpenObject,
    key_in,
    member_of,
    opened,
)


def _create_object(*parts: Any) -> Any:
    made: dict[str, Any] = {}
    for key, value in zip(parts[::2], parts[1::2], strict=True):
        name = bare(key)
        if isinstance(name, Unknown):
            made = OpenObject(made, name)
        elif not isinstance(name, str):
            raise TypeError
        else:
            made[name] = resealed(key, value)
    return made


def _array(value: Any) -> Any:
    opened_value = bare(value)
    return value if isinstance(opened_value, list | Unknown) else [value]


def _concat(*parts: Any) -> Any:
    """Arrays end to end; strings are joined, and one that is not known leaves it that there is something."""
    opened_parts = [bare(part) for part in parts]
    if any(isinstance(part, list) for part in opened_parts):
        unknown = _first_unknown(opened_parts)
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


def _union(*values: Any) -> Any:
    return _merged_values(values, deep=True)


def _shallow_merge(values: Any) -> Any:
    objects = bare(values)
    if isinstance(objects, Unknown):
        return values
    return _merged_values([resealed(values, each) for each in objects], deep=False)


def _merged_values(values: Any, deep: bool) -> Any:
    opened_values = [bare(value) for value in values]
    unknown = _first_unknown(opened_values)
    if any(isinstance(value, list) for value in opened_values):
        return unknown or _distinct([resealed(value, item) for value in values for item in bare(value)])
    if unknown and all(isinstance(value, Unknown) for value in opened_values):
        return unknown
    merged: dict[str, Any] = {}
    for value in values:
        merged = _merged(merged, _members(value), deep)
    return merged


def _members(value: Any) -> dict[str, Any]:
    """The members of an object, each sealed where it is; of one that is not known, none that are known."""
    members = bare(value)
    if isinstance(members, Unknown):
        return OpenObject({}, members)
    if not isinstance(members, dict):
        raise TypeError
    sealed = {key: resealed(value, child) for key, child in members.items()}
    return OpenObject(sealed, members.why) if isinstance(members, OpenObject) else sealed


def _merged(under: dict[str, Any], over: dict[str, Any], deep: bool) -> dict[str, Any]:
    """Objects in objects are merged too, as Azure does; lists are not."""
    merged = dict(under)
    if isinstance(over, OpenObject):
        merged = dict.fromkeys(merged, over.why)  # each may be replaced by a member that is not seen
    for key, value in over.items():
        name = key_in(under, key) or key
        merged[name] = _over(under.get(name), value, deep)
    why = next((each.why for each in (under, over) if isinstance(each, OpenObject)), None)
    return OpenObject(merged, why) if why else merged


def _over(below: Any, value: Any, deep: bool) -> Any:
    if isinstance(bare(value), MaybeAbsent):
        return value if below is None else Unknown(bare(value).why)
    if deep and isinstance(bare(below), dict) and isinstance(bare(value), dict):
        return _merged(_members(below), _members(value), deep)
    return value


def _distinct(values: list[Any]) -> list[Any]:
    found: dict[Any, Any] = {}
    for value in values:
        found.setdefault(_identity(value), value)
    return list(found.values())


def _identity(value: Any) -> Any:
    """What two equal values have in common; a value that is not known is like no other."""
    inner = bare(value)
    if isinstance(inner, str | int):
        return type(inner), inner
    plain, _, unknown = opened(inner)
    return object() if unknown else json.dumps(plain, sort_keys=True)


def _first_unknown(values: list[Any]) -> Unknown | None:
    return next((value for value in values if isinstance(value, Unknown)), None)


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
    unknown = _first_unknown([inner for _, inner in lists])
    if unknown:
        return unknown
    checked(sum(len(inner) for _, inner in lists))
    return [resealed(values, resealed(sealed, item)) for sealed, inner in lists for item in inner]


def _whole(members: Any) -> Unknown | None:
    """What is not known of which members an object has."""
    if isinstance(members, Unknown):
        return members
    if not isinstance(members, dict):
        raise TypeError
    if isinstance(members, OpenObject):
        return members.why
    return next((value for value in members.values() if isinstance(value, MaybeAbsent)), None)


def _items(value: Any) -> Any:
    """An object as pairs, by its keys in order."""
    members = bare(value)
    unknown = _whole(members)
    if unknown:
        return unknown
    return [{"key": resealed(value, key), "value": resealed(value, members[key])} for key in _ordered(members)]


def _object_keys(value: Any) -> Any:
    members = bare(value)
    return _whole(members) or [resealed(value, key) for key in _ordered(members)]


def _ordered(members: Mapping[str, Any]) -> list[str]:
    return sorted(members, key=str.lower)


def _contains(where: Any, what: Any) -> Any:
    """Whether an array, a string or an object's keys hold something; what is found among the known decides."""
    holder, sought = bare(where), bare(what)
    if isinstance(holder, Unknown) or isinstance(sought, Unknown):
        return holder if isinstance(holder, Unknown) else sought
    if isinstance(holder, dict):
        found = member_of(holder, text(sought), _ABSENT)
        answer: Any = found if isinstance(found, MaybeAbsent) else found is not _ABSENT
        if isinstance(holder, OpenObject) and key_in(holder, text(sought)) is None:
            answer = holder.why
    elif isinstance(holder, list):
        answer = _any([_equals(item, what) for item in holder])
    elif isinstance(holder, str):
        answer = text(sought) in holder
    else:
        raise TypeError
    return resealed(where, resealed(what, answer))


_ABSENT = object()


def _any(answers: list[Any]) -> Any:
    opened_answers = [bare(answer) for answer in answers]
    if True in opened_answers:
        return True
    return _first_unknown(opened_answers) or False


def _empty(value: Any) -> Any:
    """Whether there is nothing in a value: null is empty; one known member, or item, is enough to say no."""
    inner = bare(value)
    if isinstance(inner, NotEmpty):
        return resealed(value, False)
    if isinstance(inner, OpenObject) or (isinstance(inner, dict) and inner):
        known = any(not isinstance(child, MaybeAbsent) for child in inner.values())
        return resealed(value, False if known else _whole(inner))
    if isinstance(inner, Unknown):
        return inner
    if not isinstance(inner, str | list | dict | None):
        raise TypeError
    return resealed(value, not inner)


def _length(value: Any) -> Any:
    inner = bare(value)
    if isinstance(inner, dict | Unknown):
        unknown = _whole(inner)
        if unknown:
            return unknown
    return resealed(value, len(inner))


def _equals(left: Any, right: Any) -> Any:
    """Whether two values are the same, by their known parts where those differ."""
    one, other = bare(left), bare(right)
    return resealed(left, resealed(right, _same(one, other)))


def _same(one: Any, other: Any) -> Any:
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return _same_unknown(one, other)
    if isinstance(one, OpenObject) or isinstance(other, OpenObject):
        return one.why if isinstance(one, OpenObject) else other.why
    if isinstance(one, dict) and isinstance(other, dict):
        keys = {key.lower() for key in one} == {key.lower() for key in other}
        return keys and _all([_same(bare(value), bare(member_of(other, key))) for key, value in one.items()])
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and _all([_same(bare(a), bare(b)) for a, b in zip(one, other, strict=True)])
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _same_unknown(one: Any, other: Any) -> Any:
    for value, beside in ((one, other), (other, one)):
        if isinstance(value, NotEmpty) and (beside is None or beside in ("", [], {})):
            return False
    return one if isinstance(one, Unknown) else other


def _all(answers: list[Any]) -> Any:
    if any(answer is False for answer in answers):
        return False
    return _first_unknown(answers) or True


def _intersection(*values: Any) -> Any:
    """What all arrays hold, or the members that all objects have with the same value."""
    given, sealed, unknown = opened(list(values))
    if unknown:
        return unknown
    first, *rest = given
    if isinstance(first, dict):
        common: Any = {
            key: value for key, value in first.items() if all(member_of(other, key, _ABSENT) == value for other in rest)
        }
    else:
        kept = [{json.dumps(item, sort_keys=True) for item in other} for other in rest]
        common = _distinct([i for i in first if all(json.dumps(i, sort_keys=True) in other for other in kept)])
    return Sealed(common) if sealed else common


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
    found: Any = None
    if isinstance(holder, dict) and isinstance(key, str):
        found = member_of(holder, key)
    elif isinstance(holder, list) and isinstance(key, int) and 0 <= key < len(holder):
        found = holder[key]
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
    "createarray": lambda *values: list(values),
    "createobject": _create_object,
    "array": _array,
    "concat": _concat,
    "union": _union,
    "shallowmerge": _shallow_merge,
    "intersection": _intersection,
    "first": _end(0),
    "last": _end(-1),
    "take": _part(lambda items, count: items[:count]),
    "skip": _part(lambda items, count: items[count:]),
    "flatten": _flatten,
    "items": _items,
    "objectkeys": _object_keys,
    "contains": _contains,
    "empty": _empty,
    "length": _length,
    "equals": _equals,
    "tryget": _try_get,
    "tryindexfromend": _from_end(None),
    "indexfromend": _from_end(CANNOT_BE_READ),
}
