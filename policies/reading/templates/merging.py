"""ARM's functions that make one object or array of several, and keep what is known of each."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import Sealed, bare, resealed
from azure_hotpatch.policies.reading.templates.unknowns import (
    MaybeAbsent,
    OpenObject,
    first_unknown,
    opened,
    reader,
)

_ABSENT = object()


def _union(*values: Any) -> Any:
    return _merged_values(values, deep=True)


def _shallow_merge(values: Any) -> Any:
    objects = bare(values)
    if isinstance(objects, Unknown):
        return values
    return _merged_values([resealed(values, each) for each in objects], deep=False)


def _merged_values(values: Any, deep: bool) -> Any:
    opened_values = [bare(value) for value in values]
    unknown = first_unknown(opened_values)
    if any(isinstance(value, list) for value in opened_values):
        return unknown or _distinct([resealed(value, item) for value in values for item in bare(value)])
    if unknown and all(isinstance(value, Unknown) for value in opened_values):
        return unknown
    # The names in an object that is a secret are secrets too.
    merged = _merged(values, deep)
    return Sealed(merged) if any(isinstance(value, Sealed) for value in values) else merged


def _members(value: Any) -> dict[str, Any]:
    """The members of an object, each sealed where it is; of one that is not known, none that are known."""
    members = bare(value)
    if isinstance(members, Unknown):
        return OpenObject({}, members)
    if not isinstance(members, dict):
        raise TypeError
    sealed = {key: resealed(value, child) for key, child in members.items()}
    return OpenObject(sealed, members.why) if isinstance(members, OpenObject) else sealed


def _merged(objects: Iterable[Any], deep: bool) -> dict[str, Any]:
    """One object of several, a later over an earlier one; objects in objects are merged too where it is `deep`."""
    merged: dict[str, Any] = {}
    spelled: dict[str, str] = {}  # the names of those before, by name in lower case
    why: Unknown | None = None
    for each in objects:
        over = _members(each)
        if isinstance(over, OpenObject):
            why = why or over.why
            merged = dict.fromkeys(merged, over.why)  # each may be replaced by a member that is not seen
        for key, value in over.items():
            name = key if key in merged else spelled.get(key.lower(), key)
            merged[name] = _over(merged.get(name), value, deep)
        for key in over:
            spelled.setdefault(key.lower(), key)
    return OpenObject(merged, why) if why else merged


def _over(below: Any, value: Any, deep: bool) -> Any:
    if isinstance(bare(value), MaybeAbsent):
        return value if below is None else Unknown(bare(value).why)
    if deep and isinstance(bare(below), dict) and isinstance(bare(value), dict):
        return _merged((below, value), deep)
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


def _intersection(*values: Any) -> Any:
    """What all arrays hold, or the members that all objects have with the same value."""
    given, sealed, unknown = opened(list(values))
    if unknown:
        return unknown
    first, *rest = given
    if isinstance(first, dict):
        readers = [reader(other) for other in rest]
        common: Any = {
            key: value for key, value in first.items() if all(read(key, _ABSENT) == value for read in readers)
        }
    else:
        kept = [{json.dumps(item, sort_keys=True) for item in other} for other in rest]
        common = _distinct([i for i in first if all(json.dumps(i, sort_keys=True) in other for other in kept)])
    return Sealed(common) if sealed else common


MERGING: Mapping[str, Callable[..., Any]] = {
    "union": _union,
    "shallowmerge": _shallow_merge,
    "intersection": _intersection,
}
