"""Parse expressions by precedence, from `or` down to a name with its members."""

from collections.abc import Callable

from azure_hotpatch.emulator.arm.graph.kql import literals
from azure_hotpatch.emulator.arm.graph.kql.cursor import Cursor
from azure_hotpatch.emulator.arm.graph.kql.refusals import ParserFailure
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
)
from azure_hotpatch.emulator.arm.graph.kql.types import Type

COMPARISONS = ("==", "!=", "<>", "<", ">", "<=", ">=", "=~", "!~")
STRING_WORDS = tuple(
    f"{word}{case}"
    for word in ("contains", "has", "hasprefix", "hassuffix", "startswith", "endswith")
    for case in ("", "_cs")
)
LISTS = ("in", "in~", "!in", "!in~", "has_any", "has_all")
_NEGATED = (*STRING_WORDS, "between", "in")


def expression(cursor: Cursor) -> Expression:
    cursor.deeper()
    left = _all_of(cursor)
    while cursor.at_name("or"):
        at = cursor.advance().at
        left = Binary(at, "or", left, _all_of(cursor))
    cursor.shallower()
    return left


def named(cursor: Cursor) -> NamedExpression:
    """`name = expression` or an expression alone."""
    at = cursor.token.at
    if cursor.token.kind == "name" and cursor.ahead().kind == "sign" and cursor.ahead().text == "=":
        name = cursor.expect_name().text
        cursor.advance()
        return NamedExpression(at, name, expression(cursor))
    if cursor.at_sign("[") and cursor.ahead().kind == "string" and cursor.ahead(3).text == "=":
        name = bracketed(cursor)
        cursor.advance()
        return NamedExpression(at, name, expression(cursor))
    return NamedExpression(at, "", expression(cursor))


def named_list(cursor: Cursor) -> tuple[NamedExpression, ...]:
    found = [named(cursor)]
    while cursor.take_sign(","):
        found.append(named(cursor))
    return tuple(found)


def bracketed(cursor: Cursor) -> str:
    """The name in `["name"]`."""
    cursor.expect("[")
    name = cursor.advance().value
    cursor.expect("]")
    return name


def _all_of(cursor: Cursor) -> Expression:
    left = _comparison(cursor)
    while cursor.at_name("and"):
        at = cursor.advance().at
        left = Binary(at, "and", left, _comparison(cursor))
    return left


def _comparison(cursor: Cursor) -> Expression:
    left = _sum(cursor)
    token = cursor.token
    operator = _operator(cursor)
    if not operator:
        return left
    if operator in {"between", "!between"}:
        return _between(cursor, left, token.at, negated=operator.startswith("!"))
    if operator in LISTS:
        return Among(token.at, operator, left, _items(cursor))
    return Binary(token.at, "!=" if operator == "<>" else operator, left, _sum(cursor))


def _operator(cursor: Cursor) -> str:
    """Take the comparing operator that is next, if one is."""
    token, following = cursor.token, cursor.ahead()
    if token.kind == "sign" and token.text in (*COMPARISONS, "!in~"):
        return cursor.advance().text
    if token.text == "!" and following.kind == "name" and following.text in _NEGATED:
        cursor.advance()
        return f"!{cursor.advance().text}"
    if token.kind != "name":
        return ""
    if token.text == "matches":
        cursor.advance()
        cursor.expect_word("regex")
        return "matches regex"
    if token.text == "in" and following.text == "~":
        cursor.advance()
        cursor.advance()
        return "in~"
    known = token.text in (*STRING_WORDS, *LISTS, "between")
    return cursor.advance().text if known else ""


def _between(cursor: Cursor, left: Expression, at: int, *, negated: bool) -> Expression:
    cursor.expect("(")
    low = _sum(cursor)
    cursor.expect("..")
    high = _sum(cursor)
    cursor.expect(")")
    return Between(at, left, low, high, negated)


