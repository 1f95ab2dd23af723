"""Partly known values: an object with some members, one of two values, not empty."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import Sealed, bare, resealed


class NotEmpty(Unknown):
    """A value that only Azure knows, and that is neither null nor empty: a location, an id, a GUID."""


class MaybeAbsent(Unknown):
    """A member of an object that may not be there at all."""


class Failed(Unknown):
    """No value: a deployment that comes here ends, so that what is deployed has another."""


class OpenObject(dict[str, Any]):
    """An object that may have more members than are known; `why` stands for each of those."""

    def __init__(self, members: Mapping[str, Any], why: Unknown) -> None:
        super().__init__(members)
        self.why = why


CANNOT_BE_READ = Unknown("an expression that cannot be evaluated here")


def opened(value: Any) -> tuple[Any, bool, Unknown | None]:
    """A value without the seals in it, whether there were any, and the first unknown value in it."""
    if isinstance(value, Sealed):
        inner, _, unknown = opened(value.value)
        return inner, True, unknown
    if isinstance(value, Unknown):
        return value, False, value
    if isinstance(value, dict):
        parts = {key: opened(child) for key, child in value.items()}
        first = value.why if isinstance(value, OpenObject) else None
        return {key: part[0] for key, part in parts.items()}, *_joined(parts.values(), first)
    if isinstance(value, list):
        items = [opened(child) for child in value]
        return [item[0] for item in items], *_joined(items)
    return value, False, None


def _joined(
    parts: Iterable[tuple[Any, bool, Unknown | None]], first: Unknown | None = None
) -> tuple[bool, Unknown | None]:
    sealed = False
    for part in parts:
        sealed, first = sealed or part[1], first or part[2]
    return sealed, first


def keyed(pairs: Iterable[tuple[Any, Any]]) -> Any:
    """An object of keys and values, sealed where a key is; a key that is not known may be any of those before it.

    Raises TypeError for a key that is no string.
    """
    made: dict[str, Any] = {}
    sealed = False
    for key, value in pairs:
        name = bare(key)
        sealed = sealed or isinstance(key, Sealed)
        if isinstance(name, Unknown):
            made = OpenObject(dict.fromkeys(made, name), name)
        elif not isinstance(name, str):
            raise TypeError
        else:
            made[name] = value
    return Sealed(made) if sealed else made


def key_in(members: Mapping[str, Any], key: str) -> str | None:
    """The key of an object as it is spelled there; ARM reads it in any letter case."""
    if key in members:
        return key
    lower = key.lower()
    return next((name for name in members if name.lower() == lower), None)


def member_of(members: Mapping[str, Any], key: str, absent: Any = None) -> Any:
    """The member of an object, `absent` where it is known not to be there, or what is unknown of it."""
    return _found(members, key_in(members, key), absent)


def reader(members: Mapping[str, Any]) -> Callable[[str, Any], Any]:
    """`member_of` for many keys of one object, which looks through the object once."""
    spelled = {name.lower(): name for name in reversed(list(members))}

    def read(key: str, absent: Any = None) -> Any:
        return _found(members, key if key in members else spelled.get(key.lower()), absent)

    return read


def _found(members: Mapping[str, Any], name: str | None, absent: Any) -> Any:
    if name is not None:
        return members[name]
    return members.why if isinstance(members, OpenObject) else absent


def first_unknown(values: list[Any]) -> Unknown | None:
    return next((value for value in values if isinstance(value, Unknown)), None)


def unseen(members: Any) -> Unknown | None:
    """The reason why an object's members are unknown."""
    if isinstance(members, Unknown):
        return members
    if not isinstance(members, dict):
        raise TypeError
    if isinstance(members, OpenObject):
        return members.why
    return next((value for value in members.values() if isinstance(value, MaybeAbsent)), None)


def either(one: Any, other: Any, why: Unknown) -> Any:
    """What is known of a value that is `one` or `other`: where they agree it is known, leaf by leaf."""
    left, right = bare(one), bare(other)
    value: Any
    if isinstance(left, Failed) or isinstance(right, Failed):
        value = right if isinstance(left, Failed) else left
    elif isinstance(left, dict) and isinstance(right, dict):
        value = _either_object(left, right, why)
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        value = [either(*pair, why) for pair in zip(left, right, strict=True)]
    elif isinstance(left, NotEmpty) and isinstance(right, NotEmpty):
        value = left
    else:
        value = left if type(left) is type(right) and left == right else why
    return resealed(one, resealed(other, value))


def _either_object(left: dict[str, Any], right: dict[str, Any], why: Unknown) -> dict[str, Any]:
    maybe = MaybeAbsent(why.why)
    members: dict[str, Any] = {}
    in_left, in_right = reader(dict(left)), reader(right)
    for key, value in left.items():
        other = in_right(key, maybe)
        members[key] = maybe if other is maybe and value is not None else either(value, other, why)
    members.update({key: maybe for key in right if in_left(key, maybe) is maybe and right[key] is not None})
    is_open = isinstance(left, OpenObject) or isinstance(right, OpenObject)
    return OpenObject(members, why) if is_open else members
