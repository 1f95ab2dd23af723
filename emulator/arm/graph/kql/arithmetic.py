"""Sums and products of numbers, times and spans; null and a division by zero give null."""

import math
import operator
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, Run
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.graph.kql.values import wrapped

_T, _S, _L, _R = Type.DATETIME, Type.TIMESPAN, Type.LONG, Type.REAL
_RESULTS = {
    **{(sign, one, other): _R for sign in "+-*/%" for one in (_L, _R) for other in (_L, _R)},
    **{(sign, _L, _L): _L for sign in "+-*/%"},
    ("-", _T, _T): _S,
    ("+", _T, _S): _T,
    ("-", _T, _S): _T,
    ("+", _S, _T): _T,
    ("+", _S, _S): _S,
    ("-", _S, _S): _S,
    ("/", _S, _S): _R,
    ("%", _S, _S): _S,
    **{(sign, _S, number): _S for sign in "*/" for number in (_L, _R)},
    **{("*", number, _S): _S for number in (_L, _R)},
}


def calculator(sign: str, left: Compiled, right: Compiled, at: int) -> tuple[Type, Run]:
    """The type of a sum or product, and the function that works it out."""
    kind = _RESULTS.get((sign, left.type, right.type))
    if kind is None:
        raise WrongType(
            f"'{sign}' is not defined for {left.type.value} and {right.type.value}; add casts, or use strcat().", at
        )
    return kind, _safe(_function(sign, kind, left.type), left.run, right.run)


def negator(operand: Compiled) -> tuple[Type, Run]:
    if not operand.type.is_number and operand.type is not _S:
        raise WrongType(f"'-' is not defined for {operand.type.value}; add a cast.", operand.at)
    run = operand.run
    return operand.type, lambda row: None if (value := run(row)) is None else -value


def _function(sign: str, kind: Type, left: Type) -> Callable[[Any, Any], Any]:
    if sign == "/" and kind is _L:
        return _quotient
    if sign == "%" and left is not _S:
        return math.fmod if kind is _R else _remainder
    plain = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "%": operator.mod}[sign]
    return (lambda one, other: wrapped(plain(one, other))) if kind is _L else plain


def _quotient(one: int, other: int) -> int:
    """Towards zero, as Kusto divides."""
    found = abs(one) // abs(other)
    return wrapped(found if (one < 0) == (other < 0) else -found)


def _remainder(one: int, other: int) -> int:
    """Never negative."""
    return one % abs(other)


def _safe(function: Callable[[Any, Any], Any], one: Run, other: Run) -> Run:
    def run(row: dict[str, Any]) -> Any:
        left, right = one(row), other(row)
        if left is None or right is None:
            return None
        try:
            return function(left, right)
        except (ZeroDivisionError, OverflowError, ValueError):
            return None

    return run


def binned(value: Any, size: Any) -> Any:
    """The largest multiple of `size` that is not above a number, a span, or a time (counted from year 1)."""
    if isinstance(size, timedelta):
        micros = size // timedelta(microseconds=1)
        if micros <= 0:
            return None
        if isinstance(value, timedelta):
            return (value // size) * size
        start = value.replace(year=1, month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
        return start + ((value - start) // size) * size
    if size <= 0 or not math.isfinite(value):
        return None
    if isinstance(value, float) or isinstance(size, float):
        return float(math.floor(value / size) * size) if math.isfinite(value / size) else None
    return value // size * size
