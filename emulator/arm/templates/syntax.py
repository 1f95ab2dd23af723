"""Parse an expression to a tree: "[concat(parameters('a').b[0], 'it''s')]"."""

import re
from dataclasses import dataclass

from azure_hotpatch.emulator.arm.templates.errors import ExpressionError

# "ARM template best practices", template limits.
LONGEST = 24_576
# Azure publishes no depth; a tree that is deeper is no person's.
_DEEPEST = 60

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+)(?![\w.])|(?P<name>[A-Za-z_$][\w$]*)|(?P<mark>[().,\[\]]))"
)


@dataclass(frozen=True, slots=True)
class Literal:
    value: str | int


@dataclass(frozen=True, slots=True)
class Call:
    name: str  # as it is written; a user's function has its namespace, "contoso.name"
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Access:
    target: "Node"
    key: "Node"


Node = Literal | Call | Access


def is_expression(text: str) -> bool:
    return text.startswith("[") and text.endswith("]") and not text.startswith("[[")


def literal(text: str) -> str:
    """A string that is not an expression; "[[" at its start stands for "["."""
    return text[1:] if text.startswith("[[") else text


def parse_expression(text: str) -> Node:
    """Parse an expression with its brackets to a tree; raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(
            f"The template language expression limit exceeded. Limit: '{LONGEST}' and actual: '{len(text)}'."
        )
    reader = _Reader(text)
    node = _node(reader, 0)
    if reader.peek() != "":
        raise reader.error()
    return node


class _Reader:
    """The tokens of an expression, one after the other."""

    def __init__(self, text: str) -> None:
        self._inside = text[1:-1]
        self._tokens = _tokens(self._inside)
        self._at = 0

    def peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self._at += 1
        return token

    def expect(self, mark: str) -> None:
        if self.peek() != mark:
            raise self.error()
        self._at += 1

    def error(self) -> ExpressionError:
        # What stands at that place may be secret; where it is helps as well.
        where = f"token {self._at + 1} of {len(self._tokens)}"
        return ExpressionError(
            f"The template language expression is not valid: unexpected end or mark at {where}. "
            "Please see https://aka.ms/arm-template-expressions for usage details."
        )


def _tokens(text: str) -> list[str]:
    tokens, at, end = [], 0, len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise ExpressionError(f"The template language expression is not valid at character {at + 1}.")
        tokens.append(match[0].strip() if match["text"] is None else match["text"])
        at = match.end()
    return tokens


def _node(reader: _Reader, depth: int) -> Node:
    if depth > _DEEPEST:
        raise ExpressionError(f"The template language expression is nested deeper than {_DEEPEST} levels.")
    node = _head(reader, depth)
    while reader.peek() in {".", "["}:
        node = Access(node, _key(reader, depth))
    return node


def _key(reader: _Reader, depth: int) -> Node:
    if reader.take() == "[":
        key = _node(reader, depth + 1)
        reader.expect("]")
        return key
    name = reader.take()
    if not _is_name(name):
        raise reader.error()
    return Literal(name)


def _head(reader: _Reader, depth: int) -> Node:
    token = reader.take()
    if token.startswith("'"):
        return Literal(token[1:-1].replace("''", "'"))
    if re.fullmatch(r"-?\d+", token):
        return Literal(int(token))
    if not _is_name(token):
        raise reader.error()
    if reader.peek() == ".":
        reader.take()
        token += f".{reader.take()}"
    return Call(token, _arguments(reader, depth))


def _arguments(reader: _Reader, depth: int) -> tuple[Node, ...]:
    reader.expect("(")
    found: list[Node] = []
    while reader.peek() != ")":
        if found:
            reader.expect(",")
        found.append(_node(reader, depth + 1))
    reader.expect(")")
    return tuple(found)


def _is_name(token: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z_$][\w$]*", token))
