"""Parse a query: its `let` statements, its source, and the operators of its pipe."""

from collections.abc import Callable

from azure_hotpatch.emulator.arm.graph.kql import expressions, pipes
from azure_hotpatch.emulator.arm.graph.kql.cursor import Cursor
from azure_hotpatch.emulator.arm.graph.kql.expressions import expression, named_list
from azure_hotpatch.emulator.arm.graph.kql.refusals import ParserFailure
from azure_hotpatch.emulator.arm.graph.kql.syntax import (
    Column,
    Count,
    Distinct,
    Expression,
    Extend,
    Operator,
    Pipe,
    Project,
    ProjectNames,
    Query,
    Rename,
    Sort,
    SortKey,
    Summarize,
    Table,
    Take,
    Union,
    Where,
)

_IMPLIED = "resources"  # the table of a query that starts with an operator


def parse_query(query: str) -> Query:
    """A query as a tree."""
    cursor = Cursor(query)
    values: dict[str, Expression] = {}
    tables: dict[str, Pipe] = {}
    while cursor.take_name("let"):
        _let(cursor, values, tables)
        while cursor.take_sign(";"):
            pass
    found = _outermost(cursor)
    while cursor.take_sign(";"):
        pass
    if cursor.token.kind != "end":
        raise cursor.failure("expected the end of the query or '|'")
    return Query(values, tables, found)


def _let(cursor: Cursor, values: dict[str, Expression], tables: dict[str, Pipe]) -> None:
    name = cursor.expect_name()
    cursor.expect("=")
    if name.text in values or name.text in tables:
        raise ParserFailure(f"ParserFailure: '{name.text}' is defined twice.", name.at, name.text)
    if _starts_a_pipe(cursor):
        tables[name.text] = pipe(cursor)
    else:
        values[name.text] = expression(cursor)
    if not cursor.at_sign(";"):
        raise cursor.failure("expected ';' after let")


def _starts_a_pipe(cursor: Cursor) -> bool:
    named = cursor.token.kind == "name" and cursor.ahead().text in {"|", ";"}
    nested = cursor.at_sign("(") and cursor.ahead().kind == "name" and cursor.ahead(2).text in {"|", ")"}
    return named or nested or cursor.at_name("union")


def _outermost(cursor: Cursor) -> Pipe:
    """A pipe whose table may be left out, as in `where type =~ "…"`."""
    start, following = cursor.token, cursor.ahead()
    implied = start.kind == "name" and cursor.hyphenated() in OPERATORS and start.text.lower() != "union"
    if implied and following.text not in {"|", ";"} and (following.kind != "end" or start.text.lower() == "count"):
        return Pipe(start.at, Table(start.at, _IMPLIED), (_operator(cursor), *_operators(cursor)))
    return pipe(cursor)


def pipe(cursor: Cursor) -> Pipe:
    cursor.deeper()
    at = cursor.token.at
    found = Pipe(at, _source(cursor), tuple(_operators(cursor)))
    cursor.shallower()
    return found


def _source(cursor: Cursor) -> Table | Pipe | Union:
    token = cursor.token
    if cursor.take_sign("("):
        inner = pipe(cursor)
        cursor.expect(")")
        return inner
    if cursor.take_name("union"):
        return pipes.union(cursor, token.at, pipe)
    if cursor.at_name("arg") and cursor.ahead().text == "(":
        return _arg(cursor)
    return Table(token.at, cursor.expect_name().text)


def _arg(cursor: Cursor) -> Table:
    """`arg("").resources`, as queries from Log Analytics write it."""
    token = cursor.advance()
    cursor.expect("(")
    if cursor.token.kind != "string":
        raise cursor.failure("expected a string")
    cursor.advance()
    cursor.expect(")")
    cursor.expect(".")
    return Table(token.at, cursor.expect_name().text)


def _operators(cursor: Cursor) -> list[Operator]:
    found: list[Operator] = []
    while cursor.take_sign("|"):
        if cursor.at_name("render"):
            _skip_render(cursor)
            continue
        found.append(_operator(cursor))
    return found


