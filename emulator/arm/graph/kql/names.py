"""Names of columns: defaults where the query names none, and suffixes for duplicates."""

from collections.abc import Container

from azure_hotpatch.emulator.arm.graph.kql import functions
from azure_hotpatch.emulator.arm.graph.kql.aggregates import AGGREGATES, canonical
from azure_hotpatch.emulator.arm.graph.kql.refusals import ParserFailure
from azure_hotpatch.emulator.arm.graph.kql.syntax import (
    Call,
    Column,
    Expression,
    Index,
    Literal,
    Member,
    NamedExpression,
)


def of(expression: Expression) -> str:
    """`properties.status` is properties_status, `count()` is count_; "" for what has no name of its own."""
    if isinstance(expression, Column | Member):
        return _path(expression)
    if isinstance(expression, NamedExpression):
        return expression.name
    if isinstance(expression, Index):
        return _element(expression)
    return _call(expression) if isinstance(expression, Call) else ""


def _path(expression: Column | Member) -> str:
    if isinstance(expression, Column):
        return expression.name
    base = of(expression.base)
    return f"{base}_{expression.name}" if base else expression.name


def _element(expression: Index) -> str:
    base, index = of(expression.base), expression.index
    return f"{base}_{index.value}" if base and isinstance(index, Literal) else ""


def _call(call: Call) -> str:
    name = canonical(call.name)
    inner = of(call.arguments[0]) if call.arguments else ""
    if name in AGGREGATES:
        return AGGREGATES[name].column_name(inner)
    function = functions.FUNCTIONS.get(functions.ALIASES.get(call.name, call.name))
    keeps = function is not None and (function.names_its_result or function.name == "bin")
    return inner if keeps else ""


def distinct(wanted: str, taken: Container[str]) -> str:
    """The name itself, or with the first number that makes it a new one; Column1 for none."""
    if wanted and wanted not in taken:
        return wanted
    number = 1
    while f"{wanted or 'Column'}{number}" in taken:
        number += 1
    return f"{wanted or 'Column'}{number}"


def chosen(column: NamedExpression, taken: Container[str]) -> str:
    """The name of a column of a project or summarize; two that the query names alike are refused."""
    if not column.name:
        return distinct(of(column.expression), taken)
    if column.name in taken:
        raise ParserFailure(f"ParserFailure: a column named '{column.name}' already exists.", column.at, column.name)
    return column.name
