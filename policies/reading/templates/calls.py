"""Functions that read a template's scope, or only some of their arguments: parameters(), if(), and(), coalesce()."""

from collections.abc import Callable, Mapping
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_bool
from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import NOT_KNOWN, Sealed, bare, resealed
from azure_hotpatch.policies.reading.templates.functions import cost
from azure_hotpatch.policies.reading.templates.lambdas import LAMBDAS, Reader, lambda_result
from azure_hotpatch.policies.reading.templates.scope import TemplateScope, called
from azure_hotpatch.policies.reading.templates.syntax import Call
from azure_hotpatch.policies.reading.templates.unknowns import CANNOT_BE_READ, Failed, NotEmpty, either


def special(node: Call, scope: TemplateScope) -> Callable[[Call, TemplateScope, Reader], Any] | None:
    """The reader of a call whose function does not just take the values of its arguments."""
    if node.name in LAMBDAS:
        return lambda_result
    return _users_own if node.name in scope.functions else _SPECIAL.get(node.name)


def _parameters(node: Call, scope: TemplateScope, read: Reader) -> Any:
    name = _name(node, scope, read)
    return scope.parameter(name) if name else CANNOT_BE_READ


def _variables(node: Call, scope: TemplateScope, read: Reader) -> Any:
    name = _name(node, scope, read)
    return scope.variable(name) if name else CANNOT_BE_READ


def _lambda_variables(node: Call, scope: TemplateScope, read: Reader) -> Any:
    return scope.locals.get(_name(node, scope, read), CANNOT_BE_READ)


def _copy_index(node: Call, scope: TemplateScope, read: Reader) -> Any:
    arguments = [bare(read(argument, scope)) for argument in node.arguments]
    name = arguments[0].lower() if arguments and isinstance(arguments[0], str) else ""
    offset = next((argument for argument in arguments if isinstance(argument, int)), 0)
    index = scope.loops.get(name, NOT_KNOWN)
    return index + offset if isinstance(index, int) else index


def _if(node: Call, scope: TemplateScope, read: Reader) -> Any:
    if len(node.arguments) != 3:
        return CANNOT_BE_READ
    condition, (yes, no) = read(node.arguments[0], scope), node.arguments[1:]
    answer = as_bool(bare(condition))
    if answer is not None:
        return resealed(condition, read(yes if answer else no, scope))
    why = bare(condition)
    unknown = why if isinstance(why, Unknown) else CANNOT_BE_READ
    return resealed(condition, _one_of(read(yes, scope), read(no, scope), unknown, scope))


def _one_of(one: Any, other: Any, why: Unknown, scope: TemplateScope) -> Any:
    scope.work.spend(cost(one))
    return either(one, other, why)


def _and(node: Call, scope: TemplateScope, read: Reader) -> Any:
    return _decided(node, scope, read, False)


def _or(node: Call, scope: TemplateScope, read: Reader) -> Any:
    return _decided(node, scope, read, True)


def _decided(node: Call, scope: TemplateScope, read: Reader, by: bool) -> Any:
    """One argument that is `by` decides, whatever is not known of the others."""
    sealed, unknown = False, None
    for argument in node.arguments:
        value = read(argument, scope)
        sealed = sealed or isinstance(value, Sealed)
        answer = as_bool(bare(value))
        if answer is by:
            return Sealed(by) if sealed else by
        if answer is None:
            unknown = unknown or (bare(value) if isinstance(bare(value), Unknown) else CANNOT_BE_READ)
    decided = unknown or (not by)
    return Sealed(decided) if sealed and not unknown else decided


def _coalesce(node: Call, scope: TemplateScope, read: Reader) -> Any:
    """The first value that is not null; one that may be null is that or the next."""
    if not node.arguments:
        return None
    value = read(node.arguments[0], scope)
    inner = bare(value)
    if isinstance(inner, Unknown) and not isinstance(inner, NotEmpty) and len(node.arguments) > 1:
        return _one_of(value, _coalesce(Call(node.name, node.arguments[1:]), scope, read), inner, scope)
    return value if inner is not None else _coalesce(Call(node.name, node.arguments[1:]), scope, read)


def _users_own(node: Call, scope: TemplateScope, read: Reader) -> Any:
    """A function that the template defines, which reads its own parameters and nothing else of the template."""
    return called(scope, node.name, [read(argument, scope) for argument in node.arguments])


def _name(node: Call, scope: TemplateScope, read: Reader) -> str:
    name = bare(read(node.arguments[0], scope)) if len(node.arguments) == 1 else None
    return name.lower() if isinstance(name, str) else ""


_SPECIAL: Mapping[str, Callable[[Call, TemplateScope, Reader], Any]] = {
    "parameters": _parameters,
    "variables": _variables,
    "lambdavariables": _lambda_variables,
    "copyindex": _copy_index,
    "if": _if,
    "and": _and,
    "or": _or,
    "coalesce": _coalesce,
    "fail": lambda *_: Failed("none, since fail() ends the deployment there"),
}
