"""Virtual networks and their subnets, inline or as resources of their own."""

import uuid

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Action, Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, items
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, InvalidRequestFormat
from azure_hotpatch.emulator.arm.providers.network import availability
from azure_hotpatch.emulator.arm.providers.network.parts import (
    POLLS,
    VERSIONS,
    identify,
    in_use,
    links,
    required,
    tagged,
)
from azure_hotpatch.emulator.arm.providers.network.prefixes import (
    Network,
    inside,
    overlap,
    parsed,
    prefixes_of,
    texts_of,
)

PEERINGS = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"
SUBNETS = "Microsoft.Network/virtualNetworks/subnets"
# What a delegation lets its service do, of whichever service it is.
_JOIN = ("Microsoft.Network/virtualNetworks/subnets/action",)


def _prepare_network(change: Change) -> None:
    tagged(change)
    space = required(change, "addressSpace").get("addressPrefixes") or []
    if not space:
        raise InvalidRequestFormat("addressPrefixes", "properties.addressSpace")
    for prefix in space:
        parsed(prefix, change.id)
    fill(change.properties, {"enableDdosProtection": False, "privateEndpointVNetPolicies": "Disabled"})
    change.properties["resourceGuid"] = change.previous.get("resourceGuid") or str(uuid.uuid4())


def _prepare_subnet(change: Change) -> None:
    tagged(change)
    if not texts_of(change.properties):
        raise InvalidRequestFormat("addressPrefix", "properties")
    network_id = change.id.rsplit("/", 2)[0]
    network = change.tx.find(network_id)
    space = (
        [parsed(one, network_id) for one in network.body["properties"]["addressSpace"]["addressPrefixes"]]
        if network
        else []
    )
    for prefix in (parsed(text, change.id) for text in texts_of(change.properties)):
        if not any(inside(prefix, outer) for outer in space):
            raise BadRequest(
                f"Subnet '{change.name}' is not valid in virtual network '{network_id.rsplit('/', 1)[1]}'.",
                code="NetcfgInvalidSubnet",
            )
        _refuse_overlap(change, prefix, network_id)
    fill(
        change.body,
        {
            "properties.delegations": [],
            "properties.privateEndpointNetworkPolicies": "Disabled",
            "properties.privateLinkServiceNetworkPolicies": "Enabled",
        },
    )
    for delegation in identify(change, "delegations", f"{SUBNETS}/delegations"):
        fill(delegation["properties"], {"actions": list(_JOIN)})
    for end_point in items(change.properties, "serviceEndpoints"):
        # Azure names the region and its pair for storage; which that is, the emulator does not know.
        regional = str(end_point.get("service")).lower() == "microsoft.storage"
        fill(end_point, {"locations": [network.body["location"]] if network and regional else ["*"]})
        end_point["provisioningState"] = "Succeeded"


def _refuse_overlap(change: Change, prefix: Network, network_id: str) -> None:
    for other in change.tx.within(network_id, SUBNETS):
        if other.key != change.id.lower() and any(overlap(prefix, taken) for taken in prefixes_of(other)):
            raise BadRequest(
                f"Subnet '{change.name}' is not valid because its IP address range overlaps with that of an existing "
                f"subnet in virtual network '{network_id.rsplit('/', 1)[1]}'.",
                code="NetcfgSubnetRangesOverlap",
            )


def _prepare_peering(change: Change) -> None:
    tagged(change)
    required(change, "remoteVirtualNetwork")
    fill(
        change.body,
        {
            "properties.allowVirtualNetworkAccess": True,
            "properties.allowForwardedTraffic": False,
            "properties.allowGatewayTransit": False,
            "properties.useRemoteGateways": False,
            "properties.doNotVerifyRemoteGateways": False,
            "properties.peerCompleteVnets": True,
        },
    )
    change.properties["resourceGuid"] = change.previous.get("resourceGuid") or str(uuid.uuid4())


def _show_peering(tx: Transaction, peering: Resource, shown: Json) -> None:
    """A peering is connected when the other network has one back."""
    here = peering.id.rsplit("/", 2)[0].lower()
    remote = peering.body["properties"]["remoteVirtualNetwork"].get("id", "")
    back = [one.body["properties"]["remoteVirtualNetwork"].get("id", "") for one in tx.within(remote, PEERINGS)]
    connected = here in {other.lower() for other in back}
    shown["properties"]["peeringState"] = "Connected" if connected else "Initiated"
    shown["properties"]["peeringSyncLevel"] = "FullyInSync" if connected else "RemoteNotInSync"
    other = tx.find(remote)
    if other:
        space = other.body["properties"]["addressSpace"]
        shown["properties"] |= {"remoteAddressSpace": space, "remoteVirtualNetworkAddressSpace": space}


def _show_subnet(tx: Transaction, subnet: Resource, shown: Json) -> None:
    configurations = links(tx.users(subnet.id), "ipConfigurations")
    if configurations:
        shown["properties"]["ipConfigurations"] = configurations


TYPES = (
    ResourceType(
        "Microsoft.Network/virtualNetworks",
        VERSIONS,
        prepare=_prepare_network,
        parts={"subnets": SUBNETS, "virtualNetworkPeerings": PEERINGS},
        actions={
            "checkIPAddressAvailability": Action(availability.check_address, methods=("GET",)),
            "usages": Action(availability.usage_of_network, methods=("GET",)),
        },
        keeps_parts_since="2023-09-01",  # "Azure Virtual Network now supports updates without subnet property"
        checks_references=True,
        polls=POLLS,
    ),
    ResourceType(
        PEERINGS,
        VERSIONS,
        LocationRule.NOWHERE,
        prepare=_prepare_peering,
        show=_show_peering,
        checks_references=True,
        polls=POLLS,
    ),
    ResourceType(
        SUBNETS,
        VERSIONS,
        LocationRule.NOWHERE,
        prepare=_prepare_subnet,
        show=_show_subnet,
        in_use=in_use(
            "InUseSubnetCannotBeDeleted",
            "Subnet {name} is in use by {user} and cannot be deleted. In order to delete the subnet, delete all the "
            "resources within the subnet. See aka.ms/deletesubnet.",
        ),
        checks_references=True,
        polls=POLLS,
    ),
)
