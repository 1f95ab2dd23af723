"""A compiled template: its parameters resolved, its resources known and in order."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.templates import (
    deployment_target,
    graph,
    names,
    outputs,
    parameters,
    resources,
    runtime,
    user_functions,
)
from azure_hotpatch.emulator.arm.templates.deployment_target import DeploymentTarget
from azure_hotpatch.emulator.arm.templates.errors import InvalidTemplate
from azure_hotpatch.emulator.arm.templates.evaluator import DeploymentRuntime, EvaluationFrame, Evaluator
from azure_hotpatch.emulator.arm.templates.outputs import Outputs
from azure_hotpatch.emulator.arm.templates.parameters import Given, Parameter
from azure_hotpatch.emulator.arm.templates.resources import PlannedResource
from azure_hotpatch.emulator.arm.templates.template_budget import TemplateBudget

# "ARM template best practices", template limits.
_MOST = {"parameters": 256, "variables": 512}
_DEEPEST = 100  # Azure publishes no depth
_REQUIRED = ("$schema", "contentVersion", "resources")
_KNOWN = frozenset(
    {
        *("$schema", "contentVersion", "apiProfile", "languageVersion", "definitions", "parameters", "functions"),
        *("variables", "resources", "outputs", "metadata", "imports", "extensions"),
    }
)


@dataclass(frozen=True, slots=True)
class CompiledTemplate:
    """A compiled template. `masked` evaluates without knowing the secrets that `evaluator` knows."""

    template: Json
    parameters: Mapping[str, Parameter]
    resources: list[PlannedResource]  # what is deployed, in order
    evaluator: Evaluator
    masked: Evaluator
    frame: EvaluationFrame  # the loops around a nested template that its parent evaluates

    def body(self, one: PlannedResource, running: DeploymentRuntime) -> Json:
        return one.body(self.evaluator, running)

    def shown_body(self, one: PlannedResource, running: DeploymentRuntime) -> Json:
        """The body with masks in place of secrets."""
        return one.body(self.masked, running)

    def outputs(self, running: DeploymentRuntime) -> Outputs:
        return outputs.evaluate(self.template, self.evaluator, self.masked, replace(self.frame, runtime=running))


def compiled(
    template: Any, given: Mapping[str, Given], place: DeploymentTarget, budget: TemplateBudget
) -> CompiledTemplate:
    """Compile a template; raises InvalidTemplate."""
    checked = _checked(template)
    base = {**deployment_target.functions(place), **user_functions.declared(checked.get("functions"), budget)}
    defaults = Evaluator({**base, **deployment_target.changing(place)}, budget)
    found = parameters.resolve(checked.get("parameters") or {}, given, checked.get("definitions") or {}, defaults)
    variables = checked.get("variables") or {}
    real = names.evaluator(base, found, variables, budget, masked=False)
    masked = names.evaluator(base, found, variables, budget, masked=True)
    return _planned(checked, found, real, masked, place, EvaluationFrame())


def within(
    template: Any, parent: CompiledTemplate, one: PlannedResource, place: DeploymentTarget, running: DeploymentRuntime
) -> CompiledTemplate:
    """Compile a nested template whose expressions its parent evaluates, as is so without `scope: inner`."""
    frame = one.running(running)
    real = Evaluator(parent.evaluator.names, parent.evaluator.budget)
    masked = Evaluator(parent.masked.names, parent.masked.budget)
    return _planned(_checked(template), {}, real, masked, place, frame)


def template_hash(template: Any) -> str:
    """A number for a template's content. How Azure computes its own is not published."""
    return str(int.from_bytes(hashlib.sha256(minified(template).encode()).digest()[:8], "big"))


def minified(template: Any) -> str:
    return json.dumps(template, separators=(",", ":"), ensure_ascii=False)


def _planned(
    template: Json,
    found: Mapping[str, Parameter],
    real: Evaluator,
    masked: Evaluator,
    place: DeploymentTarget,
    frame: EvaluationFrame,
) -> CompiledTemplate:
    outputs.declared(template)
    planned = resources.planned(template["resources"], real, place, frame)
    connected = graph.connect(planned, resources.declared_names(template["resources"]), real)
    reading = runtime.functions(connected, place.scope)
    if frame.runtime is None:
        real.names, masked.names = {**real.names, **reading}, {**masked.names, **reading}
    ordered = [one for one in graph.sequence(planned) if not one.existing]
    return CompiledTemplate(template, found, ordered, real, masked, frame)


def _checked(template: Any) -> Json:
    if not isinstance(template, dict):
        raise InvalidTemplate("The template must be a JSON object", "parse")
    _check_depth(template)
    for name in _REQUIRED:
        if name not in template:
            raise InvalidTemplate(f"Required property '{name}' not found in JSON. Path ''", "parse")
    for name in template:
        if name not in _KNOWN:
            raise InvalidTemplate(
                f"Could not find member '{name}' on object of type 'Template'. Path '{name}'", "parse"
            )
    for name in ("parameters", "variables", "definitions"):
        if template.get(name) is not None and not isinstance(template[name], dict):
            raise InvalidTemplate(f"The template's '{name}' must be an object", "parse")
    _check_declarations(template)
    return template


def _check_declarations(template: Json) -> None:
    symbolic = str(template.get("languageVersion", "1.0")) != "1.0"
    for name, most in _MOST.items():
        actual = len(template.get(name) or {})
        if actual > most:
            raise InvalidTemplate(
                f"The number of template {name} limit exceeded. Limit: '{most}' and actual: '{actual}'"
            )
    for name, declared in (template.get("parameters") or {}).items():
        # Of a parameter of the language's second version any value is good where no type is declared.
        if not isinstance(declared, dict) or not (symbolic or "type" in declared):
            raise InvalidTemplate(f"The template parameter '{name}' has no type", "parse")
    if not isinstance(template["resources"], dict if symbolic else list):
        shape = "an object, by symbolic name" if symbolic else "an array; symbolic names need languageVersion 2.0"
        raise InvalidTemplate(f"The template's 'resources' must be {shape}", "parse")


def _check_depth(template: Json) -> None:
    level: list[Any] = [template]
    for _ in range(_DEEPEST):
        level = [
            inner
            for part in level
            for inner in (part.values() if isinstance(part, dict) else part)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise InvalidTemplate(f"The template is nested deeper than {_DEEPEST} levels", "parse")
