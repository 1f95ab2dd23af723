"""Availability sets."""

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Action, Change, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill
from azure_hotpatch.emulator.arm.protocol.errors import ArmError, InvalidParameter, OperationNotAllowed
from azure_hotpatch.emulator.arm.providers.compute import resource_skus

VERSIONS = ("2015-06-15", "2026-12-31")


def _prepare(change: Change) -> None:
    fill(change.body, {"sku.name": "Classic"})
    fill(change.body, {"properties.platformUpdateDomainCount": 5})
    fill(change.body, {"properties.platformFaultDomainCount": 3 if change.body["sku"]["name"] == "Classic" else 2})
    count = change.properties["platformFaultDomainCount"]
    if not 1 <= count <= 3:
        raise InvalidParameter(
            f"The specified fault domain count {count} must fall in the range 1 to 3.", "platformFaultDomainCount"
        )


def _show(tx: Transaction, availability_set: Resource, shown: Json) -> None:
    users = [user for user in tx.users(availability_set.id) if "/virtualmachines/" in user.lower()]
    shown["properties"]["virtualMachines"] = [{"id": user} for user in users]


def _in_use(availability_set: Resource, _users: list[str]) -> ArmError:
    return OperationNotAllowed(
        f"Availability Set '{availability_set.name}' cannot be deleted. "
        "Before deleting an Availability Set please ensure that it does not contain any VM."
    )


TYPES = (
    ResourceType(
        "Microsoft.Compute/availabilitySets",
        VERSIONS,
        prepare=_prepare,
        show=_show,
        in_use=_in_use,
        immutable={
            "platformFaultDomainCount": "platformFaultDomainCount",
            "platformUpdateDomainCount": "platformUpdateDomainCount",
        },
        actions={"vmSizes": Action(resource_skus.sizes_of_set, methods=("GET",))},
        has_state=False,
        created=200,
    ),
)
