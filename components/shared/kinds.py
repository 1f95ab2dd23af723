"""Of which kind an argument's value has to be, by its annotation: a text, a whole number, a list of texts."""

from collections.abc import Awaitable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

import pulumi

# `pulumi.Input` is an alias with names of its own module in it.
_NAMES = {"Output": pulumi.Output, "T": Any}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is called, which types it may have, whether it may come later, and the kind of what is in it."""

    what: str
    types: tuple[type, ...]
    late: bool = False
    item: "Kind | None" = None


_SIMPLE = {
    str: ("a text", (str,)),
    bool: ("true or false", (bool,)),
    int: ("a whole number", (int,)),
    float: ("a number", (int, float)),
}


@cache
def kinds(arguments: type) -> Mapping[str, Kind]:
    """The kind of each argument of a TypedDict."""
    return {name: _kind(hint) for name, hint in get_type_hints(arguments, localns=_NAMES).items()}


def mistakes(kind: Kind, value: Any, path: str) -> Iterator[tuple[str, str, Any]]:
    """Path, reason and value of whatever is not of its kind. What comes later is not looked into."""
    if isinstance(value, pulumi.Output | Awaitable):
        if not kind.late:
            yield path, "it has to be known before the deployment, and is an output", None
    elif not isinstance(value, kind.types) or (isinstance(value, bool) and bool not in kind.types):
        yield path, f"it is not {kind.what}", value
    elif kind.item:
        for step, child in _children(value):
            yield from mistakes(kind.item, child, f"{path}{step}")


def _kind(hint: Any, *, late: bool = False) -> Kind:
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Union:
        return _kind(parts[0], late=True)  # pulumi.Input: the value itself, an awaitable, an output
    if hint in _SIMPLE:
        return Kind(*_SIMPLE[hint], late=late)
    if origin is Literal:
        return Kind(*_SIMPLE[str], late=late)  # which of the strings it is, a check asks
    if origin is Sequence:
        return Kind("a list", (list, tuple), late, _kind(parts[0]))
    if origin is Mapping:
        return Kind("an object", (Mapping,), late, _kind(parts[1]))
    if is_typeddict(hint):
        return Kind("a set of arguments", (Mapping,), late)
    raise TypeError(f"{hint} is not an annotation of an argument")


def _children(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        yield from ((f".{key}", child) for key, child in value.items())
    else:
        yield from ((f"[{index}]", child) for index, child in enumerate(value))
