"""The operators on strings: has, contains, startswith, endswith, matches regex, =~, and their negations."""

from collections.abc import Callable
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, Run
from azure_hotpatch.emulator.arm.graph.kql.patterns import searcher
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.graph.kql.values import to_string

Test = Callable[[str, str], bool]


def has(text: str, term: str, *, before: bool = True, after: bool = True) -> bool:
    """Whether a string contains a whole term: no letter or digit directly before or after it."""
    if not term:
        return True
    at = text.find(term)
    while at >= 0:
        end = at + len(term)
        free_before = not before or at == 0 or not (text[at - 1].isalnum() and term[0].isalnum())
        free_after = not after or end == len(text) or not (text[end].isalnum() and term[-1].isalnum())
        if free_before and free_after:
            return True
        at = text.find(term, at + 1)
    return False


def _contains(text: str, part: str) -> bool:
    return part in text


def _has_prefix(text: str, term: str) -> bool:
    return has(text, term, after=False)


def _has_suffix(text: str, term: str) -> bool:
    return has(text, term, before=False)


def _equal(text: str, other: str) -> bool:
    return text == other


_TESTS: dict[str, Test] = {
    "contains": _contains,
    "has": has,
    "hasprefix": _has_prefix,
    "hassuffix": _has_suffix,
    "startswith": str.startswith,
    "endswith": str.endswith,
}
NAMES = frozenset(
    {"=~", "!~", "matches regex"} | {f"{no}{word}{case}" for no in ("", "!") for word in _TESTS for case in ("", "_cs")}
)


def matcher(operator: str, left: Compiled, right: Compiled, at: int) -> Run:
    """A function of a row that applies one of NAMES."""
    text, other = text_of(left, operator), text_of(right, operator)
    if operator == "matches regex":
        return _regex(text, right, other, at)
    negated = operator.startswith("!")
    word = operator.removeprefix("!")
    folds = not word.endswith("_cs")
    test = _equal if word in {"=~", "~"} else _TESTS[word.removesuffix("_cs")]
    if right.constant:
        wanted = other({})
        return _against(test, text, wanted.lower() if folds else wanted, folds=folds, negated=negated)
    if folds:
        return lambda row: test(text(row).lower(), other(row).lower()) is not negated
    return lambda row: test(text(row), other(row)) is not negated


def text_of(part: Compiled, what: str) -> Callable[[dict[str, Any]], str]:
    """A function that gives a string or a dynamic as a string."""
    if part.type is Type.STRING:
        return part.run
    if part.type is Type.DYNAMIC:
        run = part.run
        return lambda row: to_string(run(row))
    raise WrongType(f"'{what}' expects string, not {part.type.value}; add tostring().", part.at)


def _against(test: Test, text: Callable[[Any], str], wanted: str, *, folds: bool, negated: bool) -> Run:
    if folds:
        return lambda row: test(text(row).lower(), wanted) is not negated
    return lambda row: test(text(row), wanted) is not negated


def _regex(text: Callable[[Any], str], right: Compiled, other: Callable[[Any], str], at: int) -> Run:
    if not right.constant:
        raise WrongType("'matches regex' expects a constant pattern.", at)
    search = searcher(other({}), at)
    return lambda row: search(text(row))
