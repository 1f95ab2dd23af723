"""Compute the aggregates of summarize for each group, wherever in an expression they stand."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql import names
from azure_hotpatch.emulator.arm.graph.kql.aggregates import AGGREGATES, Aggregate, canonical, ordered
from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, ExpressionScope, Row, Run
from azure_hotpatch.emulator.arm.graph.kql.compiler import compiled, condition
from azure_hotpatch.emulator.arm.graph.kql.frames import QueryContext, missing
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.syntax import Call, Column, Expression, NamedExpression, Star
from azure_hotpatch.emulator.arm.graph.kql.types import Type

_UNLIMITED = 2**62
_SUMMABLE = (Type.LONG, Type.REAL, Type.TIMESPAN)
_ROWS = ("arg_max", "arg_min", "take_any")  # they choose a row, and may give several of its columns


@dataclass(frozen=True, slots=True)
class ResultColumn:
    """A column of the result: its name, its type, and how it is read from what was worked out of a group."""

    name: str
    kind: Type
    read: Run


class Parts:
    """The aggregates of one summarize, under names that no query can write."""

    def __init__(self, columns: dict[str, Type], context: QueryContext) -> None:
        self.kinds: dict[str, Type] = {}
        self._folds: list[tuple[str, Callable[[list[Row]], Any]]] = []
        self._scope = context.scope(columns)

    @property
    def nodes(self) -> int:
        return self._scope.nodes + len(self._folds)

    def folded(self, rows: list[Row]) -> Row:
        """The values of all aggregates of one group."""
        return {name: fold(rows) for name, fold in self._folds}

    def extracted(self, expression: Expression) -> Expression:
        """The expression with a column in the place of each aggregate."""
        if isinstance(expression, Call) and canonical(expression.name) in AGGREGATES:
            kind, fold = _fold(expression, self._scope)
            return Column(expression.at, self._added(kind, fold))
        changed: dict[str, Any] = {}
        for field in fields(expression):
            value = getattr(expression, field.name)
            if isinstance(value, tuple):
                changed[field.name] = tuple(self.extracted(item) for item in value)
            elif isinstance(value, Expression):
                changed[field.name] = self.extracted(value)
        return replace(expression, **changed)

    def several(self, column: NamedExpression, taken: dict[str, Type]) -> list[ResultColumn] | None:
        """The columns of arg_max(), arg_min() and take_any() where they give more than one; None for all else."""
        call = column.expression
        if not isinstance(call, Call) or canonical(call.name) not in _ROWS:
            return None
        chosen_by = () if canonical(call.name) == "take_any" else call.arguments[:1]
        if len(call.arguments) < 2 and not any(isinstance(one, Star) for one in call.arguments):
            return None
        key = compiled(chosen_by[0], self._scope).run if chosen_by else None
        row = self._added(Type.DYNAMIC, _row_chooser(key, largest=canonical(call.name) == "arg_max"))
        wanted = [NamedExpression(one.at, names.of(one), one) for one in self._starred(call.arguments, taken)]
        if column.name:
            wanted[0] = replace(wanted[0], name=column.name)
        return [_of_row(one, row, compiled(one.expression, self._scope)) for one in wanted]

    def _starred(self, arguments: tuple[Expression, ...], taken: dict[str, Type]) -> list[Expression]:
        """The arguments, with every column that is not there already in the place of `*`."""
        found: list[Expression] = []
        for one in arguments:
            if not isinstance(one, Star):
                found.append(one)
                continue
            there = {names.of(other) for other in found} | set(taken)
            found += [Column(one.at, name) for name in self._scope.columns if name not in there]
        return found

    def _added(self, kind: Type, fold: Callable[[list[Row]], Any]) -> str:
        name = f"${len(self._folds)}"
        self.kinds[name] = kind
        self._folds.append((name, fold))
        return name


def _of_row(column: NamedExpression, row_name: str, found: Compiled) -> ResultColumn:
    empty, run = missing(found.type), found.run

    def read(folded: Row) -> Any:
        row = folded[row_name]
        return empty if row is None else run(row)

    return ResultColumn(column.name, found.type, read)


def _row_chooser(key: Run | None, *, largest: bool) -> Callable[[list[Row]], Row | None]:
    if key is None:
        return lambda rows: rows[0] if rows else None
    choose = max if largest else min

    def chosen(rows: list[Row]) -> Row | None:
        there = [row for row in rows if key(row) is not None]
        return choose(there, key=lambda row: ordered(key(row))) if there else None

    return chosen


def _fold(call: Call, scope: ExpressionScope) -> tuple[Type, Callable[[list[Row]], Any]]:
    aggregate = AGGREGATES[canonical(call.name)]
    arguments = list(call.arguments)
    _check_count(call, aggregate)
    value = compiled(arguments.pop(0), scope) if aggregate.takes_value else None
    test = condition(arguments.pop(0), scope) if aggregate.takes_condition else None
    limit = _limit(arguments[0], scope) if arguments else _UNLIMITED
    kind = aggregate.gives or (value.type if value else Type.LONG)
    if value and aggregate.numbers:
        _check_number(call, value)
        kind = value.type if aggregate.gives is None or value.type is Type.TIMESPAN else aggregate.gives
    return kind, _folder(aggregate, value.run if value else None, test, limit, scope, missing(kind))


def _folder(
    aggregate: Aggregate, value: Run | None, test: Run | None, limit: int, scope: ExpressionScope, nothing: Any
) -> Callable[[list[Row]], Any]:
    budget = scope.budget

    def fold(rows: list[Row]) -> Any:
        chosen = [row for row in rows if test(row)] if test else rows
        values = chosen if value is None else [found for row in chosen if (found := value(row)) is not None]
        result = aggregate.fold(values, limit, budget)
        return nothing if result is None else result

    return fold


def _check_count(call: Call, aggregate: Aggregate) -> None:
    least = aggregate.takes_value + aggregate.takes_condition
    most = least + aggregate.takes_limit
    if not least <= len(call.arguments) <= most:
        wanted = str(least) if least == most else f"{least} to {most}"
        raise WrongType(f"{call.name}() expects {wanted} argument(s), not {len(call.arguments)}.", call.at, call.name)


def _check_number(call: Call, value: Compiled) -> None:
    if value.type not in _SUMMABLE:
        raise WrongType(f"{call.name}() expects a number, not {value.type.value}; add a cast.", value.at, call.name)


def _limit(expression: Expression, scope: ExpressionScope) -> int:
    found = compiled(expression, scope)
    if not found.constant or found.type is not Type.LONG or (found.value() or 0) < 1:
        raise WrongType("The largest number of items must be a constant long above 0.", found.at)
    return int(found.value())
