"""Requests to Compute: list machines, read one, assess it, install on it, and read the result."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from azure.core.rest import HttpRequest
from azure.mgmt.compute import ComputeManagementClient

from azure_hotpatch.operations.clients.connection import Connection
from azure_hotpatch.operations.clients.machines import is_windows, machine_of
from azure_hotpatch.operations.clients.refusals import Refusal, RefusalKind, said, said_of_a_change
from azure_hotpatch.operations.machine import Machine

# "Permissions" of the authorization REST API: what the caller may do at a scope.
_PERMISSIONS_VERSION = "2022-04-01"
# Headers in which Azure tells what is left in a bucket, and its name of the one for patches.
_REMAINING, _PATCH_BUCKET = "x-ms-ratelimit-remaining-resource", "PatchVMSubscription"


@dataclass(frozen=True, slots=True)
class MachinePath:
    """Where a machine is: what Compute's paths need."""

    subscription: str
    group: str
    name: str


@dataclass(frozen=True, slots=True)
class Begun:
    """What came of a request that was accepted: where to ask about it, and what is left in the bucket."""

    operation: str
    result: str
    remaining: int | None


@said
def machines(connection: Connection, subscription: str, group: str | None = None) -> Iterator[Machine]:
    """The Windows machines of a subscription or a group, without their instance views."""
    operations = connection.compute(subscription).virtual_machines
    now = datetime.now(UTC)
    listed = operations.list(group) if group else operations.list_all()
    found = [vm.as_dict() for vm in listed]
    return (machine_of(vm, now) for vm in found if is_windows(vm))


@said
def with_view(connection: Connection, machine: Machine) -> Machine:
    """The machine with its instance view: power, agent, last assessment and installation."""
    client = connection.compute(machine.subscription)
    found = client.virtual_machines.get(machine.resource_group, machine.name, expand="instanceView")
    return machine_of(found.as_dict(), datetime.now(UTC))


@said
def view(connection: Connection, place: MachinePath) -> dict[str, Any]:
    """The instance view, in ARM's names."""
    found = connection.compute(place.subscription).virtual_machines.instance_view(place.group, place.name)
    shown: dict[str, Any] = found.as_dict()
    return shown


@said_of_a_change
def begin_install(connection: Connection, place: MachinePath, body: Mapping[str, Any]) -> Begun:
    """Start an installation, by one request that is never repeated here: its answer may be lost and it carried out."""
    operations = connection.compute(place.subscription).virtual_machines
    return begin(operations.begin_install_patches, place, dict(body))


@said_of_a_change
def begin_assess(connection: Connection, place: MachinePath) -> Begun:
    """Start an assessment, by one request."""
    operations = connection.compute(place.subscription).virtual_machines
    return begin(operations.begin_assess_patches, place)


@said
def status(connection: Connection, subscription: str, operation: str) -> tuple[str, dict[str, Any]]:
    """Ask about an operation: its status ("InProgress", "Succeeded", "Failed" …) and what it says."""
    found = _get(connection, connection.compute(subscription), operation)
    return str(found.get("status", "")), found


@said
def result(connection: Connection, subscription: str, url: str) -> dict[str, Any] | None:
    """What an operation gave, in ARM's names; None where it is not done."""
    return _get(connection, connection.compute(subscription), url) or None


@said
def permissions(connection: Connection, subscription: str, group: str) -> list[dict[str, Any]]:
    """What the identity may do in a group: `[{"actions": [...], "notActions": [...]}]`."""
    scope = f"/subscriptions/{subscription}/resourceGroups/{group}"
    path = f"{scope}/providers/Microsoft.Authorization/permissions?api-version={_PERMISSIONS_VERSION}"
    found = _get(connection, connection.compute(subscription), f"{connection.endpoint}{path}")
    listed: list[dict[str, Any]] = found.get("value", [])
    return listed


def begin(action: Callable[..., Any], place: MachinePath, *body: dict[str, Any]) -> Begun:
    """Begin an action of a machine by one request, whose answer may be lost after it was carried out."""
    answers: list[Any] = []
    action(
        place.group,
        place.name,
        *body,
        polling=False,
        retry_total=0,  # azure-core repeats a POST after 500, 503 and 504
        raw_response_hook=lambda answer: answers.append(answer.http_response.headers),
    )
    headers = answers[-1]
    return Begun(headers.get("Azure-AsyncOperation", ""), headers.get("Location", ""), remaining_of(headers))


def remaining_of(headers: Mapping[str, str]) -> int | None:
    """What Azure says is left in the bucket of assessPatches and installPatches of the subscription and region."""
    for word in headers.get(_REMAINING, "").split(","):
        policy, _, left = word.partition(";")
        if policy.rpartition("/")[2].startswith(_PATCH_BUCKET) and left.strip().isdigit():
            return int(left)
    return None


def _get(connection: Connection, client: ComputeManagementClient, url: str) -> dict[str, Any]:
    """GET an address that Azure gave. A token is sent to Azure's own address alone."""
    if urlsplit(url)[:2] != urlsplit(connection.endpoint)[:2]:
        raise Refusal(
            RefusalKind.REFUSED, f"the address {urlsplit(url).netloc!r} is not Azure's: nothing is sent to it"
        )
    response = client.send_request(HttpRequest("GET", url))
    response.raise_for_status()
    found: dict[str, Any] = response.json() if response.status_code == 200 and response.content else {}
    return found
