"""Deployments in the store: their resources are written at once, and the state that they report follows later."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from azure_hotpatch.emulator.arm.database import planned_ends
from azure_hotpatch.emulator.arm.database.planned_ends import PlannedEnd
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import Conflict, NotFound
from azure_hotpatch.emulator.arm.protocol.paths import DEPLOYMENT_TYPE, same, scope_of

_POLLS = 1  # how often a deployment is polled before it has run
ENDED = frozenset({"Succeeded", "Failed", "Canceled"})
# What a deployment does not say while it is running.
_LATER = frozenset({"outputs", "outputResources", "error"})


def save(
    tx: Transaction, deployment_id: str, final: str, kept: Json, *, waits: Sequence[str] = (), ended: bool = False
) -> Resource:
    """Keep a deployment. `kept` has `properties`, `operations` and `template`, and perhaps `location` and `tags`.

    `waits` are the ids of the resources whose operations a fault keeps open: as long as one of them is, it is running.

    Nothing of it is in the record's body: what a body names counts as used, and a deployment uses nothing.
    """
    before = tx.find(deployment_id)
    record = Resource(before.id if before else deployment_id, DEPLOYMENT_TYPE, {}, "Accepted", _POLLS)
    record.hidden = {**kept, "final": final, "operation": str(uuid.uuid4()), "waits": list(waits)}
    if ended and not waits:
        record.state, record.polls = final, 0
    tx.save(record)
    return record


def find(tx: Transaction, deployment_id: str) -> Resource:
    record = tx.find(deployment_id)
    if record is None:
        raise NotFound(f"Deployment '{deployment_id.rsplit('/', 1)[1]}' could not be found.", code="DeploymentNotFound")
    return record


def at(tx: Transaction, scope: str) -> list[Resource]:
    """The deployments of a scope, without those of the scopes within it."""
    return [one for one in tx.within(scope, DEPLOYMENT_TYPE) if same(scope_of(one.id), scope)]


def settle(tx: Transaction, record: Resource) -> Resource:
    """Advance the state of a deployment that is read."""
    if record.state in ENDED:
        return record
    if record.polls > 0:
        record.state, record.polls = "Running", record.polls - 1
    else:
        record.state = "Running" if _is_waiting(tx, record) else record.hidden["final"]
    tx.set_state(record)
    return record


def open_end(tx: Transaction, name: str) -> PlannedEnd | None:
    """How the last operation on a resource is to end, if it is not to end yet."""
    planned = planned_ends.of(tx, name)
    return planned if planned and planned.is_open(tx.now()) else None


def _is_waiting(tx: Transaction, record: Resource) -> bool:
    found = (tx.find(resource_id) for resource_id in record.hidden.get("waits", ()))
    return any(one and open_end(tx, one.key) for one in found)


def end(tx: Transaction, record: Resource) -> None:
    """End a deployment at once, as one that is deployed again is over by then.

    Raises Conflict for one that waits for a resource.
    """
    if record.state not in ENDED and _is_waiting(tx, record):
        raise Conflict(
            f"Unable to edit or replace deployment '{record.name}': previous deployment is still active. "
            "Please see https://aka.ms/arm-deploy for usage details.",
            code="DeploymentActive",
        )
    record.state, record.polls = record.hidden["final"], 0
    tx.set_state(record)


def cancel(tx: Transaction, record: Resource) -> None:
    """Cancel a deployment that is running; its resources stay, as in Azure those do that were begun."""
    if record.state in ENDED:
        # The words are not published.
        raise Conflict(
            f"The deployment '{record.name}' cannot be cancelled because it is not running; its provisioning state is "
            f"'{record.state}'.",
            code="DeploymentCannotBeCancelled",
        )
    record.state, record.polls = "Canceled", 0
    tx.set_state(record)


def shown(record: Resource) -> Json:
    """A deployment as ARM answers it."""
    properties = dict(record.hidden["properties"])
    if record.state != record.hidden["final"]:
        properties = {name: value for name, value in properties.items() if name not in _LATER}
    own: Mapping[str, Any] = {name: record.hidden[name] for name in ("location", "tags") if record.hidden.get(name)}
    return {
        "id": record.id,
        "name": record.name,
        "type": DEPLOYMENT_TYPE,
        **own,
        "properties": {**properties, "provisioningState": record.state},
    }
