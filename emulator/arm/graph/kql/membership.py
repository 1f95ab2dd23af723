"""The operators that compare with a list: in, in~, !in, !in~, has_any and has_all."""

from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.comparison import comparer
from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, Run, constant
from azure_hotpatch.emulator.arm.graph.kql.matching import has, text_of
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.graph.kql.values import to_string


def member(operator: str, left: Compiled, items: tuple[Compiled, ...], at: int) -> Run:
    found = _flat(items, at)
    if operator in {"has_any", "has_all"}:
        return _terms(operator, left, found, at)
    negated, folds = operator.startswith("!"), operator.endswith("~")
    if left.type in (Type.STRING, Type.DYNAMIC) and all(one.constant and one.type is Type.STRING for one in found):
        return _in_set(left, found, operator, folds=folds, negated=negated)
    if folds:
        raise WrongType(f"'{operator}' expects a list of constant strings.", at)
    tests = [comparer("==", left, one, at) for one in found]
    return lambda row: any(test(row) for test in tests) is not negated


def _flat(items: tuple[Compiled, ...], at: int) -> tuple[Compiled, ...]:
    """The items, with those of an array in its place."""
    found: list[Compiled] = []
    for item in items:
        if item.type is not Type.DYNAMIC:
            found.append(item)
        elif item.constant:
            values = item.value()
            found += [_literal(value, at) for value in (values if isinstance(values, list) else [values])]
        else:
            raise WrongType("A list that is read from the row cannot be used with 'in'; use set_has_element().", at)
    return tuple(found)


def _literal(value: Any, at: int) -> Compiled:
    kinds = {str: Type.STRING, bool: Type.BOOL, int: Type.LONG, float: Type.REAL}
    kind = kinds.get(type(value))
    return constant(kind, value, at) if kind else constant(Type.STRING, to_string(value), at)


def _in_set(left: Compiled, items: tuple[Compiled, ...], operator: str, *, folds: bool, negated: bool) -> Run:
    text = text_of(left, operator)
    if folds:
        lowered = frozenset(str(item.value()).lower() for item in items)
        return lambda row: (text(row).lower() in lowered) is not negated
    exact = frozenset(item.value() for item in items)
    return lambda row: (text(row) in exact) is not negated


def _terms(operator: str, left: Compiled, items: tuple[Compiled, ...], at: int) -> Run:
    if not all(item.constant and item.type is Type.STRING for item in items):
        raise WrongType(f"'{operator}' expects constant strings.", at)
    text, choose = text_of(left, operator), any if operator == "has_any" else all
    terms = [str(item.value()).lower() for item in items]
    return lambda row: choose(has(text(row).lower(), term) for term in terms)
