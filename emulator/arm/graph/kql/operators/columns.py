"""where, project, extend, project-away, project-keep and project-rename."""

from azure_hotpatch.emulator.arm.graph.kql import names
from azure_hotpatch.emulator.arm.graph.kql.compiled import Row, Run
from azure_hotpatch.emulator.arm.graph.kql.compiler import compiled, condition
from azure_hotpatch.emulator.arm.graph.kql.frames import Frame, QueryContext, existing
from azure_hotpatch.emulator.arm.graph.kql.refusals import ParserFailure, UnknownColumn
from azure_hotpatch.emulator.arm.graph.kql.syntax import Extend, Project, ProjectNames, Rename, Where
from azure_hotpatch.emulator.arm.graph.kql.types import Type


def where(frame: Frame, operator: Where, context: QueryContext) -> Frame:
    scope = context.scope(frame.columns)
    test = condition(operator.condition, scope)
    context.budget.spend(len(frame.rows) * scope.nodes)
    return Frame(frame.columns, [row for row in frame.rows if test(row)], frame.is_limited)


def project(frame: Frame, operator: Project, context: QueryContext) -> Frame:
    scope = context.scope(frame.columns)
    kinds: dict[str, Type] = {}
    runs: list[tuple[str, Run]] = []
    for column in operator.columns:
        found = compiled(column.expression, scope)
        name = names.chosen(column, kinds)
        kinds[name] = found.type
        runs.append((name, found.run))
    context.budget.rows(len(frame.rows), scope.nodes)
    return Frame(kinds, [{name: run(row) for name, run in runs} for row in frame.rows], frame.is_limited)


def extend(frame: Frame, operator: Extend, context: QueryContext) -> Frame:
    """Columns of one extend do not see each other; a name that is there already is replaced."""
    scope = context.scope(frame.columns)
    kinds = dict(frame.columns)
    runs: list[tuple[str, Run]] = []
    for column in operator.columns:
        found = compiled(column.expression, scope)
        name = column.name or names.distinct(names.of(column.expression), kinds)
        kinds[name] = found.type
        runs.append((name, found.run))
    context.budget.rows(len(frame.rows), scope.nodes)
    return Frame(kinds, [_extended(row, runs) for row in frame.rows], frame.is_limited)


def _extended(row: Row, runs: list[tuple[str, Run]]) -> Row:
    return row | {name: run(row) for name, run in runs}


def project_names(frame: Frame, operator: ProjectNames, context: QueryContext) -> Frame:
    """project-away of a name that is not there is refused, as is project-keep."""
    named = {name for column in operator.names for name in _matching(frame.columns, column.name, column.at)}
    kept = {name: kind for name, kind in frame.columns.items() if (name in named) is operator.keep}
    context.budget.rows(len(frame.rows), len(kept))
    return Frame(kept, [{name: row[name] for name in kept} for row in frame.rows], frame.is_limited)


def _matching(columns: dict[str, Type], pattern: str, at: int) -> list[str]:
    if pattern.endswith("*"):
        return [name for name in columns if name.startswith(pattern[:-1])]
    if pattern not in columns:
        raise UnknownColumn(pattern, at)
    return [pattern]


def rename(frame: Frame, operator: Rename, context: QueryContext) -> Frame:
    new = {existing(frame.columns, column): name for name, column in operator.names}
    kinds: dict[str, Type] = {}
    for name, kind in frame.columns.items():
        target = new.get(name, name)
        if target in kinds:
            raise ParserFailure(f"ParserFailure: a column named '{target}' already exists.", operator.at, target)
        kinds[target] = kind
    pairs = [(name, new.get(name, name)) for name in frame.columns]
    context.budget.rows(len(frame.rows), len(pairs))
    return Frame(kinds, [{target: row[name] for name, target in pairs} for row in frame.rows], frame.is_limited)
