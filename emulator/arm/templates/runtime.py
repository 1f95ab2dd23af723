"""The functions that read resources, available while a deployment runs."""

import re
from collections.abc import Mapping
from typing import Any

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, unexpected
from azure_hotpatch.emulator.arm.templates.evaluator import Contextual, DeploymentRuntime, EvaluationFrame
from azure_hotpatch.emulator.arm.templates.functions.signature import a_string, check_count
from azure_hotpatch.emulator.arm.templates.graph import ResourceIndex
from azure_hotpatch.emulator.arm.templates.resources import PlannedResource

_TYPE_AND_NAME = re.compile(r"\w+(\.\w+)+(/[^/]+/[^/]+)+")


def functions(found: ResourceIndex, scope: str) -> Mapping[str, Contextual]:
    """The functions, over the resources of a template that is deployed to `scope`."""
    return {
        "list*": lambda frame, arguments: _act(found, scope, frame, arguments),
        "reference": lambda frame, arguments: _reference(found, scope, frame, arguments),
        "references": lambda frame, arguments: _references(found, frame, arguments),
        "resourceinfo": lambda _frame, arguments: _info(found, arguments),
    }


def _running(function: str, frame: EvaluationFrame) -> DeploymentRuntime:
    if frame.runtime is None:
        raise unexpected(function)
    return frame.runtime


def _reference(found: ResourceIndex, scope: str, frame: EvaluationFrame, arguments: list[Any]) -> Any:
    runtime = _running("reference", frame)
    check_count("reference", len(arguments), 1, 3)
    name = a_string("reference", arguments[0])
    one = _one(found, name)
    version = arguments[1] if len(arguments) > 1 and arguments[1] else one.version if one else ""
    resource_id = one.id if one else _absolute(name, scope)
    if not resource_id.startswith("/"):
        raise ExpressionError(
            f"The template resource '{name}' is not found. "
            "Please see https://aka.ms/arm-template-expressions/#reference for usage details."
        )
    if not version:
        raise ExpressionError(
            f"The API version is required: the resource '{name}' is not defined in the template. "
            "Please see https://aka.ms/arm-template-expressions/#reference for usage details."
        )
    full = len(arguments) > 2 and str(arguments[2]).lower() == "full"
    return _read(runtime, resource_id, a_string("reference", version), full, one)


def _references(found: ResourceIndex, frame: EvaluationFrame, arguments: list[Any]) -> list[Any]:
    """references('vms') of a loop with a symbolic name: one value for each of its resources."""
    runtime = _running("references", frame)
    check_count("references", len(arguments), 1, 2)
    full = len(arguments) > 1 and str(arguments[1]).lower() == "full"
    deployed = [one for one in found.named(a_string("references", arguments[0])) if one.condition]
    return [_read(runtime, one.id, one.version, full, one) for one in deployed]


def _read(runtime: DeploymentRuntime, resource_id: str, version: str, full: bool, one: PlannedResource | None) -> Any:
    resource = runtime.read(resource_id, version)
    return _full(resource, resource_id, version, one) if full else resource.get("properties", {})


def _full(resource: Json, resource_id: str, version: str, one: PlannedResource | None) -> Json:
    """A resource as reference(…, 'Full') gives it."""
    steps = resource_id.strip("/").split("/")
    places = {"subscriptionId": steps[1]} if steps[0] == "subscriptions" else {}
    if len(steps) > 3 and steps[2].lower() == "resourcegroups":
        places["resourceGroupName"] = steps[3]
    return {
        "apiVersion": version,
        **{name: value for name, value in resource.items() if name not in {"id", "name", "type"}},
        **places,
        "scope": "",
        "resourceId": resource_id.rpartition("/providers/")[2],
        "referenceApiVersion": version,
        "condition": True,
        "isConditionTrue": True,
        "isTemplateResource": one is not None and not one.existing,
        "isAction": False,
        "provisioningOperation": "Read" if one is None or one.existing else "Create",
    }


def _act(found: ResourceIndex, scope: str, frame: EvaluationFrame, arguments: list[Any]) -> Any:
    """listKeys(id, version, [body]) and its kin; the function's own name comes first."""
    function, *given = arguments
    runtime = _running(function, frame)
    check_count(function, len(given), 1, 4)
    name = a_string(function, given[0])
    one = _one(found, name)
    version = given[1] if len(given) > 1 and given[1] else one.version if one else ""
    resource_id = one.id if one else _absolute(name, scope)
    if not resource_id.startswith("/") or not version:
        raise ExpressionError(f"The template function '{function}' needs a resource's id and an API version.")
    return runtime.act(function, resource_id, a_string(function, version), given[2] if len(given) > 2 else None)


def _info(found: ResourceIndex, arguments: list[Any]) -> Json:
    check_count("resourceInfo", len(arguments), 1, 1)
    one = _one(found, a_string("resourceInfo", arguments[0]))
    if one is None:
        raise ExpressionError(f"The template resource '{arguments[0]}' is not found.")
    return {"id": one.id, "name": one.name, "type": one.type, "apiVersion": one.version}


def _absolute(name: str, scope: str) -> str:
    """The id of a resource that is named by type and name: it is looked for where the template is deployed to."""
    return f"{scope}/providers/{name}" if _TYPE_AND_NAME.fullmatch(name) else name


def _one(found: ResourceIndex, name: str) -> PlannedResource | None:
    """The one resource that a name stands for; of two with the same id the one that is deployed."""
    others = found.referenced(name)
    deployed = [one for one in others if one.condition] or others
    if len({one.id.lower() for one in deployed}) > 1:
        raise ExpressionError(f"The template resource '{name}' is named by several resources; use its id.")
    return deployed[0] if deployed else None
