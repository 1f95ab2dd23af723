"""mv-expand: a row for each item of an array, or for each member of a bag."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql import names
from azure_hotpatch.emulator.arm.graph.kql.compiled import Row, Run
from azure_hotpatch.emulator.arm.graph.kql.compiler import compiled
from azure_hotpatch.emulator.arm.graph.kql.frames import Frame, QueryContext
from azure_hotpatch.emulator.arm.graph.kql.query_budget import MOST_ROWS
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.syntax import Expand
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.graph.kql.values import CONVERSIONS


def expand(frame: Frame, operator: Expand, context: QueryContext) -> Frame:
    scope = context.scope(frame.columns)
    kinds = dict(frame.columns)
    runs: list[tuple[str, Run, Type]] = []
    for column in operator.columns:
        found = compiled(column.expression, scope)
        if found.type is not Type.DYNAMIC:
            raise WrongType(f"mv-expand expects dynamic, not {found.type.value}.", found.at)
        name = column.name or names.of(column.expression) or names.distinct("", kinds)
        kinds[name] = column.type
        runs.append((name, found.run, column.type))
    if operator.index:
        kinds[operator.index] = Type.LONG
    rows: list[Row] = []
    for row in frame.rows:
        rows += _expanded(row, runs, operator)
        if len(rows) > MOST_ROWS:
            context.budget.rows(len(rows))
    context.budget.rows(len(rows), len(kinds) + scope.nodes)
    return Frame(kinds, rows, frame.is_limited)


def _expanded(row: Row, runs: list[tuple[str, Run, Type]], operator: Expand) -> Iterator[Row]:
    """Several columns are expanded side by side; the shorter one is filled with null."""
    lists = [(name, kind, _items(run(row), as_arrays=operator.as_arrays)) for name, run, kind in runs]
    for at in range(min(max(len(items) for _, _, items in lists), operator.limit)):
        new: Row = {name: _typed(items[at], kind) if at < len(items) else None for name, kind, items in lists}
        if operator.index:
            new[operator.index] = at
        yield row | new


def _items(value: Any, *, as_arrays: bool) -> list[Any]:
    if isinstance(value, dict):
        return [[name, item] if as_arrays else {name: item} for name, item in value.items()]
    if isinstance(value, list):
        return value
    return [value]


def _typed(value: Any, kind: Type) -> Any:
    return CONVERSIONS[kind](value)
