"""Route tables and their routes."""

import uuid

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill
from azure_hotpatch.emulator.arm.providers.network.parts import POLLS, VERSIONS, in_use, links, required, tagged

ROUTES = "Microsoft.Network/routeTables/routes"


def _prepare_table(change: Change) -> None:
    tagged(change)
    fill(change.body, {"properties.disableBgpRoutePropagation": False})
    change.properties["resourceGuid"] = change.previous.get("resourceGuid") or str(uuid.uuid4())


def _prepare_route(change: Change) -> None:
    tagged(change)
    required(change, "addressPrefix")
    required(change, "nextHopType")
    change.properties["hasBgpOverride"] = False


def _show_table(tx: Transaction, table: Resource, shown: Json) -> None:
    subnets = links(tx.users(table.id), "subnets")
    if subnets:
        shown["properties"]["subnets"] = subnets


TYPES = (
    ResourceType(
        "Microsoft.Network/routeTables",
        VERSIONS,
        prepare=_prepare_table,
        show=_show_table,
        in_use=in_use(
            "InUseRouteTableCannotBeDeleted",
            "Route table {name} is in use and cannot be deleted. The resources that use it: {users}.",
        ),
        parts={"routes": ROUTES},
        polls=POLLS,
    ),
    ResourceType(ROUTES, VERSIONS, LocationRule.NOWHERE, prepare=_prepare_route, polls=POLLS),
)
