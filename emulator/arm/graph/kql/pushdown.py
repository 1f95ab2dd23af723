"""Find the resource types that a query can return from its first conditions, so that no other row is built."""

from collections.abc import Iterable
from functools import reduce

from azure_hotpatch.emulator.arm.graph.kql.syntax import (
    Among,
    Binary,
    Column,
    Expression,
    Literal,
    Operator,
    Where,
    terms,
)

Types = frozenset[str]


def types(operators: Iterable[Operator]) -> Types | None:
    """The types in lower case, or None for any. Rows of other types cannot pass the conditions that come first."""
    found: Types | None = None
    for operator in operators:
        if not isinstance(operator, Where):
            break
        found = _both(found, _of(operator.condition))
    return found


def _of(condition: Expression) -> Types | None:
    if isinstance(condition, Among):
        return _listed(condition)
    if not isinstance(condition, Binary):
        return None
    if condition.operator == "and":
        return reduce(_both, (_of(term) for term in terms(condition)))
    if condition.operator == "or":
        return reduce(_either, (_of(term) for term in terms(condition)))
    if condition.operator in {"==", "=~"} and _is_type(condition.left):
        return _values((condition.right,))
    return None


def _listed(condition: Among) -> Types | None:
    if condition.operator in {"in", "in~"} and _is_type(condition.left):
        return _values(condition.items)
    return None


def _is_type(expression: Expression) -> bool:
    return isinstance(expression, Column) and expression.name == "type" and not expression.side


def _values(items: tuple[Expression, ...]) -> Types | None:
    values = [item.value for item in items if isinstance(item, Literal) and isinstance(item.value, str)]
    return frozenset(value.lower() for value in values) if len(values) == len(items) else None


def _either(one: Types | None, other: Types | None) -> Types | None:
    return None if one is None or other is None else one | other


def _both(one: Types | None, other: Types | None) -> Types | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other
