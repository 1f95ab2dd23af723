"""Deployments in the store: their resources are written at once, and the state that they report follows later."""

import uuid
from collections.abc import Mapping
from typing import Any

from azure_hotpatch.emulator.arm.bodies import Json
from azure_hotpatch.emulator.arm.errors import Conflict, NotFound
from azure_hotpatch.emulator.arm.paths import DEPLOYMENT_TYPE, same, scope_of
from azure_hotpatch.emulator.arm.stored import Resource
from azure_hotpatch.emulator.arm.transaction import Transaction

_POLLS = 1  # how often a deployment is polled before it has run
ENDED = frozenset({"Succeeded", "Failed", "Canceled"})
# What a deployment does not say while it is running.
_LATER = frozenset({"outputs", "outputResources", "error"})


def save(tx: Transaction, deployment_id: str, final: str, kept: Json, *, ended: bool = False) -> Resource:
    """Keep a deployment. `kept` has `properties`, `operations` and `template`, and perhaps `location` and `tags`.

    Nothing of it is in the record's body: what a body names counts as used, and a deployment uses nothing.
    """
    before = tx.find(deployment_id)
    record = Resource(before.id if before else deployment_id, DEPLOYMENT_TYPE, {}, "Accepted", _POLLS)
    record.hidden = {**kept, "final": final, "operation": str(uuid.uuid4())}
    if ended:
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
        record.state = record.hidden["final"]
    tx.set_state(record)
    return record


def end(tx: Transaction, record: Resource) -> None:
    """End a deployment at once, as one that is deployed again is over by then."""
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
