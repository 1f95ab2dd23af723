"""Validation and what-if: run the whole deployment, then roll back everything that it did."""

import uuid

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.deployments import completion, descriptions, differences, places, runner
from azure_hotpatch.emulator.arm.deployments.deployment_client import DeploymentClient, Send
from azure_hotpatch.emulator.arm.deployments.runner import DeploymentRun, Touched
from azure_hotpatch.emulator.arm.deployments.specification import Specification
from azure_hotpatch.emulator.arm.deployments.steps import DeploymentOutcome
from azure_hotpatch.emulator.arm.http import Request
from azure_hotpatch.emulator.arm.lifecycle.shapes import shown
from azure_hotpatch.emulator.arm.protocol.bodies import Json, without_nulls
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest
from azure_hotpatch.emulator.arm.protocol.paths import DEPLOYMENT_TYPE, ResourcePath


class NotValid(BadRequest):
    """A template is well formed, but its resources are refused."""

    code = "InvalidTemplateDeployment"

    def __init__(self, name: str, outcome: DeploymentOutcome) -> None:
        error = outcome.error or {}
        # The refusals themselves, or what is wrong with the outputs.
        super().__init__(
            f"The template deployment '{name}' is not valid according to the validation procedure. The tracking id is "
            f"'{uuid.uuid4()}'. See inner errors for details.",
            details=error["details"] if error.get("code") == "DeploymentFailed" else [error],
        )


def validate(request: Request, send: Send, path: ResourcePath, asked: Specification) -> Json:
    """The answer to a validation; raises the errors that it finds."""
    run = DeploymentRun(DeploymentClient(request, send), rehearsing=True)
    found = runner.compiled(run, path, asked)
    deployment_id = places.deployment_id(path.scope, path.name)
    with request.tx.attempt(keep=False):
        outcome = runner.deploy(run, deployment_id, found)
    if outcome.error:
        raise NotValid(path.name, outcome)
    properties = descriptions.described(run, asked, found)
    properties |= {"provisioningState": "Succeeded", "validatedResources": [{"id": one} for one in run.written]}
    return {"id": deployment_id, "name": path.name, "type": DEPLOYMENT_TYPE, "properties": properties}


def what_if(request: Request, send: Send, path: ResourcePath, asked: Specification) -> Json:
    """The result of a what-if: the changes, or the error that the deployment would end with."""
    run = DeploymentRun(DeploymentClient(request, send), watching=True, rehearsing=True)
    found = runner.compiled(run, path, asked)
    with request.tx.attempt(keep=False):
        outcome = runner.deploy(run, places.deployment_id(path.scope, path.name), found)
        changes = [_change(run, one, asked.result_format) for one in run.touched]
    if outcome.error:
        return {"status": "Failed", **NotValid(path.name, outcome).body()}
    changes += _others(run, path, asked)
    return {"status": "Succeeded", "properties": {"correlationId": str(uuid.uuid4()), "changes": changes}}


def _change(run: DeploymentRun, one: Touched, result_format: str) -> Json:
    full = result_format.lower() != "resourceidonly"
    if one.before is None:
        return {
            "resourceId": one.id,
            "changeType": "Create",
            **({"after": without_nulls(one.described)} if full else {}),
        }
    if not full:
        return {"resourceId": one.id, "changeType": "Deploy"}
    before = differences.steady(one.before)
    after = differences.steady(run.arm.get(one.id, one.version) or {})
    delta = differences.delta(before, after)
    change = {"resourceId": one.id, "changeType": "Modify" if delta else "NoChange", "before": before, "after": after}
    return {**change, "delta": delta} if delta else change


def _others(run: DeploymentRun, path: ResourcePath, asked: Specification) -> list[Json]:
    """The resources of the group that the template does not describe: deleted in complete mode, else left alone."""
    if not path.group:
        return []
    full = asked.result_format.lower() != "resourceidonly"
    tx, kind = run.arm.request.tx, "Delete" if asked.mode == "Complete" else "Ignore"
    return [
        {
            "resourceId": one.id,
            "changeType": kind,
            **(
                {"before": differences.steady(shown(tx, one, providers.of(one) or providers.get(one.type)))}
                if full
                else {}
            ),
        }
        for one in completion.left_over(tx, path.scope, run.written)
    ]
