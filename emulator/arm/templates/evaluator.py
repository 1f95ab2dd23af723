"""Evaluate expressions, and the parts of a template that contain them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.templates import lambdas, loops, values
from azure_hotpatch.emulator.arm.templates.errors import EXPRESSIONS, ExpressionError, unexpected
from azure_hotpatch.emulator.arm.templates.functions import PURE
from azure_hotpatch.emulator.arm.templates.syntax import (
    Access,
    Call,
    Literal,
    Node,
    is_expression,
    literal,
    parse_expression,
)
from azure_hotpatch.emulator.arm.templates.template_budget import TemplateBudget

_DEEPEST_CALL = 60  # users' functions that call each other; Azure publishes no depth


class DeploymentRuntime(Protocol):
    """What an expression may read from Azure while a deployment runs."""

    def read(self, resource_id: str, version: str) -> Json:
        """The resource as a GET answers it."""

    def act(self, action: str, resource_id: str, version: str, body: Any) -> Any:
        """What a POST such as listKeys answers."""


@dataclass(frozen=True, slots=True)
class EvaluationFrame:
    """Where an expression is evaluated: in which loops and lambdas, and whether the deployment runs."""

    loops: Mapping[str, int] = field(default_factory=dict)  # by name in lower case
    loop: str = ""  # the resource's or the output's own, which copyIndex() means
    lambdas: Mapping[str, Any] = field(default_factory=dict)
    runtime: DeploymentRuntime | None = None
    calls: int = 0

    def inside(self, name: str, index: int, *, own: bool = False) -> "EvaluationFrame":
        low = name.lower()
        return replace(self, loops={**self.loops, low: index}, loop=low if own else self.loop)


Contextual = Callable[[EvaluationFrame, list[Any]], Any]


class Evaluator:
    """Evaluates against what a template gives names to: `names` by function, in lower case."""

    def __init__(self, names: Mapping[str, Contextual], budget: TemplateBudget) -> None:
        self.names = names
        self.budget = budget
        self._parsed: dict[str, Node] = {}

    def value(self, raw: Any, frame: EvaluationFrame) -> Any:
        """A part of a template with its expressions evaluated and its property loops run."""
        if isinstance(raw, str):
            return self._text(raw, frame)
        if isinstance(raw, list):
            return [self.value(item, frame) for item in raw]
        if isinstance(raw, dict):
            return self._object(raw, frame)
        return raw

    def evaluate(self, node: Node, frame: EvaluationFrame) -> Any:
        self.budget.spend(1)
        if isinstance(node, Literal):
            return node.value
        if isinstance(node, Access):
            return values.member(self.evaluate(node.target, frame), self.evaluate(node.key, frame))
        return self._call(node, frame)

    def tree(self, text: str) -> Node:
        if text not in self._parsed:
            self._parsed[text] = parse_expression(text)
        return self._parsed[text]

    def _text(self, raw: str, frame: EvaluationFrame) -> Any:
        return self.evaluate(self.tree(raw), frame) if is_expression(raw) else literal(raw)

    def _object(self, raw: Json, frame: EvaluationFrame) -> Json:
        self.budget.spend(len(raw) + 1)
        result: Json = {}
        for name, item in raw.items():
            if loops.is_property_loop(name, item):
                result.update(loops.properties(self, item, frame))
            else:
                result[values.text(self._text(name, frame))] = self.value(item, frame)
        return result

    def _call(self, node: Call, frame: EvaluationFrame) -> Any:
        name = node.name.lower()
        form = lambdas.FORMS.get(name)
        if form:
            return form(self, node, frame)
        arguments = [self.evaluate(argument, frame) for argument in node.arguments]
        if name in PURE:
            result = PURE[name](*arguments)
            self.budget.spend_value(result)
            return result
        return self._contextual(node.name, frame, arguments)

    def _contextual(self, name: str, frame: EvaluationFrame, arguments: list[Any]) -> Any:
        low = name.lower()
        if low in self.names:
            return self.names[low](frame, arguments)
        if low.startswith("list") and "list*" in self.names:
            return self.names["list*"](frame, [name, *arguments])
        if low in _ELSEWHERE or low.startswith("list"):
            raise unexpected(name)
        raise ExpressionError(f"The template function '{name}' is not valid. {EXPRESSIONS}")


def deeper(frame: EvaluationFrame) -> EvaluationFrame:
    """The frame of a user's function, which sees none of the loops and lambdas around its call."""
    if frame.calls >= _DEEPEST_CALL:
        raise ExpressionError(f"The template's functions call each other deeper than {_DEEPEST_CALL} levels.")
    return EvaluationFrame(calls=frame.calls + 1)


# Functions that the language has, and that have a meaning in some places of a template alone.
_ELSEWHERE = frozenset(
    {
        *("copyindex", "deployment", "environment", "lambda", "lambdavariables", "managementgroup", "newguid"),
        *("parameters", "providers", "reference", "references", "resourcegroup", "resourceinfo", "subscription"),
        *("tenant", "utcnow", "variables"),
    }
)
