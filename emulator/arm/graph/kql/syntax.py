"""The syntax tree of a query: expressions and the operators of a pipe, each with its position in the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.types import Type


@dataclass(frozen=True, slots=True)
class Literal:
    at: int
    type: Type
    value: Any


@dataclass(frozen=True, slots=True)
class Column:
    """A name: a column, or what a `let` gave a value. `side` is "left" or "right" in a join's condition."""

    at: int
    name: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """`base.name` or `base["name"]`."""

    at: int
    base: Expression
    name: str


@dataclass(frozen=True, slots=True)
class Index:
    """`base[expression]`."""

    at: int
    base: Expression
    index: Expression


@dataclass(frozen=True, slots=True)
class Call:
    at: int
    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Unary:
    """`-x`."""

    at: int
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    at: int
    operator: str
    left: Expression
    right: Expression


def terms(expression: Binary) -> list[Expression]:
    """The alternatives of `a or b or c`, or the conditions of `a and b and c`, however many they are."""
    found: list[Expression] = []
    rest: Expression = expression
    while isinstance(rest, Binary) and rest.operator == expression.operator:
        found.append(rest.right)
        rest = rest.left
    return [rest, *reversed(found)]


@dataclass(frozen=True, slots=True)
class Among:
    """`left in (…)`, its relatives, has_any and has_all."""

    at: int
    operator: str
    left: Expression
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Between:
    at: int
    left: Expression
    low: Expression
    high: Expression
    negated: bool


@dataclass(frozen=True, slots=True)
class Star:
    """`*`, as in arg_max(x, *)."""

    at: int


@dataclass(frozen=True, slots=True)
class NamedExpression:
    """`name = expression`; a name of "" is chosen for it. As an argument it names the result of a conversion."""

    at: int
    name: str
    expression: Expression


Expression = Literal | Column | Member | Index | Call | Unary | Binary | Among | Between | Star | NamedExpression


@dataclass(frozen=True, slots=True)
class Table:
    at: int
    name: str


@dataclass(frozen=True, slots=True)
class Where:
    at: int
    condition: Expression


@dataclass(frozen=True, slots=True)
class Project:
    at: int
    columns: tuple[NamedExpression, ...]


@dataclass(frozen=True, slots=True)
class Extend:
    at: int
    columns: tuple[NamedExpression, ...]


@dataclass(frozen=True, slots=True)
class ProjectNames:
    """project-away and project-keep; a name may end in `*`."""

    at: int
    keep: bool
    names: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Rename:
    at: int
    names: tuple[tuple[str, Column], ...]


@dataclass(frozen=True, slots=True)
class Summarize:
    at: int
    aggregates: tuple[NamedExpression, ...]
    keys: tuple[NamedExpression, ...]


@dataclass(frozen=True, slots=True)
class Distinct:
    """Without columns: by all of them."""

    at: int
    columns: tuple[NamedExpression, ...]


@dataclass(frozen=True, slots=True)
class SortKey:
    expression: Expression
    descending: bool
    nulls_first: bool


@dataclass(frozen=True, slots=True)
class Sort:
    """order by, sort by, and with a `limit` top."""

    at: int
    keys: tuple[SortKey, ...]
    limit: Expression | None = None


@dataclass(frozen=True, slots=True)
class Take:
    at: int
    limit: Expression


@dataclass(frozen=True, slots=True)
class Count:
    at: int


@dataclass(frozen=True, slots=True)
class Join:
    at: int
    kind: str
    right: Pipe
    conditions: tuple[tuple[Expression, Expression], ...]


@dataclass(frozen=True, slots=True)
class Union:
    at: int
    legs: tuple[Pipe, ...]


@dataclass(frozen=True, slots=True)
class Expanded:
    name: str
    expression: Expression
    type: Type


@dataclass(frozen=True, slots=True)
class Expand:
    """mv-expand."""

    at: int
    columns: tuple[Expanded, ...]
    as_arrays: bool
    index: str
    limit: int


@dataclass(frozen=True, slots=True)
class Captured:
    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Parse:
    """parse; a step is text that must be there, a column, or None for `*`."""

    at: int
    regex: bool
    flags: str
    source: Expression
    steps: tuple[str | Captured | None, ...]


Operator = (
    Where | Project | Extend | ProjectNames | Rename | Summarize | Distinct | Sort | Take | Count | Join | Union
    | Expand | Parse
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pipe:
    """A source and what is done to it, in order."""

    at: int
    source: Table | Pipe | Union
    operators: tuple[Operator, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A whole query: the values and tables that it names with `let`, and the pipe that is run."""

    values: dict[str, Expression]
    tables: dict[str, Pipe]
    pipe: Pipe
