"""order by, sort by, top, take and limit."""

from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.aggregates import ordered
from azure_hotpatch.emulator.arm.graph.kql.compiled import Row, Run
from azure_hotpatch.emulator.arm.graph.kql.compiler import compiled
from azure_hotpatch.emulator.arm.graph.kql.frames import Frame, QueryContext, row_limit
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.syntax import Sort, SortKey, Take
from azure_hotpatch.emulator.arm.graph.kql.types import Type


def sort(frame: Frame, operator: Sort, context: QueryContext) -> Frame:
    """Sort by the last key first: Python's sort is stable."""
    rows = list(frame.rows)
    for key in reversed(operator.keys):
        _sort_by(rows, key, frame, context)
    limited = operator.limit is not None
    if operator.limit is not None:
        rows = rows[: row_limit(operator.limit, context)]
    return Frame(frame.columns, rows, frame.is_limited or limited)


def _sort_by(rows: list[Row], key: SortKey, frame: Frame, context: QueryContext) -> None:
    scope = context.scope(frame.columns)
    found = compiled(key.expression, scope)
    if found.type is Type.DYNAMIC:
        raise WrongType("order operator: key can't be of dynamic type; add a cast, such as tostring().", found.at)
    context.budget.rows(len(rows), scope.nodes)
    rows.sort(key=_place(found.run, nulls_last=key.nulls_first is key.descending), reverse=key.descending)


def _place(run: Run, *, nulls_last: bool) -> Run:
    """A key that puts null after (or before) every value; what is reversed is reversed with it."""

    def place(row: Row) -> Any:
        value = run(row)
        return (nulls_last, ()) if value is None else (not nulls_last, ordered(value))

    return place


def take(frame: Frame, operator: Take, context: QueryContext) -> Frame:
    return Frame(frame.columns, frame.rows[: row_limit(operator.limit, context)], is_limited=True)
