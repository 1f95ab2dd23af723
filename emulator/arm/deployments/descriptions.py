"""The properties of a deployment: as its own template reads them while it runs, and as they are stored for clients."""

import uuid
from typing import TYPE_CHECKING

from azure_hotpatch.emulator.arm.deployments import secrets
from azure_hotpatch.emulator.arm.deployments.specification import Specification
from azure_hotpatch.emulator.arm.deployments.steps import DeploymentOutcome
from azure_hotpatch.emulator.arm.hierarchy.locations import normalised
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath
from azure_hotpatch.emulator.arm.templates import program
from azure_hotpatch.emulator.arm.templates.parameters import Parameter
from azure_hotpatch.emulator.arm.templates.program import CompiledTemplate
from azure_hotpatch.emulator.arm.templates.resources import PlannedResource

if TYPE_CHECKING:
    from azure_hotpatch.emulator.arm.deployments.runner import DeploymentRun


def own(path: ResourcePath, asked: Specification) -> Json:
    """deployment(), as the template of the deployment itself sees it."""
    template = secrets.without_secrets(asked.template)
    found: Json = {
        "name": path.name,
        "properties": {
            "template": template,
            "templateHash": program.template_hash(template),
            "mode": asked.mode,
            "provisioningState": "Accepted",
        },
    }
    return {**found, "location": asked.location} if asked.location else found


def kept(run: "DeploymentRun", asked: Specification, found: CompiledTemplate, outcome: DeploymentOutcome) -> Json:
    """The stored form of a deployment, without secrets."""
    properties = described(run, asked, found)
    properties["outputResources"] = [{"id": one} for one in outcome.written]
    if outcome.shown_outputs:
        properties["outputs"] = outcome.shown_outputs
    if outcome.error:
        properties["error"] = outcome.error
    return {
        "properties": properties,
        "operations": outcome.operations,
        "template": secrets.without_secrets(asked.template),
        "location": asked.location,
        "tags": asked.tags,
    }


def described(run: "DeploymentRun", asked: Specification, found: CompiledTemplate) -> Json:
    """The properties that a deployment has before it runs."""
    headers = run.arm.request.headers
    return {
        # Of what is kept: the hash of a password would reveal whether a guess is right.
        "templateHash": program.template_hash(secrets.without_secrets(asked.template)),
        "parameters": {name: _parameter(one) for name, one in found.parameters.items()},
        "mode": asked.mode,
        "debugSetting": None,
        "timestamp": run.stamp,
        "duration": "PT0S",
        "correlationId": headers.get("x-ms-correlation-request-id") or str(uuid.uuid4()),
        "providers": _providers(found.resources),
        "dependencies": _dependencies(found.resources),
    }


def _parameter(one: Parameter) -> Json:
    return {"type": one.label} if one.secure else {"type": one.label, "value": one.shown}


def _providers(resources: list[PlannedResource]) -> list[Json]:
    namespaces: dict[str, dict[str, Json]] = {}
    for one in resources:
        namespace, _, short = one.type.partition("/")
        known = namespaces.setdefault(namespace, {}).setdefault(short, {"resourceType": short, "locations": []})
        location = one.raw.get("location")
        where = normalised(location) if isinstance(location, str) and not location.startswith("[") else None
        if where not in known["locations"]:
            known["locations"].append(where)
    return [{"namespace": name, "resourceTypes": list(kinds.values())} for name, kinds in namespaces.items()]


def _dependencies(resources: list[PlannedResource]) -> list[Json]:
    by_key = {one.key: one for one in resources}
    return [
        {"dependsOn": [_basic(by_key[key]) for key in sorted(one.after) if key in by_key], **_basic(one)}
        for one in resources
        if one.after & by_key.keys()
    ]


def _basic(one: PlannedResource) -> Json:
    return {"id": one.id, "resourceType": one.type, "resourceName": one.name}
