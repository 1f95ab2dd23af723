"""The value of what a template says: literals as they are, expressions where all they read is known."""

from collections.abc import Callable, Mapping
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_bool
from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import NOT_KNOWN, Sealed, bare, resealed
from azure_hotpatch.policies.reading.templates.functions import CANNOT_BE_READ, result, short
from azure_hotpatch.policies.reading.templates.scope import Scope
from azure_hotpatch.policies.reading.templates.syntax import (
    Call,
    Literal,
    Member,
    NotAnExpression,
    is_expression,
    tree,
)

# The copies of a property that are made out; ARM's own limit.
MOST_COPIES = 800


def evaluated(value: Any, scope: Scope) -> Any:
    """The value with every expression in it replaced by what it gives, or by an `Unknown`."""
    if isinstance(value, str):
        return _text(value, scope)
    if isinstance(value, Sealed):
        inner = evaluated(value.value, scope)
        return inner if isinstance(inner, Sealed) else Sealed(inner)
    if isinstance(value, list):
        return [evaluated(item, scope) for item in value]
    return _object(value, scope) if isinstance(value, dict) else value


def _text(value: str, scope: Scope) -> Any:
    if not is_expression(value):
        return value[1:] if value.startswith("[[") else value
    try:
        return _of(tree(value), scope)
    except (NotAnExpression, RecursionError):
        return CANNOT_BE_READ


def _object(value: dict[str, Any], scope: Scope) -> dict[str, Any]:
    copies = value.get("copy")
    if not isinstance(copies, list):
        return {key: evaluated(child, scope) for key, child in value.items()}
    made = {key: evaluated(child, scope) for key, child in value.items() if key != "copy"}
    for copy in copies:
        if isinstance(copy, dict) and isinstance(copy.get("name"), str):
            made[copy["name"]] = _copied(copy, scope)
    return made


def _copied(copy: Mapping[str, Any], scope: Scope) -> Any:
    count = bare(evaluated(copy.get("count"), scope))
    if not isinstance(count, int) or count > MOST_COPIES:
        return count if isinstance(count, Unknown) else CANNOT_BE_READ
    return [evaluated(copy.get("input"), scope.in_loop(copy["name"], index)) for index in range(count)]


def _of(node: Any, scope: Scope) -> Any:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Member):
        return _member(_of(node.of, scope), bare(_of(node.key, scope)))
    special = _SPECIAL.get(node.name)
    return special(node, scope) if special else _called(node, scope)


def _called(node: Call, scope: Scope) -> Any:
    arguments = [_of(argument, scope) for argument in node.arguments]
    opened = [bare(argument) for argument in arguments]
    unknown = next((argument for argument in opened if isinstance(argument, Unknown)), None)
    given = unknown or result(node.name, opened)
    sealed = any(isinstance(argument, Sealed) for argument in arguments)
    return Sealed(given) if sealed else given


def _member(value: Any, key: Any) -> Any:
    of = bare(value)
    if isinstance(of, Unknown):
        return value
    if isinstance(of, dict) and isinstance(key, str):
        found = next((child for name, child in of.items() if name.lower() == key.lower()), CANNOT_BE_READ)
        return resealed(value, found)
    if isinstance(of, list) and isinstance(key, int) and 0 <= key < len(of):
        return resealed(value, of[key])
    return CANNOT_BE_READ


def _parameters(node: Call, scope: Scope) -> Any:
    name = _name(node, scope)
    return scope.parameters.get(name, CANNOT_BE_READ) if name else CANNOT_BE_READ


def _variables(node: Call, scope: Scope) -> Any:
    name = _name(node, scope)
    if name not in scope.variables or name in scope.asked:
        return CANNOT_BE_READ
    if name not in scope.read:
        # Variables that hold each other twice would double at each step.
        scope.read[name] = short(evaluated(scope.variables[name], scope.asking(name)))
    return scope.read[name]


def _copy_index(node: Call, scope: Scope) -> Any:
    arguments = [bare(_of(argument, scope)) for argument in node.arguments]
    name = arguments[0].lower() if arguments and isinstance(arguments[0], str) else ""
    offset = next((argument for argument in arguments if isinstance(argument, int)), 0)
    index = scope.loops.get(name, NOT_KNOWN)
    return index + offset if isinstance(index, int) else index


def _if(node: Call, scope: Scope) -> Any:
    if len(node.arguments) != 3:
        return CANNOT_BE_READ
    condition = _of(node.arguments[0], scope)
    answer = as_bool(bare(condition))
    if answer is None:
        return bare(condition) if isinstance(bare(condition), Unknown) else CANNOT_BE_READ
    return _of(node.arguments[1 if answer else 2], scope)


def _and(node: Call, scope: Scope) -> Any:
    return _decided(node, scope, False)


def _or(node: Call, scope: Scope) -> Any:
    return _decided(node, scope, True)


def _decided(node: Call, scope: Scope, by: bool) -> Any:
    """One argument that is `by` decides, whatever is not known of the others."""
    answers = [as_bool(bare(_of(argument, scope))) for argument in node.arguments]
    if by in answers:
        return by
    return CANNOT_BE_READ if None in answers else not by


def _coalesce(node: Call, scope: Scope) -> Any:
    for argument in node.arguments:
        value = _of(argument, scope)
        if value is not None:
            return value
    return None


def _name(node: Call, scope: Scope) -> str:
    name = bare(_of(node.arguments[0], scope)) if len(node.arguments) == 1 else None
    return name.lower() if isinstance(name, str) else ""


_SPECIAL: Mapping[str, Callable[[Call, Scope], Any]] = {
    "parameters": _parameters,
    "variables": _variables,
    "copyindex": _copy_index,
    "if": _if,
    "and": _and,
    "or": _or,
    "coalesce": _coalesce,
}
