"""Intermediate tables: typed columns and rows, and the context that an operator needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, ExpressionScope, Row
from azure_hotpatch.emulator.arm.graph.kql.compiler import compiled
from azure_hotpatch.emulator.arm.graph.kql.query_budget import QueryBudget
from azure_hotpatch.emulator.arm.graph.kql.refusals import UnknownColumn, WrongType
from azure_hotpatch.emulator.arm.graph.kql.syntax import Column, Expression, Pipe
from azure_hotpatch.emulator.arm.graph.kql.types import Type


@dataclass(frozen=True, slots=True)
class Frame:
    """Columns in their order, and rows that have a value for each of them. `is_limited`: take or top was asked."""

    columns: dict[str, Type]
    rows: list[Row]
    is_limited: bool = False


class Tables(Protocol):
    """Where rows come from: a table by name, with the `type`s that the query reads (None: all)."""

    def __call__(self, name: str, types: frozenset[str] | None) -> Frame | None: ...


@dataclass(frozen=True, slots=True)
class QueryContext:
    """The context that the operators of one query share."""

    tables: Tables
    values: Mapping[str, Expression]
    pipes: Mapping[str, Pipe]
    now: datetime
    budget: QueryBudget
    run: Callable[[Pipe, "QueryContext"], Frame]
    opened: frozenset[str] = frozenset()  # the tables of `let` that are being run
    known: dict[str, Compiled] = field(default_factory=dict)  # the values of `let` that were worked out

    def scope(self, columns: Mapping[str, Type]) -> ExpressionScope:
        return ExpressionScope(columns, self.values, self.now, self.budget, self.known)


def missing(kind: Type) -> Any:
    """The value of a column where there is no row."""
    return "" if kind is Type.STRING else None


def existing(columns: Mapping[str, Type], name: Column) -> str:
    if name.name not in columns:
        raise UnknownColumn(name.name, name.at)
    return name.name


def row_limit(expression: Expression, context: QueryContext) -> int:
    """The constant number of take and top."""
    found = compiled(expression, context.scope({}))
    value = found.value() if found.constant else None
    if found.type is not Type.LONG or value is None or value < 0:
        raise WrongType("The number of rows must be a constant long that is not negative.", found.at)
    return int(value)


def refuse_dynamic(kind: Type, name: str, at: int, where: str) -> None:
    """Kusto takes no dynamic value for a key."""
    if kind is Type.DYNAMIC:
        raise WrongType(
            f"{where} '{name}' is of a 'dynamic' type. Please use an explicit cast (for example, tostring({name})).",
            at,
            name,
        )
