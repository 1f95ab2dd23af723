"""OData `$filter` on lists of resources; a filter that a list does not support is refused, never ignored."""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest

Keep = Callable[[Json], bool]

_TOKEN = re.compile(r"\s*(?:'(?:[^']|'')*'|[(),]|[^\s(),']+(?=[\s(),]|$))")
_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "gt": operator.gt,
    "ge": operator.ge,
    "lt": operator.lt,
    "le": operator.le,
}
_FUNCTIONS: Mapping[str, Callable[[str, str], bool]] = {
    "startswith": lambda value, text: value.startswith(text),
    "endswith": lambda value, text: value.endswith(text),
    "contains": lambda value, text: text in value,
    "substringof": lambda text, value: text in value,
}


_DEEPEST = 50  # parentheses and negations in one another; nobody writes as many


class InvalidFilter(BadRequest):
    code = "InvalidFilterInQueryString"

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"Invalid $filter '{text}' specified in the query string: {why}.")


def compiled(text: str, fields: Mapping[str, str], flags: Mapping[str, Keep]) -> Keep:
    """Compile a `$filter` to a predicate over resources as they are shown.

    `fields` has the names that may be compared, in lower case, with their dotted paths; `flags` what stands alone, such
    as `atScope()`, in lower case. An empty text keeps all.
    """
    if not text.strip():
        return lambda _shown: True
    return _Reader(text, fields, flags).read()


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise InvalidFilter(text, f"it cannot be read from '{text[at:].strip()}' on")
        yield match[0].strip()
        at = match.end()


class _Reader:
    """A recursive-descent reader of the part of OData that ARM's lists take: and, or, not, comparisons, functions."""

    def __init__(self, text: str, fields: Mapping[str, str], flags: Mapping[str, Keep]) -> None:
        self._text, self._fields, self._flags = text, fields, flags
        self._left = list(_tokens(text))
        self._depth = 0

    def read(self) -> Keep:
        keep = self._any()
        if self._left:
            self._refuse(f"'{self._left[0]}' is not expected")
        return keep

    def _any(self) -> Keep:
        found = [self._all()]
        while self._taken("or"):
            found.append(self._all())
        return lambda shown: any(keep(shown) for keep in found)

    def _all(self) -> Keep:
        found = [self._one()]
        while self._taken("and"):
            found.append(self._one())
        return lambda shown: all(keep(shown) for keep in found)

    def _one(self) -> Keep:
        if self._taken("not"):
            inner = self._within(self._one)
            return lambda shown: not inner(shown)
        if self._taken("("):
            inner = self._within(self._any)
            self._expect(")")
            return inner
        word = self._next()
        if self._left and self._left[0] == "(":
            return self._function(word)
        return self._comparison(word)

    def _within(self, read: Callable[[], Keep]) -> Keep:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse(f"it is nested more than {_DEEPEST} levels deep")
        found = read()
        self._depth -= 1
        return found

    def _function(self, name: str) -> Keep:
        self._expect("(")
        if self._taken(")"):
            flag = self._flags.get(f"{name}()".lower())
            return flag or self._refuse(f"the function '{name}()' is not supported here")
        arguments = [self._value(self._next())]
        while self._taken(","):
            arguments.append(self._value(self._next()))
        self._expect(")")
        call = _FUNCTIONS.get(name.lower()) or self._refuse(f"the function '{name}' is not supported here")
        if len(arguments) != 2:
            self._refuse(f"the function '{name}' takes two arguments")
        first, second = arguments
        return lambda shown: call(str(first(shown) or ""), str(second(shown) or ""))

    def _comparison(self, word: str) -> Keep:
        sign = self._next().lower()
        compare = _OPERATORS.get(sign) or self._refuse(f"the operator '{sign}' is not supported here")
        left, right = self._value(word), self._value(self._next())
        return lambda shown: _compared(compare, left(shown), right(shown))

    def _value(self, token: str) -> Callable[[Json], Any]:
        name = token.strip("'").lower()
        if name in self._fields and ("/" in name or token[0] != "'"):  # a path is quoted although it is a name
            path = self._fields[name]
            return lambda shown: _folded(read(shown, path))
        if token.startswith("'"):
            text = token[1:-1].replace("''", "'").lower()
            return lambda _shown: text
        if name in {"true", "false"}:
            return lambda _shown: name == "true"
        if re.fullmatch(r"-?\d+", name):
            return lambda _shown: int(name)
        known = ", ".join(sorted(self._fields)) or "none"
        return self._refuse(f"'{token}' is not a property that this list is filtered by, which are: {known}")

    def _next(self) -> str:
        return self._left.pop(0) if self._left else self._refuse("it ends too early")

    def _taken(self, word: str) -> bool:
        if self._left and self._left[0].lower() == word:
            del self._left[0]
            return True
        return False

    def _expect(self, word: str) -> None:
        if not self._taken(word):
            self._refuse(f"'{word}' is missing")

    def _refuse(self, why: str) -> NoReturn:
        raise InvalidFilter(self._text, why)


def _folded(value: Any) -> Any:
    """Azure compares names, ids and places without their letter case."""
    return value.lower() if isinstance(value, str) else value


def _compared(compare: Callable[[Any, Any], bool], left: Any, right: Any) -> bool:
    if compare in {operator.eq, operator.ne}:
        return compare(left, right)
    return type(left) is type(right) and compare(left, right)
