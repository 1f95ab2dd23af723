"""Trace a value of a template's resource back to the parameters that set it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_bool
from azure_hotpatch.domain.judging.record import Unknown, arm_path, path_steps
from azure_hotpatch.domain.judging.setter import Setter
from azure_hotpatch.policies.reading.reading import bare, resealed, unsealed
from azure_hotpatch.policies.reading.templates.scope import Looped, TemplateScope
from azure_hotpatch.policies.reading.templates.syntax import Call, Literal, Member, NotAnExpression, is_expression, tree
from azure_hotpatch.policies.reading.templates.unknowns import key_in
from azure_hotpatch.policies.reading.templates.values import node_value
from azure_hotpatch.policies.reading.templates.work import OutOfWork

Steps = tuple[str | int, ...]
Trace = Callable[[Call, Steps, TemplateScope], list[Setter]]


class _NotSet(Exception):  # noqa: N818 - it is caught as an answer: nothing sets the value
    """The object that is written has no such member."""


def setters(resource: Mapping[str, Any], path: str, scope: TemplateScope) -> list[Setter]:
    """The parameters that set the value at a record's `path`, none where the template writes it or leaves it out.

    Where a condition chooses between two values that are written, they are the parameters that decide it. `resource` is
    as the template has it, with its expressions.
    """
    try:
        scope.work.begin()
        found = _written(dict(resource), path_steps(arm_path(path)), scope)
    except (_NotSet, OutOfWork, NotAnExpression, RecursionError):
        return []
    return list({(each.name, each.module): each for each in found}.values())


def _written(value: Any, steps: Steps, scope: TemplateScope) -> list[Setter]:
    scope.work.spend()
    value = bare(value)
    if isinstance(value, str):
        return _node(tree(value), steps, scope) if is_expression(value) else []
    if steps and isinstance(value, dict | list):
        return _written(_member(value, steps[0]), steps[1:], scope)
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return _all(_written(child, (), scope) for child in below)


def _member(value: dict[str, Any] | list[Any], step: str | int) -> Any:
    if isinstance(value, list):
        if isinstance(step, int) and step < len(value):
            return value[step]
        raise _NotSet
    key = key_in(value, str(step))
    if key is None and "properties" in value:  # a record has an extension without its `properties`
        return _member(bare(value["properties"]), step) if isinstance(bare(value["properties"]), dict) else None
    if key is None:
        raise _NotSet
    return value[key]


def _node(node: Any, steps: Steps, scope: TemplateScope) -> list[Setter]:
    scope.work.spend()
    if isinstance(node, Member):
        key = bare(node_value(node.key, scope))
        return _node(node.of, (key, *steps) if isinstance(key, str | int) else (), scope)
    return _TRACES.get(node.name, _arguments)(node, steps, scope) if isinstance(node, Call) else []


def _arguments(node: Call, _: Steps, scope: TemplateScope) -> list[Setter]:
    """Of a function that makes its result of all its arguments, whatever is in them."""
    return _all(_node(argument, (), scope) for argument in node.arguments)


def _parameters(node: Call, steps: Steps, scope: TemplateScope) -> list[Setter]:
    name = _name(node)
    if name not in scope.declared:
        return []
    given = scope.is_given(name)
    try:
        return (_from_around if given else _from_default)(name, steps, scope) or [_setter(name, steps, scope, given)]
    except _NotSet:
        return [_setter(name, steps, scope, given)]


def _from_around(name: str, steps: Steps, scope: TemplateScope) -> list[Setter]:
    """The parameters of the template around that are given to one of this template."""
    passed = bare(scope.call.parameters) if scope.call else None
    key = key_in(passed, name) if isinstance(passed, dict) else None
    if scope.call is None or not isinstance(passed, dict) or key is None:
        return []
    return _written(passed[key], ("value", *steps), scope.call.scope)


def _from_default(name: str, steps: Steps, scope: TemplateScope) -> list[Setter]:
    """The other parameters that a default is made of."""
    declared = bare(scope.declared[name])
    key = key_in(declared, "defaultValue") if isinstance(declared, dict) else None
    return _written(declared[key], steps, replace(scope, variables={})) if key else []


def _setter(name: str, steps: Steps, scope: TemplateScope, given: bool) -> Setter:
    value = scope.parameter(name)
    for step in steps:
        inner = bare(value)
        known = inner if isinstance(inner, dict | list) else {}
        try:
            value = resealed(value, _member(known, step))
        except _NotSet:
            value = None
    opened, seals = unsealed(value)
    shown = not seals and not isinstance(opened, Unknown)
    whole = ".".join((scope.spelled.get(name, name), *map(str, steps)))
    return Setter(whole, scope.call.origin if scope.call else "", not given and opened is not None, opened, shown)


def _variables(node: Call, steps: Steps, scope: TemplateScope) -> list[Setter]:
    value = scope.variables.get(_name(node))
    return [] if isinstance(value, Looped) else _written(value, steps, replace(scope, loops={}, locals={}))


def _if(node: Call, steps: Steps, scope: TemplateScope) -> list[Setter]:
    if len(node.arguments) != 3:
        return []
    condition, yes, no = node.arguments
    answer = as_bool(bare(node_value(condition, scope)))
    if answer is None:
        return []
    return _node(yes if answer else no, steps, scope) or _deciding(condition, answer, scope)


def _deciding(condition: Any, answer: bool, scope: TemplateScope) -> list[Setter]:
    """The parameters by which a condition is true or false: of `and` those of what is false in it."""
    if isinstance(condition, Call) and condition.name == "not":
        return _all(_deciding(argument, not answer, scope) for argument in condition.arguments)
    if isinstance(condition, Call) and condition.name in ("and", "or"):
        given = [(argument, as_bool(bare(node_value(argument, scope)))) for argument in condition.arguments]
        return _all(_deciding(argument, answer, scope) for argument, value in given if value is answer)
    return _node(condition, (), scope)


def _create_object(node: Call, steps: Steps, scope: TemplateScope) -> list[Setter]:
    pairs = list(zip(node.arguments[::2], node.arguments[1::2], strict=False))
    if not steps:
        return _all(_node(value, (), scope) for _, value in pairs)
    wanted = str(steps[0]).lower()
    for key, value in reversed(pairs):
        if str(bare(node_value(key, scope))).lower() == wanted:
            return _node(value, steps[1:], scope)
    raise _NotSet


def _create_array(node: Call, steps: Steps, scope: TemplateScope) -> list[Setter]:
    if not steps or not isinstance(steps[0], int) or steps[0] >= len(node.arguments):
        return _arguments(node, steps, scope)
    return _node(node.arguments[steps[0]], steps[1:], scope)


def _merged(nodes: Iterable[Any], steps: Steps, scope: TemplateScope) -> list[Setter]:
    """Of objects that are merged, the last that has the member."""
    for node in reversed(tuple(nodes)):
        try:
            value = bare(node_value(node, scope))
            _member(value if isinstance(value, dict) else {}, steps[0])
            return _node(node, steps, scope)
        except _NotSet:
            continue
    raise _NotSet


def _union(node: Call, steps: Steps, scope: TemplateScope) -> list[Setter]:
    return _merged(node.arguments, steps, scope) if steps else _arguments(node, steps, scope)


def _shallow_merge(node: Call, steps: Steps, scope: TemplateScope) -> list[Setter]:
    array = node.arguments[0] if node.arguments else None
    if not steps or not isinstance(array, Call) or array.name != "createarray":
        return _arguments(node, steps, scope)
    return _merged(array.arguments, steps, scope)


def _coalesce(node: Call, steps: Steps, scope: TemplateScope) -> list[Setter]:
    """The first that is not null; where that is written, those that would come before it."""
    for index, argument in enumerate(node.arguments):
        if bare(node_value(argument, scope)) is not None:
            return _node(argument, steps, scope) or _all(_node(each, steps, scope) for each in node.arguments[:index])
    return _all(_node(each, steps, scope) for each in node.arguments)


def _try_get(node: Call, steps: Steps, scope: TemplateScope) -> list[Setter]:
    if not node.arguments:
        return []
    of, *keys = node.arguments
    known = [bare(node_value(key, scope)) for key in keys]
    if not all(isinstance(key, str | int) for key in known):
        return _node(of, (), scope)
    return _node(of, (*known, *steps), scope)


def _name(node: Call) -> str:
    """The name that a call of parameters() or variables() has as a literal."""
    only = node.arguments[0] if len(node.arguments) == 1 else None
    return only.value.lower() if isinstance(only, Literal) and isinstance(only.value, str) else ""


def _all(found: Iterable[list[Setter]]) -> list[Setter]:
    return list(chain.from_iterable(found))


_TRACES: Mapping[str, Trace] = {
    "parameters": _parameters,
    "variables": _variables,
    "if": _if,
    "createobject": _create_object,
    "createarray": _create_array,
    "union": _union,
    "shallowmerge": _shallow_merge,
    "coalesce": _coalesce,
    "tryget": _try_get,
}
