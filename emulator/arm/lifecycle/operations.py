"""Long-running operations; each ends after a number of polls, never after a wait."""

import uuid
from collections.abc import Mapping

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.database import planned_ends
from azure_hotpatch.emulator.arm.database.planned_ends import PlannedEnd
from azure_hotpatch.emulator.arm.database.stored import Operation, Resource, stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.http import ASK_AGAIN, Reply, Request, refused
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act
from azure_hotpatch.emulator.arm.lifecycle.shapes import shown
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import NotFound

_WRITES = frozenset({"put", "patch", "delete"})
_ENDED = frozenset({"Succeeded", "Failed"})
ACTION = "action "  # before an action's name in an operation's verb: a scale set has an action called delete


def begin(
    request: Request,
    subject: Resource,
    verb: str,
    polls: int,
    namespace: str,
    subscription: str,
    body: Json | None = None,
    until: str = "",
) -> Mapping[str, str]:
    """Start an operation on `subject`, not to end before `until`; the headers with the address to poll."""
    operation = Operation(
        id=str(uuid.uuid4()),
        key=subject.key,
        verb=verb,
        polls=polls,
        started=stamp(request.tx.now()),
        body=body or {},
    )
    request.tx.save_operation(operation)
    if until:
        planned_ends.decide(request.tx, operation.id, PlannedEnd(until))
    if verb in _WRITES:
        planned_ends.forget(request.tx, subject.key)
    location = subject.body.get("location", "global")
    url = f"{request.base}/subscriptions/{subscription}/providers/{namespace}/locations/{location}"
    version = f"api-version={request.version}"
    headers = {"Azure-AsyncOperation": f"{url}/operations/{operation.id}?{version}", **ASK_AGAIN}
    if verb not in {"put", "patch"}:
        headers["Location"] = f"{url}/operationResults/{operation.id}?{version}"
    return headers


def status(request: Request) -> Reply:
    """What Azure-AsyncOperation points to."""
    operation = _asked(request)
    body: Json = {"name": operation.id, "startTime": operation.started, "status": "InProgress"}
    error = planned_ends.failure(request.tx, operation.id) if operation.ended else None
    if operation.ended:
        body |= {"endTime": operation.ended, "status": "Failed" if error else "Succeeded"}
    if error:
        body |= error.body()
    if operation.result is not None:
        body["properties"] = {"output": operation.result}
    return Reply(200, body, {} if operation.ended else ASK_AGAIN)


def result(request: Request) -> Reply:
    """What Location points to."""
    operation = _asked(request)
    if not operation.ended:
        here = f"{request.base}{request.path}?api-version={request.version}"
        return Reply(202, None, {"Location": here, **ASK_AGAIN})
    error = planned_ends.failure(request.tx, operation.id)
    if error:
        return refused(error)
    if operation.result is not None:
        return Reply(200, operation.result)
    return Reply(200, _written(request.tx, operation))


def _written(tx: Transaction, operation: Operation) -> Json | None:
    """The resource that a PUT or PATCH was about: clients with `final-state-via: location` read it from here."""
    resource = tx.find(operation.key) if operation.verb in {"put", "patch"} else None
    kind = providers.of(resource) if resource else None
    return shown(tx, resource, kind) if resource and kind else None


def settle(tx: Transaction, resource: Resource) -> Resource | None:
    """Advance the state of a resource that is read; None where that ends its deletion."""
    if resource.state in _ENDED:
        return resource
    planned = planned_ends.of(tx, resource.key)
    if planned and planned.is_open(tx.now()):
        return resource
    if resource.polls > 0:
        resource.polls -= 1
        tx.set_state(resource)
        return resource
    return _end(tx, resource, planned)


def forget(tx: Transaction, resource: Resource) -> None:
    """Delete a resource, with all that is deleted along with it."""
    kind = providers.find(resource.type)
    tx.remove(resource.id)
    if kind:
        kind.deleted(tx, resource)


def _end(tx: Transaction, resource: Resource, planned: PlannedEnd | None) -> Resource | None:
    failed = planned is not None and planned.error is not None
    if resource.state == "Deleting" and not failed:
        forget(tx, resource)
        return None
    resource.state = "Failed" if failed else "Succeeded"
    tx.set_state(resource)
    return resource


def _asked(request: Request) -> Operation:
    operation = request.tx.operation(request.parameters["operation"])
    if operation is None:
        raise NotFound(f"The operation '{request.parameters['operation']}' was not found.", code="OperationNotFound")
    if operation.ended:
        return operation
    planned = planned_ends.of(request.tx, operation.id)
    if planned and planned.is_open(request.tx.now()):
        return operation
    if operation.polls > 0:
        operation.polls -= 1
    else:
        _finish(request.tx, operation, planned)
    request.tx.save_operation(operation)
    return operation


def _finish(tx: Transaction, operation: Operation, planned: PlannedEnd | None) -> None:
    operation.ended = stamp(tx.now())
    resource = tx.find(operation.key)
    if resource is None:
        return
    kind = providers.find(resource.type)
    if operation.verb in _WRITES:
        # A resource that was deleted and made again meanwhile is not this operation's any more.
        if resource.state not in _ENDED and (resource.state == "Deleting") == (operation.verb == "delete"):
            _end(tx, resource, planned)
    elif kind:
        action, act = kind.actions[operation.verb.removeprefix(ACTION)], Act(resource, operation.body, {}, tx)
        failed = planned is not None and planned.error is not None
        if failed:
            action.failed(act)
        else:
            operation.result = action.finish(act)
