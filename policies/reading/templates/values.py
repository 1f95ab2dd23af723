"""Evaluate a template's values: literals as they are, expressions where all that they read is known."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import Sealed, bare, resealed
from azure_hotpatch.policies.reading.templates.calls import special
from azure_hotpatch.policies.reading.templates.functions import result
from azure_hotpatch.policies.reading.templates.scope import Looped, TemplateScope
from azure_hotpatch.policies.reading.templates.syntax import (
    Literal,
    Member,
    NotAnExpression,
    is_expression,
    tree,
)
from azure_hotpatch.policies.reading.templates.unknowns import CANNOT_BE_READ, OpenObject, member_of

# The copies of a property that are made out; ARM's own limit.
MOST_COPIES = 800


def evaluated(value: Any, scope: TemplateScope) -> Any:
    """The value with every expression in it replaced by what it gives, or by an `Unknown`; raises OutOfWork."""
    scope.work.spend()
    if isinstance(value, str):
        return _text(value, scope)
    if isinstance(value, Sealed):
        inner = evaluated(value.value, scope)
        return inner if isinstance(inner, Sealed) else Sealed(inner)
    if isinstance(value, list):
        return [evaluated(item, scope) for item in value]
    if isinstance(value, Looped):
        return _copied(value.copy, scope)
    return _object(value, scope) if isinstance(value, dict) else value


def _text(value: str, scope: TemplateScope) -> Any:
    if not is_expression(value):
        return value[1:] if value.startswith("[[") else value
    try:
        return node_value(tree(value), scope)
    except (NotAnExpression, RecursionError):
        return CANNOT_BE_READ


def _object(value: dict[str, Any], scope: TemplateScope) -> dict[str, Any]:
    made = {key: evaluated(child, scope) for key, child in value.items() if not _is_loop(key, child)}
    for key, loops in value.items():
        if _is_loop(key, loops):
            made.update(_loops(loops, scope))
    return OpenObject(made, value.why) if isinstance(value, OpenObject) else made


def _is_loop(key: str, value: Any) -> bool:
    return key.lower() == "copy" and isinstance(bare(value), list)


def _loops(loops: Any, scope: TemplateScope) -> Iterator[tuple[str, Any]]:
    """The properties that copy loops make, by name."""
    for loop in bare(loops):
        name = bare(bare(loop).get("name")) if isinstance(bare(loop), dict) else None
        if isinstance(name, str):
            yield name, resealed(loops, _copied(loop, scope))


def _copied(written: Any, scope: TemplateScope) -> Any:
    copy = bare(written)
    count, name = bare(evaluated(copy.get("count"), scope)), bare(copy.get("name"))
    if not isinstance(count, int) or not 0 <= count <= MOST_COPIES or not isinstance(name, str):
        return count if isinstance(count, Unknown) else CANNOT_BE_READ
    return resealed(written, [evaluated(copy.get("input"), scope.in_loop(name, index)) for index in range(count)])


def node_value(node: Any, scope: TemplateScope) -> Any:
    """The value of a node of an expression; raises OutOfWork."""
    scope.work.spend()
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Member):
        return _member(node_value(node.of, scope), node_value(node.key, scope), scope)
    reader = special(node, scope)
    if reader:
        return reader(node, scope, node_value)
    return result(node.written, [node_value(argument, scope) for argument in node.arguments], scope.work)


def _member(value: Any, written: Any, scope: TemplateScope) -> Any:
    of, key = bare(value), bare(written)
    if isinstance(of, Unknown):
        return resealed(value, Unknown(of.why))
    if isinstance(of, dict) and isinstance(key, str):
        scope.work.spend(0 if key in of else len(of) // 8)  # the names are compared without their case
        return resealed(written, resealed(value, member_of(of, key, CANNOT_BE_READ)))
    if isinstance(of, list) and isinstance(key, int) and 0 <= key < len(of):
        return resealed(written, resealed(value, of[key]))
    return key if isinstance(key, Unknown) else CANNOT_BE_READ
