"""Resolve the names in expressions: parameters, variables, functions, and the target of the deployment."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.templates import loops, order
from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, InvalidTemplate
from azure_hotpatch.emulator.arm.templates.evaluator import Contextual, EvaluationFrame, Evaluator
from azure_hotpatch.emulator.arm.templates.functions.signature import a_string, check_count
from azure_hotpatch.emulator.arm.templates.parameters import Parameter, lookup
from azure_hotpatch.emulator.arm.templates.template_budget import TemplateBudget
from azure_hotpatch.emulator.arm.templates.values import named


def evaluator(
    base: Mapping[str, Contextual],
    parameters: Mapping[str, Parameter],
    variables: Json,
    budget: TemplateBudget,
    *,
    masked: bool,
) -> Evaluator:
    """An evaluator of a template's resources and outputs. A masked one knows of secrets that they are there."""
    known: Json = {}
    names = {**base, "parameters": lookup(parameters, masked=masked), "variables": _lookup(known)}
    result = Evaluator(names, budget)
    _evaluate(variables, known, result, masked)
    return result


def _evaluate(variables: Json, known: Json, reading: Evaluator, masked: bool) -> None:
    parts = _parts(variables)
    for name in order.sequence(parts, "variables", reading.tree):
        try:
            known[name] = _value(name, parts[name], reading)
        except ExpressionError as error:
            # What cannot be computed without its secret is not shown, and was found good with it.
            if not masked:
                raise InvalidTemplate(f"The template variable '{name}' is not valid: {error.message}") from None


def _parts(variables: Json) -> Json:
    """The variables by name, those that a loop makes among them."""
    parts: Json = {}
    for name, raw in variables.items():
        if loops.is_property_loop(name, raw):
            parts.update({str(loop["name"]): _Loop(loop) for loop in raw})
        else:
            parts[name] = raw
    return parts


class _Loop(dict[str, Any]):
    """A variable that is a copy loop, still to be run."""


def _value(name: str, raw: Any, reading: Evaluator) -> Any:
    if not isinstance(raw, _Loop):
        return reading.value(raw, EvaluationFrame())
    times = loops.count(reading, raw, EvaluationFrame())
    return [reading.value(raw["input"], EvaluationFrame().inside(name, at)) for at in range(times)]


def _lookup(known: Json) -> Contextual:
    def run(_frame: EvaluationFrame, arguments: list[Any]) -> Any:
        check_count("variables", len(arguments), 1, 1)
        wanted = a_string("variables", arguments[0])
        name = named(known, wanted)
        if name is None:
            raise ExpressionError(
                f"The template variable '{wanted}' is not found. "
                "Please see https://aka.ms/arm-template/#variables for usage details."
            )
        return known[name]

    return run
