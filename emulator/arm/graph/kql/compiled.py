"""A compiled expression: its type, its function of a row, and the scope it was compiled in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.query_budget import QueryBudget
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.syntax import Expression
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.graph.kql.values import CONVERSIONS

Row = dict[str, Any]
Run = Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A function from a row to a value of one type. A constant is evaluated once, with an empty row."""

    type: Type
    run: Run
    at: int
    constant: bool = False

    def value(self) -> Any:
        """The value of a constant."""
        return self.run({})


@dataclass(slots=True)
class ExpressionScope:
    """The columns and named values that an expression may read, the time, and the work that is left."""

    columns: Mapping[str, Type]
    values: Mapping[str, Expression]
    now: datetime
    budget: QueryBudget
    known: dict[str, "Compiled"] = field(default_factory=dict)  # the named values that were worked out
    nodes: int = 0  # of the expressions that were made ready in it


def constant(kind: Type, value: Any, at: int) -> Compiled:
    return Compiled(kind, lambda _row: value, at, constant=True)


def folded(found: Compiled, parts: tuple[Compiled, ...]) -> Compiled:
    """The value itself, where all that an expression is made of is constant."""
    if not all(part.constant for part in parts):
        return found
    return constant(found.type, found.value(), found.at)


def coerced(part: Compiled, kind: Type, what: str) -> Run:
    """A function that gives a value as another type: dynamic as any, long as real. Others need a cast."""
    if part.type is kind:
        return part.run
    if part.type is Type.DYNAMIC or kind is Type.DYNAMIC or (part.type, kind) == (Type.LONG, Type.REAL):
        run, convert = part.run, CONVERSIONS[kind]
        return lambda row: convert(run(row))
    raise WrongType(f"{what} expects {kind.value}, not {part.type.value}; add a cast.", part.at)


def unified(parts: tuple[Compiled, ...], what: str) -> Type:
    """The one type of several alternatives, such as the branches of iff()."""
    kinds = {part.type for part in parts}
    if len(kinds) == 1:
        return kinds.pop()
    if Type.DYNAMIC in kinds:
        return Type.DYNAMIC
    if all(kind.is_number for kind in kinds):
        return Type.REAL
    names = ", ".join(sorted(kind.value for kind in kinds))
    raise WrongType(f"{what} must be of the same type, not {names}; add casts.", parts[0].at)
