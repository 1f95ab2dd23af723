"""ARM's predicates (contains, empty, equals), decided by the known parts where possible."""

from collections.abc import Callable, Mapping
from typing import Any

from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import bare, resealed
from azure_hotpatch.policies.reading.templates.strings import text
from azure_hotpatch.policies.reading.templates.unknowns import (
    MaybeAbsent,
    NotEmpty,
    OpenObject,
    first_unknown,
    key_in,
    member_of,
    reader,
    unseen,
)

_ABSENT = object()


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


def _any(answers: list[Any]) -> Any:
    opened_answers = [bare(answer) for answer in answers]
    if True in opened_answers:
        return True
    return first_unknown(opened_answers) or False


def _empty(value: Any) -> Any:
    """Whether a value is empty: null is; a single known member or item decides that it is not."""
    inner = bare(value)
    if isinstance(inner, NotEmpty):
        return resealed(value, False)
    if isinstance(inner, OpenObject) or (isinstance(inner, dict) and inner):
        known = any(not isinstance(child, MaybeAbsent) for child in inner.values())
        return resealed(value, False if known else unseen(inner))
    if isinstance(inner, Unknown):
        return inner
    if not isinstance(inner, str | list | dict | None):
        raise TypeError
    return resealed(value, not inner)


def _length(value: Any) -> Any:
    inner = bare(value)
    if isinstance(inner, dict | Unknown):
        unknown = unseen(inner)
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
        read = reader(other)
        return keys and _all([_same(bare(value), bare(read(key, None))) for key, value in one.items()])
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
    return first_unknown(answers) or True


QUESTIONS: Mapping[str, Callable[..., Any]] = {
    "contains": _contains,
    "empty": _empty,
    "length": _length,
    "equals": _equals,
}