def _items(cursor: Cursor) -> tuple[Expression, ...]:
    cursor.expect("(")
    found: list[Expression] = []
    while not cursor.take_sign(")"):
        if found:
            cursor.expect(",")
        found.append(expression(cursor))
        if cursor.at_sign("|"):
            raise cursor.failure("a query inside in() is not supported by the emulator; join it")
    return tuple(found)


def _sum(cursor: Cursor) -> Expression:
    return _chain(cursor, ("+", "-"), _product)


def _product(cursor: Cursor) -> Expression:
    return _chain(cursor, ("*", "/", "%"), _unary)


def _chain(cursor: Cursor, signs: tuple[str, ...], read: Callable[[Cursor], Expression]) -> Expression:
    left, links = read(cursor), 0
    while cursor.at_sign(*signs):
        token = cursor.advance()
        cursor.deeper()
        links += 1
        left = Binary(token.at, token.text, left, read(cursor))
    cursor.shallower(links)
    return left


def _unary(cursor: Cursor) -> Expression:
    if not cursor.at_sign("-", "+"):
        return _members(cursor, _primary(cursor))
    cursor.deeper()
    token = cursor.advance()
    operand = _unary(cursor)
    cursor.shallower()
    return Unary(token.at, operand) if token.text == "-" else operand


def _members(cursor: Cursor, base: Expression) -> Expression:
    links = 0
    while cursor.at_sign(".", "["):
        cursor.deeper()
        links += 1
        token = cursor.advance()
        base = _dotted(cursor, base) if token.text == "." else _indexed(cursor, token.at, base)
    cursor.shallower(links)
    return base


def _indexed(cursor: Cursor, at: int, base: Expression) -> Expression:
    if cursor.token.kind == "string" and cursor.ahead().text == "]":
        found = _side_or_member(at, base, cursor.advance().value)
    else:
        found = Index(at, base, expression(cursor))
    cursor.expect("]")
    return found


def _dotted(cursor: Cursor, base: Expression) -> Expression:
    token = cursor.token
    if cursor.at_sign("["):
        return _side_or_member(token.at, base, bracketed(cursor))
    return _side_or_member(token.at, base, cursor.expect_name().text)


def _side_or_member(at: int, base: Expression, name: str) -> Expression:
    if isinstance(base, Column) and base.name in {"$left", "$right"}:
        return Column(at, name, base.name[1:])
    return Member(at, base, name)


def _primary(cursor: Cursor) -> Expression:
    token = cursor.token
    if token.kind in _LITERALS:
        cursor.advance()
        return _LITERALS[token.kind](token)
    if token.kind == "name":
        return _name(cursor)
    if cursor.at_sign("["):
        return Column(token.at, bracketed(cursor))
    if cursor.take_sign("*"):
        return Star(token.at)
    if cursor.take_sign("("):
        found = expression(cursor)
        cursor.expect(")")
        return found
    raise cursor.failure("expected an expression")


def _name(cursor: Cursor) -> Expression:
    token = cursor.token
    if token.text in {"true", "false"}:
        cursor.advance()
        return Literal(token.at, Type.BOOL, token.text == "true")
    if token.text == "dynamic" and cursor.ahead().text == "(":
        return literals.dynamic(cursor)
    if literals.is_typed(cursor):
        return literals.typed(cursor)
    cursor.advance()
    if not cursor.at_sign("("):
        return Column(token.at, token.text)
    if token.text in {"toscalar", "materialize", "datatable", "externaldata"}:
        raise ParserFailure(f"ParserFailure: '{token.text}' is not supported by Resource Graph.", token.at, token.text)
    return Call(token.at, token.text, _arguments(cursor))


def _arguments(cursor: Cursor) -> tuple[Expression, ...]:
    cursor.expect("(")
    found: list[Expression] = []
    while not cursor.take_sign(")"):
        if found:
            cursor.expect(",")
        item = named(cursor)
        found.append(item if item.name else item.expression)
    return tuple(found)


_LITERALS = {
    "string": lambda token: Literal(token.at, Type.STRING, token.value),
    "number": literals.number,
    "span": literals.span,
    "raw": literals.raw,
}
