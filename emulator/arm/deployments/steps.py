"""The operations of a deployment, as ARM reports them."""

import uuid
from dataclasses import dataclass, field
from http import HTTPStatus

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import ArmError
from azure_hotpatch.emulator.arm.templates.resources import PlannedResource


@dataclass(slots=True)
class DeploymentOutcome:
    """The outcome of a deployment: its error, its operations, the ids of what it wrote."""

    error: Json | None = None  # of one that is stuck: what it fails with when what it waits for is gone
    stuck: bool = False  # whether it waits for a resource whose operation never ends
    operations: list[Json] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    outputs: Json = field(default_factory=dict)  # the real ones, which are not kept
    shown_outputs: Json = field(default_factory=dict)

    @property
    def state(self) -> str:
        return "Failed" if self.error else "Succeeded"


def succeeded(one: PlannedResource, stamp: str, status: int) -> Json:
    # An operation that was accepted is over by now.
    return _step(one, stamp, "Succeeded", 200 if status == 202 else status)


def running(one: PlannedResource, stamp: str) -> Json:
    """An operation that a fault keeps open."""
    return _step(one, stamp, "Running", 202)


def failed(one: PlannedResource, stamp: str, error: ArmError, words: Json) -> Json:
    step = _step(one, stamp, "Failed", error.status)
    step["properties"]["statusMessage"] = {"status": "Failed", "error": words}
    return step


def outputs(stamp: str, error: Json | None) -> Json:
    """The last operation of a deployment that has outputs."""
    step = _plain(stamp, "EvaluateDeploymentOutput", "Failed" if error else "Succeeded", 400 if error else 200)
    if error:
        step["properties"]["statusMessage"] = {"status": "Failed", "error": error}
    return step


def removed(resource_id: str, resource_type: str, stamp: str, error: Json | None) -> Json:
    """The deletion of a resource in complete mode."""
    step = _plain(stamp, "Delete", "Failed" if error else "Succeeded", 409 if error else 200)
    step["properties"]["targetResource"] = _target(resource_id, resource_type, resource_id.rsplit("/", 1)[1])
    if error:
        step["properties"]["statusMessage"] = {"status": "Failed", "error": error}
    return step


def deployment_failed(deployment_id: str, details: list[Json]) -> Json:
    return {
        "code": "DeploymentFailed",
        "target": deployment_id,
        "message": "At least one resource deployment operation failed. Please list deployment operations for details. "
        "Please see https://aka.ms/arm-deployment-operations for usage details.",
        "details": details,
    }


def abandoned(resource_id: str) -> Json:
    """What a deployment says of a resource that was taken away from under its operation."""
    return {
        "code": "ResourceDeploymentFailure",
        "target": resource_id,
        "message": "The resource write operation failed to complete successfully, because it reached terminal "
        "provisioning state 'Canceled'.",
    }


def nested_failed(deployment_id: str, error: Json) -> ArmError:
    """The error of a deployment whose nested deployment failed."""
    return ArmError(
        "The resource write operation failed to complete successfully, because it reached terminal provisioning state "
        "'Failed'.",
        deployment_id,
        code="ResourceDeploymentFailure",
        details=[error],
        status=409,
    )


def _step(one: PlannedResource, stamp: str, state: str, status: int) -> Json:
    step = _plain(stamp, "Create", state, status)
    step["properties"]["targetResource"] = _target(one.id, one.type, one.name)
    return step


def _plain(stamp: str, operation: str, state: str, status: int) -> Json:
    return {
        "operationId": uuid.uuid4().hex[:16].upper(),
        "properties": {
            "provisioningOperation": operation,
            "provisioningState": state,
            "timestamp": stamp,
            "duration": "PT0S",
            "trackingId": str(uuid.uuid4()),
            "statusCode": HTTPStatus(status).phrase.replace(" ", ""),
        },
    }


def _target(resource_id: str, resource_type: str, name: str) -> Json:
    return {"id": resource_id, "resourceType": resource_type, "resourceName": name}
