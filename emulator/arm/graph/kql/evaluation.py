"""Run a query: check it against the service's limits, then apply its operators to its tables."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from azure_hotpatch.emulator.arm.graph.kql import pushdown, syntax
from azure_hotpatch.emulator.arm.graph.kql.frames import Frame, QueryContext, Tables
from azure_hotpatch.emulator.arm.graph.kql.operators import applied, unions
from azure_hotpatch.emulator.arm.graph.kql.query_budget import QueryBudget
from azure_hotpatch.emulator.arm.graph.kql.refusals import LimitExceeded, UnknownTable
from azure_hotpatch.emulator.arm.graph.kql.statements import parse_query
from azure_hotpatch.emulator.arm.graph.kql.syntax import Pipe, Query

# "Understanding the Azure Resource Graph query language", supported operators. The page of the limits gives 2 or 3 for
# mv-expand; the words of the refusal are published nowhere.
MOST_JOINS = 3
MOST_EXPANSIONS = 3
MOST_LEGS = 3
_A_PIPE = 1000  # steps that it takes to run one, though it have no row


def run(query: str, tables: Tables, now: datetime, budget: QueryBudget | None = None) -> Frame:
    """Run a query and return its rows; raises QueryRefused."""
    try:
        tree = parse_query(query)
        _check_limits(tree)
        return _run(tree.pipe, QueryContext(tables, tree.values, tree.tables, now, budget or QueryBudget(), _run))
    except RecursionError:
        raise LimitExceeded("The query is nested too deep.") from None


def _run(pipe: Pipe, context: QueryContext) -> Frame:
    context.budget.spend(_A_PIPE)
    frame = _source(pipe, context)
    for operator in pipe.operators:
        frame = applied(frame, operator, context)
    return frame


def _source(pipe: Pipe, context: QueryContext) -> Frame:
    source = pipe.source
    if isinstance(source, Pipe):
        return _run(source, context)
    if isinstance(source, syntax.Union):
        return unions.joined([_run(leg, context) for leg in source.legs], source.at, context)
    if source.name in context.pipes and source.name not in context.opened:
        return _run(context.pipes[source.name], replace(context, opened=context.opened | {source.name}))
    frame = context.tables(source.name, pushdown.types(pipe.operators))
    if frame is None:
        raise UnknownTable(source.name, source.at)
    context.budget.rows(len(frame.rows))
    return frame


def _check_limits(query: Query) -> None:
    found = [one for pipe in (query.pipe, *query.tables.values()) for one in _operators(pipe)]
    joins = [one for one in found if isinstance(one, syntax.Join)]
    expansions = [one for one in found if isinstance(one, syntax.Expand)]
    legs = [leg for one in found if isinstance(one, syntax.Union) for leg in one.legs]
    _check_count("joins", joins, MOST_JOINS)
    _check_count("mv-expand", expansions, MOST_EXPANSIONS)
    _check_count("legs of a union", legs, MOST_LEGS)


def _check_count(what: str, found: Sequence[syntax.Operator | Pipe], most: int) -> None:
    if len(found) > most:
        raise LimitExceeded(f"A query has at most {most} {what}, not {len(found)}.", found[most].at)


def _operators(pipe: Pipe) -> Iterator[syntax.Operator]:
    """All operators of a pipe, those of the pipes within it included."""
    if isinstance(pipe.source, Pipe):
        yield from _operators(pipe.source)
    if isinstance(pipe.source, syntax.Union):
        yield pipe.source
        yield from (one for leg in pipe.source.legs for one in _operators(leg))
    for operator in pipe.operators:
        yield operator
        if isinstance(operator, syntax.Join):
            yield from _operators(operator.right)
        if isinstance(operator, syntax.Union):
            yield from (one for leg in operator.legs for one in _operators(leg))
