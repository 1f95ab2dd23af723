"""JSON as Azure's own parser takes it: comments, unquoted names, line breaks in strings, trailing commas."""

import re
from typing import Any

_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_NUMBER = re.compile(r"-?\d+(?P<part>\.\d+)?(?P<power>[eE][+-]?\d+)?")
_NAME = re.compile(r"[A-Za-z_$][\w$-]*")
_WORDS = {"true": True, "false": False, "null": None}
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_DEEPEST = 200


class NotReadable(ValueError):  # noqa: N818 - it says what the text is
    """Says where a string is not valid JSON, but not what it contains there, which may be secret."""


def parse_json(text: str) -> Any:
    """Parse a string as JSON; raises NotReadable."""
    reader = _Reader(text)
    value = reader.value(0)
    reader.skip()
    if reader.at < len(text):
        raise reader.error()
    return value


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def error(self) -> NotReadable:
        line = self.text.count("\n", 0, self.at) + 1
        return NotReadable(f"line {line} has a character that is not expected")

    def skip(self) -> str:
        """Step over spaces and comments; the character after them."""
        match = _SPACE.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.text[self.at : self.at + 1]

    def value(self, depth: int) -> Any:
        mark = self.skip()
        if depth > _DEEPEST:
            raise NotReadable(f"it is nested deeper than {_DEEPEST} levels")
        if mark == "{":
            return self._object(depth)
        if mark == "[":
            return self._list(depth)
        if mark and mark in "\"'":
            return self._string()
        return self._word()

    def _object(self, depth: int) -> dict[str, Any]:
        self.at += 1
        found: dict[str, Any] = {}
        while self.skip() != "}":
            name = self._string() if self.text[self.at : self.at + 1] in {'"', "'"} else self._name()
            if self.skip() != ":":
                raise self.error()
            self.at += 1
            found[name] = self.value(depth + 1)
            self._separator("}")
        self.at += 1
        return found

    def _list(self, depth: int) -> list[Any]:
        self.at += 1
        found: list[Any] = []
        while self.skip() != "]":
            found.append(self.value(depth + 1))
            self._separator("]")
        self.at += 1
        return found

    def _separator(self, end: str) -> None:
        mark = self.skip()
        if mark == ",":
            self.at += 1
        elif mark != end:
            raise self.error()

    def _name(self) -> str:
        match = _NAME.match(self.text, self.at)
        if match is None:
            raise self.error()
        self.at = match.end()
        return match[0]

    def _word(self) -> Any:
        number = _NUMBER.match(self.text, self.at)
        if number:
            self.at = number.end()
            value = float(number[0]) if number["part"] or number["power"] else int(number[0])
            return int(value) if isinstance(value, float) and value.is_integer() else value
        start, name = self.at, self._name()
        if name not in _WORDS:
            self.at = start
            raise self.error()
        return _WORDS[name]

    def _string(self) -> str:
        quote, parts = self.text[self.at], []
        self.at += 1
        while (mark := self.text[self.at : self.at + 1]) != quote:
            if not mark:
                raise self.error()
            self.at += 1
            parts.append(self._escaped() if mark == "\\" else mark)
        self.at += 1
        # Two escapes that make one character between them are one character.
        return "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _escaped(self) -> str:
        mark = self.text[self.at : self.at + 1]
        self.at += 1
        if mark != "u":
            return _ESCAPES.get(mark, mark)
        digits = self.text[self.at : self.at + 4]
        if not re.fullmatch(r"[0-9A-Fa-f]{4}", digits):
            raise self.error()
        self.at += 4
        return chr(int(digits, 16))
