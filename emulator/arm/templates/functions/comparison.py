"""Comparison functions, and the logical functions that evaluate all of their arguments."""

import operator
from collections.abc import Callable
from typing import Any

from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, wrong_argument
from azure_hotpatch.emulator.arm.templates.functions.signature import TemplateFunction, a_string
from azure_hotpatch.emulator.arm.templates.values import equal


def _ordered(name: str, compare: Callable[[Any, Any], bool]) -> TemplateFunction:
    def run(one: Any, other: Any) -> bool:
        return compare(*_comparable(name, one, other))

    return TemplateFunction(name, run, 2, 2)


def _comparable(name: str, one: Any, other: Any) -> tuple[Any, Any]:
    if isinstance(one, str) and isinstance(other, str):
        return _collated(one), _collated(other)
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, other))
    if not numbers:
        raise wrong_argument(name, "two integers or two strings")
    return one, other


def _collated(value: str) -> tuple[str, str]:
    """A string's place in the order of .NET's cultures: the letters first, then small before capital."""
    return value.casefold(), value.swapcase()


def _coalesce(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _not(value: Any) -> bool:
    if not isinstance(value, bool):
        raise wrong_argument("not", "a boolean")
    return not value


def _bool(value: Any) -> bool:
    if isinstance(value, bool | int):
        return bool(value)
    word = a_string("bool", value).lower()
    if word in {"true", "1", "false", "0"}:
        return word in {"true", "1"}
    raise wrong_argument("bool", "true, false, or an integer")


def _fail(message: Any) -> Any:
    raise ExpressionError(a_string("fail", message))


FUNCTIONS = (
    TemplateFunction("bool", _bool, 1, 1),
    TemplateFunction("coalesce", _coalesce, 1, None),
    TemplateFunction("equals", equal, 2, 2),
    TemplateFunction("fail", _fail, 1, 1),
    TemplateFunction("false", lambda: False, 0, 0),
    _ordered("greater", operator.gt),
    _ordered("greaterOrEquals", operator.ge),
    _ordered("less", operator.lt),
    _ordered("lessOrEquals", operator.le),
    TemplateFunction("not", _not, 1, 1),
    TemplateFunction("true", lambda: True, 0, 0),
)
