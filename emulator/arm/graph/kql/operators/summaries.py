"""summarize, distinct and count."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql import names
from azure_hotpatch.emulator.arm.graph.kql.compiled import Row, Run
from azure_hotpatch.emulator.arm.graph.kql.compiler import compiled
from azure_hotpatch.emulator.arm.graph.kql.frames import Frame, QueryContext, refuse_dynamic
from azure_hotpatch.emulator.arm.graph.kql.operators.groups import Parts, ResultColumn
from azure_hotpatch.emulator.arm.graph.kql.syntax import Column, Count, Distinct, NamedExpression, Summarize
from azure_hotpatch.emulator.arm.graph.kql.types import Type

Keys = list[tuple[str, Run]]


def count(frame: Frame, _operator: Count, _context: QueryContext) -> Frame:
    return Frame({"Count": Type.LONG}, [{"Count": len(frame.rows)}])


def distinct(frame: Frame, operator: Distinct, context: QueryContext) -> Frame:
    columns = operator.columns or tuple(
        NamedExpression(operator.at, name, Column(operator.at, name)) for name in frame.columns
    )
    kinds, keys = _keys(frame, columns, context)
    return Frame(kinds, [_named(keys, group) for group in _groups(frame.rows, keys)])


def summarize(frame: Frame, operator: Summarize, context: QueryContext) -> Frame:
    """Groups in the order of their first rows. Without keys there is one group, though there be no row."""
    kinds, keys = _keys(frame, operator.keys, context)
    parts = Parts(frame.columns, context)
    runs: list[tuple[str, Run]] = []
    for column in operator.aggregates:
        for part in _columns(column, parts, kinds, context):
            kinds[part.name] = part.kind
            runs.append((part.name, part.read))
    groups = _groups(frame.rows, keys) if keys else {(): frame.rows}
    context.budget.rows(len(frame.rows), parts.nodes)
    rows = []
    for group, members in groups.items():
        folded = parts.folded(members)
        rows.append(_named(keys, group) | {name: run(folded) for name, run in runs})
    return Frame(kinds, rows)


def _columns(
    column: NamedExpression, parts: Parts, taken: dict[str, Type], context: QueryContext
) -> list[ResultColumn]:
    """A column of a summarize; arg_max and take_any may give several."""
    several = parts.several(column, taken)
    if several is not None:
        return [replace(part, name=names.distinct(part.name, taken)) for part in several]
    rewritten = parts.extracted(column.expression)
    found = compiled(rewritten, context.scope(parts.kinds))
    return [ResultColumn(names.chosen(column, taken), found.type, found.run)]


def _keys(frame: Frame, columns: Sequence[NamedExpression], context: QueryContext) -> tuple[dict[str, Type], Keys]:
    scope = context.scope(frame.columns)
    kinds: dict[str, Type] = {}
    keys: Keys = []
    for column in columns:
        found = compiled(column.expression, scope)
        name = names.chosen(column, kinds)
        refuse_dynamic(found.type, name, found.at, "Summarize group key")
        kinds[name] = found.type
        keys.append((name, found.run))
    context.budget.rows(len(frame.rows), scope.nodes)
    return kinds, keys


def _groups(rows: list[Row], keys: Keys) -> dict[tuple[Any, ...], list[Row]]:
    runs = [run for _, run in keys]
    found: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple([run(row) for run in runs]), []).append(row)
    return found


def _named(keys: Keys, group: tuple[Any, ...]) -> Row:
    return {name: value for (name, _), value in zip(keys, group, strict=True)}
