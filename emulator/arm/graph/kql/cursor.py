"""A parser's cursor over the tokens of a query."""

from azure_hotpatch.emulator.arm.graph.kql.refusals import LimitExceeded, ParserFailure
from azure_hotpatch.emulator.arm.graph.kql.tokens import Token, tokens

DEEPEST = 60  # nested parentheses and pipes, and links of a chain such as a + b + c; Python's own stack ends later


class Cursor:
    """A place among the tokens of a query."""

    def __init__(self, query: str) -> None:
        self.query = query
        self._tokens = tokens(query)
        self._next = 0
        self._depth = 0

    @property
    def token(self) -> Token:
        return self._tokens[self._next]

    def ahead(self, steps: int = 1) -> Token:
        return self._tokens[min(self._next + steps, len(self._tokens) - 1)]

    def advance(self) -> Token:
        token = self.token
        if token.kind != "end":
            self._next += 1
        return token

    def at_sign(self, *signs: str) -> bool:
        return self.token.kind == "sign" and self.token.text in signs

    def at_name(self, *names: str) -> bool:
        """Whether a keyword is next, in any letter case."""
        return self.token.kind == "name" and self.token.text.lower() in names

    def take_sign(self, sign: str) -> bool:
        found = self.at_sign(sign)
        if found:
            self.advance()
        return found

    def take_name(self, *names: str) -> bool:
        found = self.at_name(*names)
        if found:
            self.advance()
        return found

    def expect(self, sign: str) -> Token:
        if not self.at_sign(sign):
            raise self.failure(f"expected '{sign}'")
        return self.advance()

    def expect_name(self) -> Token:
        """A name that the query gives to something, or reads."""
        if self.token.kind != "name" or self.token.text.startswith("$"):
            raise self.failure("expected a name")
        return self.advance()

    def expect_word(self, *words: str) -> str:
        if not self.at_name(*words):
            raise self.failure(f"expected {' or '.join(words)}")
        return self.advance().text.lower()

    def failure(self, why: str) -> ParserFailure:
        token = self.token
        return ParserFailure(f"ParserFailure: {why}, found '{token.text[:80]}'.", token.at, token.text[:80])

    def deeper(self) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise LimitExceeded(f"The query is nested more than {DEEPEST} deep.", self.token.at)

    def shallower(self, by: int = 1) -> None:
        self._depth -= by

    def hyphenated(self) -> str:
        """The operator's name that is next: `project-away` is three tokens without a space between them."""
        name, at = self.token.text.lower(), self._next
        while self._joins(at, "sign", "-") and self._joins(at + 1, "name"):
            name += f"-{self._tokens[at + 2].text.lower()}"
            at += 2
        return name

    def _joins(self, at: int, kind: str, text: str = "") -> bool:
        if at + 1 >= len(self._tokens):
            return False
        here, following = self._tokens[at], self._tokens[at + 1]
        return following.kind == kind and here.end == following.at and (not text or following.text == text)

    def skip_hyphenated(self, name: str) -> None:
        self._next += 2 * name.count("-") + 1
