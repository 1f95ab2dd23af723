"""Compile an expression to a function of a row; every name and type is checked before the first row is read."""

from collections.abc import Callable
from itertools import takewhile
from operator import itemgetter
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql import arithmetic, comparison, functions, matching, membership
from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, ExpressionScope, Row, Run, constant, folded
from azure_hotpatch.emulator.arm.graph.kql.refusals import ParserFailure, UnknownColumn, WrongType
from azure_hotpatch.emulator.arm.graph.kql.syntax import (
    Among,
    Between,
    Binary,
    Call,
    Column,
    Expression,
    Index,
    Literal,
    Member,
    NamedExpression,
    Star,
    Unary,
    terms,
)
from azure_hotpatch.emulator.arm.graph.kql.types import Type


def compiled(expression: Expression, scope: ExpressionScope) -> Compiled:
    """The function of an expression; refused where a name, a function or a type is not known."""
    scope.nodes += 1
    return _BY_KIND[type(expression)](expression, scope)


def condition(expression: Expression, scope: ExpressionScope) -> Run:
    """A function that is true or false; null is false."""
    found = compiled(expression, scope)
    if found.type is not Type.BOOL:
        raise WrongType(f"A condition must be bool, not {found.type.value}; compare it, or add tobool().", found.at)
    return found.run


def _literal(expression: Literal, _scope: ExpressionScope) -> Compiled:
    return constant(expression.type, expression.value, expression.at)


def _column(expression: Column, scope: ExpressionScope) -> Compiled:
    name = expression.name
    if expression.side:
        raise ParserFailure(f"ParserFailure: ${expression.side} is of a join's condition alone.", expression.at)
    if name in scope.columns:
        return Compiled(scope.columns[name], itemgetter(name), expression.at)
    if name not in scope.known:
        scope.known[name] = _named_value(expression, scope)
    return scope.known[name]


def _named_value(column: Column, scope: ExpressionScope) -> Compiled:
    """What `let` gave a value: it reads no row, and is worked out once. It sees the ones before it alone."""
    if column.name not in scope.values:
        raise UnknownColumn(column.name, column.at)
    before = dict(takewhile(lambda item: item[0] != column.name, scope.values.items()))
    inner = ExpressionScope({}, before, scope.now, scope.budget, scope.known)
    found = compiled(scope.values[column.name], inner)
    return constant(found.type, found.value(), column.at)


def _member(expression: Member, scope: ExpressionScope) -> Compiled:
    names: list[str] = []
    base: Expression = expression
    while isinstance(base, Member):
        names.insert(0, base.name)
        base = base.base
    inner = compiled(base, scope)
    _check_dynamic(inner, names[0])
    scope.nodes += len(names)
    found = Compiled(Type.DYNAMIC, _path(inner.run, tuple(names)), expression.at)
    return folded(found, (inner,))


def _path(run: Run, names: tuple[str, ...]) -> Run:
    def read(row: Row) -> Any:
        value = run(row)
        for name in names:
            if type(value) is not dict:
                return None
            value = value.get(name)
        return value

    return read


def _index(expression: Index, scope: ExpressionScope) -> Compiled:
    base, index = compiled(expression.base, scope), compiled(expression.index, scope)
    _check_dynamic(base, "[]")
    if index.type not in (Type.LONG, Type.STRING, Type.DYNAMIC):
        raise WrongType(f"An index must be long or string, not {index.type.value}.", index.at)
    found = Compiled(Type.DYNAMIC, lambda row: _element(base.run(row), index.run(row)), expression.at)
    return folded(found, (base, index))


def _element(value: Any, index: Any) -> Any:
    if isinstance(value, dict) and isinstance(index, str):
        return value.get(index)
    number = isinstance(index, int) and not isinstance(index, bool)
    if number and isinstance(value, list) and -len(value) <= index < len(value):
        return value[index]
    return None


def _check_dynamic(base: Compiled, name: str) -> None:
    if base.type is not Type.DYNAMIC:
        raise WrongType(f"A path such as '{name}' is of a dynamic value, not of {base.type.value}.", base.at)


