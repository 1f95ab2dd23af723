"""The syntax of ARM's template expressions: `[concat('vm', copyIndex())]` as a tree."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d{1,19}(?!\d))|(?P<name>[A-Za-z_]\w*)|(?P<sign>[()\[\],.]))"
)
_DEEPEST = 60


class NotAnExpression(Exception):  # noqa: N818 - it is caught as an answer: the text cannot be read
    """The text begins as an expression and does not follow its grammar."""


@dataclass(frozen=True, slots=True)
class Literal:
    value: Any


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments; the name in lower case, `ns.f` for a user's own, and as it is written."""

    name: str
    arguments: tuple[Any, ...]
    written: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """`of.key` or `of[key]`."""

    of: Any
    key: Any


def is_expression(text: str) -> bool:
    """ARM evaluates a string in brackets; `[[` at its beginning stands for a bracket."""
    return text.startswith("[") and text.endswith("]") and not text.startswith("[[")


@lru_cache(maxsize=4096)
def tree(text: str) -> Any:
    """The tree of an expression with its brackets; raises NotAnExpression."""
    tokens = _tokens(text[1:-1])
    found, rest = _chain(tokens, 0, 0)
    if rest != len(tokens):
        raise NotAnExpression
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at, text = [], 0, text.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotAnExpression
        tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
        at = match.end()
    return tokens


def _chain(tokens: list[tuple[str, str]], at: int, depth: int) -> tuple[Any, int]:
    """A value and the members that are taken of it."""
    if depth > _DEEPEST:
        raise NotAnExpression
    value, at = _value(tokens, at, depth)
    while at < len(tokens):
        if tokens[at][1] == "." and _kind(tokens, at + 1) == "name":
            value, at = Member(value, Literal(tokens[at + 1][1])), at + 2
        elif tokens[at] == ("sign", "["):
            key, at = _chain(tokens, at + 1, depth + 1)
            value, at = Member(value, key), _past(tokens, at, "]")
        else:
            break
    return value, at


def _value(tokens: list[tuple[str, str]], at: int, depth: int) -> tuple[Any, int]:
    kind, text = tokens[at] if at < len(tokens) else ("end", "")
    if kind == "text":
        return Literal(text[1:-1].replace("''", "'")), at + 1
    if kind == "number":
        return Literal(int(text)), at + 1
    if kind != "name":
        raise NotAnExpression
    at += 1
    while at < len(tokens) and tokens[at][1] == "." and _kind(tokens, at + 1) == "name":
        text, at = f"{text}.{tokens[at + 1][1]}", at + 2
    arguments, at = _arguments(tokens, _past(tokens, at, "("), depth)
    return Call(text.lower().removeprefix("sys."), arguments, text), at


def _arguments(tokens: list[tuple[str, str]], at: int, depth: int) -> tuple[tuple[Any, ...], int]:
    arguments: list[Any] = []
    while at < len(tokens) and tokens[at] != ("sign", ")"):
        argument, at = _chain(tokens, _past(tokens, at, ",") if arguments else at, depth + 1)
        arguments.append(argument)
    return tuple(arguments), _past(tokens, at, ")")


def _past(tokens: list[tuple[str, str]], at: int, sign: str) -> int:
    if at >= len(tokens) or tokens[at] != ("sign", sign):
        raise NotAnExpression
    return at + 1


def _kind(tokens: list[tuple[str, str]], at: int) -> str:
    return tokens[at][0] if at < len(tokens) else "end"
