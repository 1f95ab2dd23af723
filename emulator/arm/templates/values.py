"""The values of a template: their types, when two are equal, and how they are written as strings."""

import json
from collections.abc import Mapping
from typing import Any

from azure_hotpatch.emulator.arm.templates.errors import ExpressionError

_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "Boolean"),  # before int, of which it is one
    (int, "Integer"),
    (float, "Float"),
    (str, "String"),
    (list, "Array"),
    (dict, "Object"),
)


def kind(value: Any) -> str:
    """The name of a value's type in ARM's messages."""
    return next((name for known, name in _KINDS if isinstance(value, known)), "Null")


def is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def equal(one: Any, other: Any) -> bool:
    """Equality by type and value; true is not 1."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(equal(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(equal(value, other[name]) for name, value in one.items())
    return kind(one) == kind(other) and bool(one == other)


def text(value: Any) -> str:
    """A value as string() writes it: True, 5, {"a":1}."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value)
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def named(names: Mapping[str, Any], wanted: str) -> str | None:
    """The member's own spelling of a name, looked up without regard to case."""
    if wanted in names:
        return wanted
    low = wanted.lower()
    return next((name for name in names if name.lower() == low), None)


def member(target: Any, key: Any) -> Any:
    """`target.key` or `target[key]`; raises what ARM says where there is none."""
    if isinstance(target, dict) and isinstance(key, str):
        name = named(target, key)
        if name is None:
            raise ExpressionError(
                f"The language expression property '{key}' doesn't exist, "
                f"available properties are '{', '.join(target)}'."
            )
        return target[name]
    if isinstance(target, list) and is_integer(key):
        if not 0 <= key < len(target):
            raise ExpressionError(f"The language expression property array index '{key}' is out of bounds.")
        return target[key]
    raise ExpressionError(
        f"The language expression property '{key}' can't be evaluated: it is asked of a value of type '{kind(target)}'."
    )