def _skip_render(cursor: Cursor) -> None:
    """The client draws the chart; the rows are the same."""
    cursor.advance()
    cursor.expect_name()
    if cursor.take_name("with"):
        cursor.expect("(")
        while not cursor.take_sign(")"):
            if cursor.advance().kind == "end":
                raise cursor.failure("expected ')'")


def _operator(cursor: Cursor) -> Operator:
    if cursor.token.kind != "name":
        raise cursor.failure("expected an operator")
    name, at = cursor.hyphenated(), cursor.token.at
    read = OPERATORS.get(name)
    if read is None:
        raise ParserFailure(f"ParserFailure: the operator '{name}' is not supported.", at, name)
    cursor.skip_hyphenated(name)
    return read(cursor, at)


def _where(cursor: Cursor, at: int) -> Operator:
    return Where(at, expression(cursor))


def _project(cursor: Cursor, at: int) -> Operator:
    return Project(at, named_list(cursor))


def _extend(cursor: Cursor, at: int) -> Operator:
    return Extend(at, named_list(cursor))


def _names(keep: bool) -> Callable[[Cursor, int], Operator]:
    return lambda cursor, at: ProjectNames(at, keep, _patterns(cursor))


def _patterns(cursor: Cursor) -> tuple[Column, ...]:
    found = [_pattern(cursor)]
    while cursor.take_sign(","):
        found.append(_pattern(cursor))
    return tuple(found)


def _pattern(cursor: Cursor) -> Column:
    token = cursor.token
    if cursor.at_sign("["):
        return Column(token.at, expressions.bracketed(cursor))
    name = cursor.expect_name().text
    return Column(token.at, f"{name}*" if cursor.take_sign("*") else name)


def _rename(cursor: Cursor, at: int) -> Operator:
    found: list[tuple[str, Column]] = []
    while not found or cursor.take_sign(","):
        new = _pattern(cursor).name
        cursor.expect("=")
        found.append((new, _pattern(cursor)))
    return Rename(at, tuple(found))


def _summarize(cursor: Cursor, at: int) -> Operator:
    aggregates = () if cursor.at_name("by") else named_list(cursor)
    keys = named_list(cursor) if cursor.take_name("by") else ()
    return Summarize(at, aggregates, keys)


def _distinct(cursor: Cursor, at: int) -> Operator:
    return Distinct(at, () if cursor.take_sign("*") else named_list(cursor))


def _sort(cursor: Cursor, at: int) -> Operator:
    cursor.expect_word("by")
    return Sort(at, _sort_keys(cursor))


def _sort_keys(cursor: Cursor) -> tuple[SortKey, ...]:
    found = [_sort_key(cursor)]
    while cursor.take_sign(","):
        found.append(_sort_key(cursor))
    return tuple(found)


def _sort_key(cursor: Cursor) -> SortKey:
    key = expression(cursor)
    descending = not cursor.take_name("asc")
    if descending:
        cursor.take_name("desc")
    nulls_first = not descending
    if cursor.take_name("nulls"):
        nulls_first = cursor.expect_word("first", "last") == "first"
    return SortKey(key, descending, nulls_first)


def _top(cursor: Cursor, at: int) -> Operator:
    limit = expression(cursor)
    cursor.expect_word("by")
    return Sort(at, _sort_keys(cursor), limit)


def _take(cursor: Cursor, at: int) -> Operator:
    return Take(at, expression(cursor))


def _count(_cursor: Cursor, at: int) -> Operator:
    return Count(at)


OPERATORS: dict[str, Callable[[Cursor, int], Operator]] = {
    "where": _where,
    "filter": _where,
    "project": _project,
    "extend": _extend,
    "project-away": _names(keep=False),
    "project-keep": _names(keep=True),
    "project-rename": _rename,
    "summarize": _summarize,
    "distinct": _distinct,
    "order": _sort,
    "sort": _sort,
    "top": _top,
    "take": _take,
    "limit": _take,
    "count": _count,
    "join": lambda cursor, at: pipes.join(cursor, at, pipe),
    "union": lambda cursor, at: pipes.union(cursor, at, pipe),
    "mv-expand": pipes.expand,
    "mvexpand": pipes.expand,
    "parse": pipes.parse,
}
