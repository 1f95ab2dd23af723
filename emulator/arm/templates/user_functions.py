"""The functions that a template declares itself, by namespace and name."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, InvalidTemplate
from azure_hotpatch.emulator.arm.templates.evaluator import Contextual, EvaluationFrame, Evaluator, deeper
from azure_hotpatch.emulator.arm.templates.functions.signature import a_string, check_count
from azure_hotpatch.emulator.arm.templates.lambdas import variable
from azure_hotpatch.emulator.arm.templates.template_budget import TemplateBudget
from azure_hotpatch.emulator.arm.templates.values import named


def declared(namespaces: Any, budget: TemplateBudget) -> Mapping[str, Contextual]:
    """The functions of `"functions": [{"namespace", "members"}]`, as "contoso.name" in lower case."""
    if namespaces is None:
        return {}
    if not isinstance(namespaces, list):
        raise InvalidTemplate("The template's 'functions' must be an array", "parse")
    known: dict[str, Contextual] = {}
    for space in namespaces:
        for name, member in _members(space):
            full = f"{space['namespace']}.{name}"
            known[full.lower()] = _function(full, member, known, budget)
    return known


def _members(space: Any) -> list[tuple[str, Json]]:
    members = space.get("members") if isinstance(space, dict) else None
    if not isinstance(members, dict) or not isinstance(space.get("namespace"), str):
        raise InvalidTemplate("A member of the template's 'functions' needs a 'namespace' and 'members'", "parse")
    for name, member in members.items():
        if not isinstance(member, dict) or not isinstance(member.get("output"), dict):
            raise InvalidTemplate(f"The template function '{space['namespace']}.{name}' has no 'output'", "parse")
    return list(members.items())


def _function(full: str, member: Json, known: Mapping[str, Contextual], budget: TemplateBudget) -> Contextual:
    wanted = [str(one.get("name", "")) for one in member.get("parameters") or [] if isinstance(one, dict)]

    def run(frame: EvaluationFrame, arguments: list[Any]) -> Any:
        check_count(full, len(arguments), len(wanted), len(wanted))
        given = dict(zip(wanted, arguments, strict=True))
        names = {**known, "parameters": _parameters(full, given), "lambdavariables": variable}
        return Evaluator(names, budget).value(member["output"].get("value"), deeper(frame))

    return run


def _parameters(full: str, given: Mapping[str, Any]) -> Contextual:
    """A function sees its own parameters, and nothing else of the template."""

    def run(_frame: EvaluationFrame, arguments: list[Any]) -> Any:
        check_count("parameters", len(arguments), 1, 1)
        wanted = a_string("parameters", arguments[0])
        name = named(given, wanted)
        if name is None:
            raise ExpressionError(f"The template function '{full}' has no parameter '{wanted}'.")
        return given[name]

    return run
