"""Functions of numbers."""

from collections.abc import Callable
from typing import Any

from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, wrong_argument
from azure_hotpatch.emulator.arm.templates.functions.signature import TemplateFunction, an_integer

_SMALLEST, _LARGEST = -(2**63), 2**63 - 1  # .NET's long, in which Azure computes


def _arithmetic(name: str, compute: Callable[[int, int], int]) -> TemplateFunction:
    def run(one: Any, other: Any) -> int:
        return _within(name, compute(an_integer(name, one), an_integer(name, other)))

    return TemplateFunction(name, run, 2, 2)


def _within(name: str, value: int) -> int:
    if _SMALLEST <= value <= _LARGEST:
        return value
    raise ExpressionError(f"Unable to evaluate template language function '{name}': the result is out of range.")


def _divided(one: int, other: int) -> int:
    """Towards zero, as .NET divides."""
    if other == 0:
        raise ExpressionError("Unable to evaluate template language function 'div': attempted to divide by zero.")
    whole = abs(one) // abs(other)
    return whole if (one < 0) == (other < 0) else -whole


def _remainder(one: int, other: int) -> int:
    if other == 0:
        raise ExpressionError("Unable to evaluate template language function 'mod': attempted to divide by zero.")
    return one - other * _divided(one, other)


def _int(value: Any) -> int:
    try:
        number = int(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
    except (ValueError, OverflowError):
        number = None
    if number is None:
        raise wrong_argument("int", "an integer, or a string that is one")
    return _within("int", number)


def _float(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise wrong_argument("float", "a number, or a string that is one") from None


def _extreme(name: str, choose: Callable[[list[int]], int]) -> TemplateFunction:
    def run(*values: Any) -> int:
        numbers = values[0] if len(values) == 1 and isinstance(values[0], list) else values
        if not numbers:
            raise wrong_argument(name, "integers, or an array of them")
        return choose([an_integer(name, value) for value in numbers])

    return TemplateFunction(name, run, 1, None)


FUNCTIONS = (
    _arithmetic("add", lambda one, other: one + other),
    _arithmetic("div", _divided),
    TemplateFunction("float", _float, 1, 1),
    TemplateFunction("int", _int, 1, 1),
    _extreme("max", max),
    _extreme("min", min),
    _arithmetic("mod", _remainder),
    _arithmetic("mul", lambda one, other: one * other),
    _arithmetic("sub", lambda one, other: one - other),
)
