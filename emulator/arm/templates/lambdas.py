"""Functions that do not evaluate all of their arguments at once: the conditional ones and those that take a lambda."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cmp_to_key
from typing import TYPE_CHECKING, Any

from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, wrong_argument
from azure_hotpatch.emulator.arm.templates.functions.signature import a_list, a_string, an_object, check_count
from azure_hotpatch.emulator.arm.templates.syntax import Call, Literal

if TYPE_CHECKING:
    from azure_hotpatch.emulator.arm.templates.evaluator import EvaluationFrame, Evaluator

Form = Callable[["Evaluator", Call, "EvaluationFrame"], Any]
_Lambda = Callable[..., Any]


def _lambda(
    evaluator: "Evaluator", call: Call, at: int, frame: "EvaluationFrame", least: int = 1, most: int = 2
) -> _Lambda:
    """The function that an argument `lambda('a', 'b', …)` describes; it takes as many values as it names."""
    node = call.arguments[at] if at < len(call.arguments) else None
    if not isinstance(node, Call) or node.name.lower() != "lambda" or not node.arguments:
        raise wrong_argument(call.name, f"a lambda as its argument {at + 1}")
    names = [name.value for name in node.arguments[:-1] if isinstance(name, Literal) and isinstance(name.value, str)]
    if len(names) != len(node.arguments) - 1 or not least <= len(names) <= most:
        raise wrong_argument(call.name, f"a lambda with {least} to {most} variables as its argument {at + 1}")

    def run(*given: Any) -> Any:
        known = {name.lower(): value for name, value in zip(names, given, strict=False)}
        return evaluator.evaluate(node.arguments[-1], replace(frame, lambdas={**frame.lambdas, **known}))

    return run


def variable(frame: "EvaluationFrame", arguments: list[Any]) -> Any:
    """lambdaVariables('name')"""
    check_count("lambdaVariables", len(arguments), 1, 1)
    name = a_string("lambdaVariables", arguments[0])
    if name.lower() not in frame.lambdas:
        raise ExpressionError(f"The lambda variable '{name}' is not found.")
    return frame.lambdas[name.lower()]


def _items(evaluator: "Evaluator", call: Call, frame: "EvaluationFrame", least: int = 2, most: int = 2) -> list[Any]:
    check_count(call.name, len(call.arguments), least, most)
    return a_list(call.name, evaluator.evaluate(call.arguments[0], frame))


def _truth(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise wrong_argument(name, "a boolean")
    return value


def _if(evaluator: "Evaluator", call: Call, frame: "EvaluationFrame") -> Any:
    check_count("if", len(call.arguments), 3, 3)
    chosen = 1 if _truth("if", evaluator.evaluate(call.arguments[0], frame)) else 2
    return evaluator.evaluate(call.arguments[chosen], frame)


def _and(evaluator: "Evaluator", call: Call, frame: "EvaluationFrame") -> bool:
    check_count("and", len(call.arguments), 2, None)
    return all(_truth("and", evaluator.evaluate(argument, frame)) for argument in call.arguments)


def _or(evaluator: "Evaluator", call: Call, frame: "EvaluationFrame") -> bool:
    check_count("or", len(call.arguments), 2, None)
    return any(_truth("or", evaluator.evaluate(argument, frame)) for argument in call.arguments)


def _filter(evaluator: "Evaluator", call: Call, frame: "EvaluationFrame") -> list[Any]:
    items, keep = _items(evaluator, call, frame), _lambda(evaluator, call, 1, frame)
    return [item for at, item in enumerate(items) if _truth("filter", keep(item, at))]


def _map(evaluator: "Evaluator", call: Call, frame: "EvaluationFrame") -> list[Any]:
    items, change = _items(evaluator, call, frame), _lambda(evaluator, call, 1, frame)
    return [change(item, at) for at, item in enumerate(items)]


def _map_values(evaluator: "Evaluator", call: Call, frame: "EvaluationFrame") -> dict[str, Any]:
    check_count("mapValues", len(call.arguments), 2, 2)
    found = an_object("mapValues", evaluator.evaluate(call.arguments[0], frame))
    change = _lambda(evaluator, call, 1, frame, most=1)
    return {name: change(value) for name, value in found.items()}


def _reduce(evaluator: "Evaluator", call: Call, frame: "EvaluationFrame") -> Any:
    items = _items(evaluator, call, frame, 3, 3)
    result, join = evaluator.evaluate(call.arguments[1], frame), _lambda(evaluator, call, 2, frame, 2, 3)
    for at, item in enumerate(items):
        result = join(result, item, at)
    return result


def _sort(evaluator: "Evaluator", call: Call, frame: "EvaluationFrame") -> list[Any]:
    items, before = _items(evaluator, call, frame), _lambda(evaluator, call, 1, frame, 2, 2)

    def compare(one: Any, other: Any) -> int:
        if _truth("sort", before(one, other)):
            return -1
        return 1 if _truth("sort", before(other, one)) else 0

    return sorted(items, key=cmp_to_key(compare))


def _to_object(evaluator: "Evaluator", call: Call, frame: "EvaluationFrame") -> dict[str, Any]:
    items, key = _items(evaluator, call, frame, 2, 3), _lambda(evaluator, call, 1, frame, most=1)
    value = _lambda(evaluator, call, 2, frame, most=1) if len(call.arguments) > 2 else None
    return {a_string("toObject", key(item)): value(item) if value else item for item in items}


def _group_by(evaluator: "Evaluator", call: Call, frame: "EvaluationFrame") -> dict[str, list[Any]]:
    items, key = _items(evaluator, call, frame), _lambda(evaluator, call, 1, frame, most=1)
    groups: dict[str, list[Any]] = {}
    for item in items:
        groups.setdefault(a_string("groupBy", key(item)), []).append(item)
    return groups


FORMS: Mapping[str, Form] = {
    "and": _and,
    "filter": _filter,
    "groupby": _group_by,
    "if": _if,
    "map": _map,
    "mapvalues": _map_values,
    "or": _or,
    "reduce": _reduce,
    "sort": _sort,
    "toobject": _to_object,
}