def _call(expression: Call, scope: ExpressionScope) -> Compiled:
    arguments: list[Compiled] = []
    function = functions.get(expression.name, expression.at)
    for argument in expression.arguments:
        if isinstance(argument, NamedExpression) and not function.names_its_result:
            raise ParserFailure(f"ParserFailure: {expression.name}() has no named arguments.", argument.at)
        arguments.append(compiled(argument, scope))
    found = functions.called(function, tuple(arguments), functions.Calling(expression.name, expression.at, scope))
    return folded(found, tuple(arguments))


def _named(expression: NamedExpression, scope: ExpressionScope) -> Compiled:
    return compiled(expression.expression, scope)


def _unary(expression: Unary, scope: ExpressionScope) -> Compiled:
    operand = compiled(expression.operand, scope)
    kind, run = arithmetic.negator(operand)
    return folded(Compiled(kind, run, expression.at), (operand,))


def _binary(expression: Binary, scope: ExpressionScope) -> Compiled:
    sign, at = expression.operator, expression.at
    if sign in {"and", "or"}:
        return _logical(expression, scope)
    left, right = compiled(expression.left, scope), compiled(expression.right, scope)
    if sign in "+-*/%":
        kind, run = arithmetic.calculator(sign, left, right, at)
    elif sign in matching.NAMES:
        kind, run = Type.BOOL, matching.matcher(sign, left, right, at)
    else:
        kind, run = Type.BOOL, comparison.comparer(sign, left, right, at)
    return folded(Compiled(kind, run, at), (left, right))


def _logical(expression: Binary, scope: ExpressionScope) -> Compiled:
    """`a or b or c` is one function, however long it is."""
    runs = tuple(condition(term, scope) for term in terms(expression))
    return Compiled(Type.BOOL, _any_of(runs) if expression.operator == "or" else _all_of(runs), expression.at)


def _any_of(runs: tuple[Run, ...]) -> Run:
    def run(row: Row) -> bool | None:
        found: bool | None = False
        for one in runs:
            value = one(row)
            if value:
                return True
            if value is None:
                found = None
        return found

    return run


def _all_of(runs: tuple[Run, ...]) -> Run:
    def run(row: Row) -> bool | None:
        found: bool | None = True
        for one in runs:
            value = one(row)
            if value is None:
                found = None
            elif not value:
                return False
        return found

    return run


def _among(expression: Among, scope: ExpressionScope) -> Compiled:
    left = compiled(expression.left, scope)
    items = tuple(compiled(item, scope) for item in expression.items)
    return Compiled(Type.BOOL, membership.member(expression.operator, left, items, expression.at), expression.at)


def _between(expression: Between, scope: ExpressionScope) -> Compiled:
    left, low = compiled(expression.left, scope), compiled(expression.low, scope)
    high = compiled(expression.high, scope)
    if low.type is Type.DATETIME and high.type is Type.TIMESPAN:  # between (start .. 1d)
        kind, run = arithmetic.calculator("+", low, high, high.at)
        high = folded(Compiled(kind, run, high.at), (low, high))
    above = comparison.comparer(">=", left, low, expression.at)
    below = comparison.comparer("<=", left, high, expression.at)
    inside = _all_of((above, below))
    if not expression.negated:
        return Compiled(Type.BOOL, inside, expression.at)
    return Compiled(Type.BOOL, lambda row: None if (found := inside(row)) is None else not found, expression.at)


def _star(expression: Star, _scope: ExpressionScope) -> Compiled:
    raise ParserFailure("ParserFailure: '*' stands for no value here.", expression.at, "*")


_BY_KIND: dict[type, Callable[[Any, ExpressionScope], Compiled]] = {
    Literal: _literal,
    Column: _column,
    Member: _member,
    Index: _index,
    Call: _call,
    NamedExpression: _named,
    Unary: _unary,
    Binary: _binary,
    Among: _among,
    Between: _between,
    Star: _star,
}
