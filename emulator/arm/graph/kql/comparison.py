"""How two values are compared: by the type of the other side where one is dynamic, and with nulls as Kusto has them."""

import operator
from collections.abc import Callable
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, Run
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.graph.kql.values import CONVERSIONS, to_long, to_real

Compare = Callable[[Any, Any], Any]
_ORDERED: dict[str, Compare] = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}


def comparer(sign: str, left: Compiled, right: Compiled, at: int) -> Run:
    """`==`, `!=`, `<`, `>`, `<=`, `>=` of two expressions."""
    one, other = _sides(sign, left, right, at)
    if sign in _ORDERED:
        return _ordered(_ORDERED[sign], one, other)
    if right.constant:
        return _same_as(other({}), one, negated=sign == "!=")
    return _equal(one, other, negated=sign == "!=")


def _sides(sign: str, left: Compiled, right: Compiled, at: int) -> tuple[Run, Run]:
    if left.type is right.type and left.type is not Type.DYNAMIC:
        return left.run, right.run
    if left.type.is_number and right.type.is_number:
        return left.run, right.run
    if (left.type is Type.DYNAMIC) != (right.type is Type.DYNAMIC):
        return _as(left, right.type), _as(right, left.type)
    raise WrongType(
        f"Cannot compare values of types {left.type.value} and {right.type.value} with '{sign}'. "
        "Try adding explicit casts",
        at,
    )


def _as(part: Compiled, kind: Type) -> Run:
    if part.type is not Type.DYNAMIC:
        return part.run
    run, convert = part.run, to_number if kind.is_number else CONVERSIONS[kind]
    return lambda row: convert(run(row))


def to_number(value: Any) -> int | float | None:
    """A dynamic value as a number that keeps its fraction."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    real = to_real(value)
    return to_long(value) if real is not None and real.is_integer() else real


def _same_as(wanted: Any, one: Run, *, negated: bool) -> Run:
    if wanted is None:
        return _equal(one, lambda _row: None, negated=negated)
    # A null differs from every value.
    return (lambda row: one(row) != wanted) if negated else (lambda row: one(row) == wanted)


def _equal(one: Run, other: Run, *, negated: bool) -> Run:
    def run(row: dict[str, Any]) -> bool | None:
        left, right = one(row), other(row)
        if left is None and right is None:
            return None
        return (left == right) is not negated

    return run


def _ordered(compare: Compare, one: Run, other: Run) -> Run:
    def run(row: dict[str, Any]) -> bool | None:
        left, right = one(row), other(row)
        if left is None or right is None:
            return None
        return bool(compare(left, right))

    return run
