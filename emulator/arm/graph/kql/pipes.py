"""Parse the operators that have a syntax of their own: join, union, mv-expand and parse."""

from collections.abc import Callable

from azure_hotpatch.emulator.arm.graph.kql.cursor import Cursor
from azure_hotpatch.emulator.arm.graph.kql.expressions import bracketed, expression, named
from azure_hotpatch.emulator.arm.graph.kql.refusals import LimitExceeded, ParserFailure, QueryRefused
from azure_hotpatch.emulator.arm.graph.kql.syntax import (
    Binary,
    Captured,
    Column,
    Expand,
    Expanded,
    Expression,
    Join,
    Parse,
    Pipe,
    Table,
    Union,
)
from azure_hotpatch.emulator.arm.graph.kql.types import BY_NAME, Type

ReadPipe = Callable[[Cursor], Pipe]

# "Understanding the Azure Resource Graph query language": join flavors, mv-expand's RowLimit
JOIN_KINDS = ("innerunique", "inner", "leftouter", "fullouter")
EXPANDED_ROWS, MOST_EXPANDED_ROWS = 128, 400


def join(cursor: Cursor, at: int, read: ReadPipe) -> Join:
    kind = "innerunique"
    while cursor.token.kind == "name" and cursor.ahead().text == "=":
        kind = _join_kind(cursor)
    if cursor.at_name("hint") and cursor.ahead().text == ".":
        raise cursor.failure("join takes no hints")
    right = _leg(cursor, read)
    cursor.expect_word("on")
    return Join(at, kind, right, _conditions(cursor))


def _join_kind(cursor: Cursor) -> str:
    option = cursor.advance()
    if option.text.lower() != "kind":
        raise ParserFailure(f"ParserFailure: join has no option '{option.text}'.", option.at, option.text)
    cursor.advance()
    kind = cursor.expect_name()
    if kind.text.lower() not in JOIN_KINDS:
        # azure-docs 45495
        raise QueryRefused(
            f'The join kind "{kind.text}" is not supported or not allowed.', kind.at, kind.text, "UnsupportedJoinFlavor"
        )
    return kind.text.lower()


def _leg(cursor: Cursor, read: ReadPipe) -> Pipe:
    at = cursor.token.at
    if cursor.take_sign("("):
        found = read(cursor)
        cursor.expect(")")
        return found
    return Pipe(at, Table(at, cursor.expect_name().text), ())


def _conditions(cursor: Cursor) -> tuple[tuple[Expression, Expression], ...]:
    found = [*_condition(expression(cursor))]
    while cursor.take_sign(","):
        found += _condition(expression(cursor))
    return tuple(found)


def _condition(wanted: Expression) -> list[tuple[Expression, Expression]]:
    """`x`, `$left.a == $right.b`, or several of them with `and`, as pairs of the left and the right column."""
    if isinstance(wanted, Column) and not wanted.side:
        return [(wanted, wanted)]
    if isinstance(wanted, Binary) and wanted.operator == "and":
        return [*_condition(wanted.left), *_condition(wanted.right)]
    if isinstance(wanted, Binary) and wanted.operator == "==":
        one, other = wanted.left, wanted.right
        if isinstance(one, Column) and isinstance(other, Column):
            if (one.side, other.side) == ("left", "right"):
                return [(one, other)]
            if (one.side, other.side) == ("right", "left"):
                return [(other, one)]
    raise ParserFailure("ParserFailure: a join is on columns: 'on name' or 'on $left.name == $right.other'.", wanted.at)


def union(cursor: Cursor, at: int, read: ReadPipe) -> Union:
    if cursor.token.kind == "name" and cursor.ahead().text == "=":
        _union_option(cursor)
    legs = [_leg(cursor, read)]
    while cursor.take_sign(","):
        legs.append(_leg(cursor, read))
    return Union(at, tuple(legs))


def _union_option(cursor: Cursor) -> None:
    option = cursor.advance()
    cursor.advance()
    value = cursor.advance()
    if (option.text.lower(), value.text.lower()) != ("kind", "outer"):
        words = f"{option.text}={value.text}"
        raise ParserFailure(f"ParserFailure: union {words} is not supported.", option.at, words)


def expand(cursor: Cursor, at: int) -> Expand:
    as_arrays, index = False, ""
    while cursor.at_name("bagexpansion", "kind", "with_itemindex") and cursor.ahead().text == "=":
        option = cursor.advance().text.lower()
        cursor.advance()
        if option == "with_itemindex":
            index = cursor.expect_name().text
        else:
            as_arrays = cursor.expect_word("bag", "array") == "array"
    columns = [_expanded(cursor)]
    while cursor.take_sign(","):
        columns.append(_expanded(cursor))
    return Expand(at, tuple(columns), as_arrays, index, _row_limit(cursor))


def _expanded(cursor: Cursor) -> Expanded:
    column = named(cursor)
    kind = Type.DYNAMIC
    if cursor.take_name("to"):
        cursor.expect_word("typeof")
        cursor.expect("(")
        kind = _type(cursor)
        cursor.expect(")")
    return Expanded(column.name, column.expression, kind)


def _row_limit(cursor: Cursor) -> int:
    if not cursor.take_name("limit"):
        return EXPANDED_ROWS
    token = cursor.advance()
    if token.kind != "number" or not token.text.isdigit() or len(token.text) > 9:
        raise ParserFailure("ParserFailure: the limit of mv-expand is a number.", token.at, token.text)
    if int(token.text) > MOST_EXPANDED_ROWS:
        raise LimitExceeded(f"The limit of mv-expand is at most {MOST_EXPANDED_ROWS}.", token.at, token.text)
    return int(token.text)


def parse(cursor: Cursor, at: int) -> Parse:
    regex, flags = False, ""
    while cursor.at_name("kind", "flags") and cursor.ahead().text == "=":
        option = cursor.advance().text.lower()
        cursor.advance()
        if option == "kind":
            regex = cursor.expect_word("simple", "regex") == "regex"
        else:
            flags = cursor.expect_name().text
    source = expression(cursor)
    cursor.expect_word("with")
    return Parse(at, regex, flags, source, _steps(cursor))


def _steps(cursor: Cursor) -> tuple[str | Captured | None, ...]:
    found: list[str | Captured | None] = []
    while cursor.token.kind in {"string", "name"} or cursor.at_sign("*", "["):
        step = _step(cursor)
        previous = found[-1] if found else ""
        if not isinstance(step, str) and found and not isinstance(previous, str):
            raise cursor.failure("parse needs text between two columns")
        found.append(step)
    if not found:
        raise cursor.failure("parse needs a pattern")
    return tuple(found)


def _step(cursor: Cursor) -> str | Captured | None:
    if cursor.take_sign("*"):
        return None
    if cursor.token.kind == "string":
        return cursor.advance().value
    name = bracketed(cursor) if cursor.at_sign("[") else cursor.expect_name().text
    return Captured(name, _type(cursor) if cursor.take_sign(":") else Type.STRING)


def _type(cursor: Cursor) -> Type:
    name = cursor.expect_name()
    if name.text not in BY_NAME:
        raise ParserFailure(f"ParserFailure: '{name.text}' is not a type.", name.at, name.text)
    return BY_NAME[name.text]
