"""The literals of a query: numbers, times, timespans, and JSON in dynamic()."""

import json
import re
from datetime import timedelta
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.cursor import Cursor
from azure_hotpatch.emulator.arm.graph.kql.refusals import ParserFailure
from azure_hotpatch.emulator.arm.graph.kql.syntax import Literal
from azure_hotpatch.emulator.arm.graph.kql.tokens import Token
from azure_hotpatch.emulator.arm.graph.kql.types import BY_NAME, Type
from azure_hotpatch.emulator.arm.graph.kql.values import (
    CONVERSIONS,
    span_of,
    to_datetime,
    to_timespan,
    wrapped,
)

_RAW = re.compile(r"(\w+)\s*\(\s*(.*?)\s*\)", re.DOTALL)
_UNIT = re.compile(r"([\d.]+)([a-z]+)")
_MICROSECONDS = {"d": 86_400e6, "h": 3_600e6, "m": 60e6, "s": 1e6, "ms": 1e3, "microsecond": 1.0, "tick": 0.1}
_UNITS = {
    "day": "d",
    "days": "d",
    "hour": "h",
    "hours": "h",
    "hr": "h",
    "minute": "m",
    "minutes": "m",
    "min": "m",
    "second": "s",
    "seconds": "s",
    "sec": "s",
    "millisecond": "ms",
    "milliseconds": "ms",
    "microseconds": "microsecond",
    "ticks": "tick",
}
TYPED = ("long", "int", "real", "double", "bool", "boolean", "string", "guid")
_SMALLEST, _LARGEST = -(2**63), 2**63


def number(token: Token) -> Literal:
    if token.text[:2] in {"0x", "0X"}:
        return Literal(token.at, Type.LONG, wrapped(int(token.text, 16)))
    if token.text.isdigit():
        if len(token.text) > 19 or not _SMALLEST <= int(token.text) < _LARGEST:
            raise ParserFailure(f"ParserFailure: {token.text[:80]} is not a long.", token.at, token.text[:80])
        return Literal(token.at, Type.LONG, int(token.text))
    return Literal(token.at, Type.REAL, float(token.text))


def span(token: Token) -> Literal:
    """`7d`, `1.5h`, `30m`."""
    match = _UNIT.fullmatch(token.text)
    if match is None:
        raise _no_value(token, "timespan")
    unit = _UNITS.get(match[2], match[2])
    value = span_of(float(match[1]) * _MICROSECONDS[unit])
    if value is None:
        raise _no_value(token, "timespan")
    return Literal(token.at, Type.TIMESPAN, value)


def raw(token: Token) -> Literal:
    """`datetime(2026-11-10)`, `datetime('…')`, `timespan(1.00:00:00)`, and their nulls."""
    match = _RAW.fullmatch(token.text)
    if match is None:
        raise _no_value(token, "time")
    name, text = match[1], match[2].strip("\"'")
    kind = BY_NAME[name]
    if text.lower() == "null":
        return Literal(token.at, kind, None)
    value: Any = to_datetime(text) if kind is Type.DATETIME else _span_value(text)
    if value is None:
        raise _no_value(token, name)
    return Literal(token.at, kind, value)


def _span_value(text: str) -> timedelta | None:
    match = _UNIT.fullmatch(text)
    unit = _UNITS.get(match[2], match[2]) if match else ""
    if match and unit in _MICROSECONDS and match[1].count(".") < 2:
        return span_of(float(match[1]) * _MICROSECONDS[unit])
    return to_timespan(text)


def is_typed(cursor: Cursor) -> bool:
    """Whether `long(null)`, `int(5)`, `bool(true)` or the like is next."""
    return cursor.token.kind == "name" and cursor.token.text in TYPED and cursor.ahead().text == "("


def typed(cursor: Cursor) -> Literal:
    name = cursor.advance()
    cursor.expect("(")
    minus = cursor.take_sign("-")
    token = cursor.advance()
    cursor.expect(")")
    kind = BY_NAME[name.text]
    if token.text.lower() == "null" and not minus:
        return Literal(name.at, kind, "" if kind is Type.STRING else None)
    text = token.value if token.kind == "string" else token.text
    value = CONVERSIONS[kind](f"-{text}" if minus else text)
    if token.kind not in {"number", "string", "name"} or value is None:
        raise _no_value(token, name.text)
    return Literal(name.at, kind, value)


def dynamic(cursor: Cursor) -> Literal:
    """`dynamic([…])`, `dynamic({…})`, `dynamic(null)`."""
    name = cursor.advance()
    cursor.expect("(")
    value = _json(cursor)
    cursor.expect(")")
    return Literal(name.at, Type.DYNAMIC, value)


def _json(cursor: Cursor) -> Any:
    cursor.deeper()
    token = cursor.token
    if cursor.take_sign("["):
        value: Any = _items(cursor)
    elif cursor.take_sign("{"):
        value = _members(cursor)
    else:
        value = _scalar(cursor, token)
    cursor.shallower()
    return value


def _scalar(cursor: Cursor, token: Token) -> Any:
    minus = cursor.take_sign("-")
    token = cursor.advance()
    if token.kind == "string" and not minus:
        return token.value
    if token.kind == "number":
        value = number(token).value
        return -value if minus else value
    if token.kind == "name" and token.text in {"true", "false", "null"} and not minus:
        return json.loads(token.text)
    raise ParserFailure(f"ParserFailure: '{token.text[:80]}' in dynamic() is not JSON.", token.at, token.text[:80])


def _items(cursor: Cursor) -> list[Any]:
    found: list[Any] = []
    while not cursor.take_sign("]"):
        if found:
            cursor.expect(",")
        found.append(_json(cursor))
    return found


def _members(cursor: Cursor) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while not cursor.take_sign("}"):
        if found:
            cursor.expect(",")
        if cursor.token.kind != "string":
            raise cursor.failure("expected the name of a member in quotes")
        name = cursor.advance().value
        cursor.expect(":")
        found[name] = _json(cursor)
    return found


def _no_value(token: Token, kind: str) -> ParserFailure:
    return ParserFailure(f"ParserFailure: '{token.text[:80]}' is not a {kind}.", token.at, token.text[:80])
