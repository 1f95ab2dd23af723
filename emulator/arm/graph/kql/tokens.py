"""Split a query into tokens: names, numbers, strings and punctuation, with positions; comments are left out."""

import re
from dataclasses import dataclass

from azure_hotpatch.emulator.arm.graph.kql.refusals import LimitExceeded, ParserFailure

LONGEST_QUERY = 131_072  # characters; Azure publishes no number
_SPACES = re.compile(r"(?:\s+|//[^\n]*)+")
_WORD = re.compile(
    r"""
    (?P<string>[hH]?(?:@"(?:[^"]|"")*"|@'(?:[^']|'')*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'))
  | (?P<raw>(?:datetime|date|timespan|time)\s*\((?=\s*[\d"'nN-])[^()]*\))
  | (?P<span>\d+(?:\.\d+)?(?:microseconds?|milliseconds?|ms|ticks?|seconds?|sec|s|minutes?|min|m|hours?|hr|h|days?|d)\b)
  | (?P<number>0[xX][0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w]))
  | (?P<name>[A-Za-z_$][A-Za-z0-9_]*)
  | (?P<sign>!in~|!~|!=|=~|==|<=|>=|<>|\.\.|[|(){}\[\],.:;=<>+*/%~!-])
    """,
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a query. `kind` is the name of its group above, or "end"; a string's `value` is what it means."""

    kind: str
    text: str
    at: int
    value: str = ""
    end: int = 0


def tokens(query: str) -> list[Token]:
    """Take a query apart; the last token is the end."""
    if len(query) > LONGEST_QUERY:
        raise LimitExceeded(f"The query has more than {LONGEST_QUERY} characters.")
    found: list[Token] = []
    at = _after_spaces(query, 1 if query.startswith("\ufeff") else 0)
    while at < len(query):
        match = _WORD.match(query, at)
        if match is None:
            raise ParserFailure(f"ParserFailure: unexpected character {query[at]!r}.", at, query[at])
        kind = str(match.lastgroup)
        value = _meaning(match[0]) if kind == "string" else ""
        found.append(Token(kind, match[0], at, value, match.end()))
        at = _after_spaces(query, match.end())
    return [*found, Token("end", "<EOF>", len(query), "", len(query))]


def _after_spaces(query: str, at: int) -> int:
    match = _SPACES.match(query, at)
    return match.end() if match else at


def _meaning(literal: str) -> str:
    text = literal.lstrip("hH")
    if text.startswith("@"):
        quote = text[1]
        return text[2:-1].replace(quote * 2, quote)
    return _ESCAPE.sub(_unescaped, text[1:-1])


def _unescaped(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) > 1:
        return chr(int(code[1:], 16))
    return _ESCAPED.get(code, code)
