"""The requests of Microsoft.Resources/deployments: begin, validate, read, list, export, cancel, delete."""

import re
import uuid
from collections.abc import Mapping
from typing import Any

from azure_hotpatch.emulator.arm.database.stored import Operation, Resource, stamp
from azure_hotpatch.emulator.arm.deployments import completion, descriptions, places, records, rehearsal, runner
from azure_hotpatch.emulator.arm.deployments.deployment_client import DeploymentClient, Send
from azure_hotpatch.emulator.arm.deployments.runner import DeploymentRun
from azure_hotpatch.emulator.arm.deployments.specification import specification_of
from azure_hotpatch.emulator.arm.http import ASK_AGAIN, Reply, Request, listing
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, Conflict, NotFound
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath
from azure_hotpatch.emulator.arm.templates import ids, program

_FILTER = re.compile(r"\s*provisioningState\s+eq\s+'(\w+)'\s*", re.IGNORECASE)


def put(request: Request, send: Send) -> Reply:
    """Run a deployment, and answer that it is accepted."""
    path = _path(request)
    asked = specification_of(request, path)
    deployment_id = places.deployment_id(path.scope, path.name)
    before = request.tx.find(deployment_id)
    if before:
        _check_location(before, asked.location)
        records.end(request.tx, before)
    run = DeploymentRun(DeploymentClient(request, send))
    found = runner.compiled(run, path, asked)
    outcome = runner.deploy(run, deployment_id, found)
    if asked.mode == "Complete" and not outcome.error:
        completion.prune(run, deployment_id, path.scope, outcome)
    kept = descriptions.kept(run, asked, found, outcome)
    record = records.save(request.tx, deployment_id, outcome.state, kept, waits=run.waits)
    status = f"{request.base}{record.id}/operationStatuses/{record.hidden['operation']}?api-version={request.version}"
    return Reply(200 if before else 201, records.shown(record), {"Azure-AsyncOperation": status, **ASK_AGAIN})


def validate(request: Request, send: Send) -> Reply:
    path = _path(request)
    return Reply(200, rehearsal.validate(request, send, path, specification_of(request, path)))


def what_if(request: Request, send: Send) -> Reply:
    path = _path(request)
    result = rehearsal.what_if(request, send, path, specification_of(request, path))
    return Reply(202, None, _later(request, path, "whatIf", result))


def get(request: Request, _send: Send) -> Reply:
    return Reply(200, records.shown(records.settle(request.tx, _record(request))))


def head(request: Request, _send: Send) -> Reply:
    return Reply(204 if request.tx.find(_id(request)) else 404)


def status(request: Request, _send: Send) -> Reply:
    """What Azure-AsyncOperation points to."""
    record = _record(request)
    if record.hidden["operation"] != request.parameters["operation"]:
        raise NotFound(f"The operation '{request.parameters['operation']}' was not found.", code="OperationNotFound")
    state = records.settle(request.tx, record).state
    failed = state == "Failed" and record.hidden["properties"].get("error")
    return Reply(
        200, {"status": state, **({"error": failed} if failed else {})}, {} if state in records.ENDED else ASK_AGAIN
    )


def list_all(request: Request, _send: Send) -> Reply:
    scope = places.located(request, _id(request, "any")).scope
    found = [records.shown(record) for record in records.at(request.tx, scope)]
    wanted = request.query.get("$filter", "").strip()
    match = _FILTER.fullmatch(wanted)
    if wanted and match is None:
        raise BadRequest(f"The filter '{wanted}' of deployments is not understood.", code="InvalidFilterInQueryString")
    if match:
        found = [one for one in found if one["properties"]["provisioningState"].lower() == match[1].lower()]
    return listing(found[: _top(request)])


def list_operations(request: Request, _send: Send) -> Reply:
    record = _record(request)
    return listing([_operation(record, one) for one in record.hidden["operations"]][: _top(request)])


def get_operation(request: Request, _send: Send) -> Reply:
    record = _record(request)
    wanted = request.parameters["operation"].lower()
    for one in record.hidden["operations"]:
        if one["operationId"].lower() == wanted:
            return Reply(200, _operation(record, one))
    raise NotFound(f"Deployment operation '{wanted}' could not be found.", code="DeploymentOperationNotFound")


def export(request: Request, _send: Send) -> Reply:
    return Reply(200, {"template": _record(request).hidden["template"]})


def cancel(request: Request, _send: Send) -> Reply:
    records.cancel(request.tx, _record(request))
    return Reply(204)


def delete(request: Request, _send: Send) -> Reply:
    """Forget a deployment; its resources stay."""
    record = request.tx.find(_id(request))
    if record is None:
        return Reply(204)
    request.tx.remove(record.id)
    return Reply(202, None, _later(request, _path(request), "delete", None))


def template_hash(request: Request, _send: Send) -> Reply:
    template = request.object()
    return Reply(200, {"minifiedTemplate": program.minified(template), "templateHash": program.template_hash(template)})


def _id(request: Request, name: str = "") -> str:
    return places.deployment_id(_scope(request.parameters), name or request.parameters["name"])


def _scope(parameters: Mapping[str, str]) -> str:
    if "management" in parameters:
        return f"{ids.MANAGEMENT_GROUPS}/{parameters['management']}"
    scope = f"/subscriptions/{parameters['subscription']}" if "subscription" in parameters else ""
    return f"{scope}/resourceGroups/{parameters['group']}" if "group" in parameters else scope


def _path(request: Request) -> ResourcePath:
    return places.located(request, _id(request))


def _record(request: Request) -> Resource:
    path = _path(request)
    return records.find(request.tx, places.deployment_id(path.scope, path.name))


def _check_location(before: Resource, location: str) -> None:
    old = before.hidden.get("location")
    if old and old != location:
        raise Conflict(
            f"Invalid deployment location '{location}'. The deployment '{before.name}' already exists in location "
            f"'{old}'.",
            code="InvalidDeploymentLocation",
        )


def _later(request: Request, path: ResourcePath, verb: str, result: Any) -> Mapping[str, str]:
    """Keep a result for a later poll; returns the headers with its address."""
    operation = Operation(str(uuid.uuid4()), "", verb, 1, stamp(request.tx.now()), result=result)
    request.tx.save_operation(operation)
    where = f"/subscriptions/{path.subscription}" if path.subscription else "/providers/Microsoft.Resources"
    url = f"{request.base}{where}/operationResults/{operation.id}?api-version={request.version}"
    return {"Location": url, **ASK_AGAIN}


def _operation(record: Resource, one: Json) -> Json:
    properties = one["properties"]
    if properties["provisioningState"] == "Running" and record.state in records.ENDED:
        properties = {**properties, "provisioningState": record.state}
    return {"id": f"{record.id}/operations/{one['operationId']}", **one, "properties": properties}


def _top(request: Request) -> int | None:
    top = request.query.get("$top", "")
    if not top:
        return None
    if not top.isdecimal() or int(top) < 1:
        raise BadRequest(f"The value '{top}' of $top is not a positive number.", code="InvalidQueryParameter")
    return int(top)
