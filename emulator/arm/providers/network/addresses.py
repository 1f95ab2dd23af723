"""Public addresses, their prefixes, and NAT gateways."""

import uuid
import zlib
from ipaddress import IPv4Address

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest
from azure_hotpatch.emulator.arm.providers.network.parts import (
    POLLS,
    VERSIONS,
    in_use,
    links,
    sku_stays,
    tagged,
    zones_stay,
)

# RFC 2544: addresses that belong to nobody and are not routed.
_FIRST, _COUNT = int(IPv4Address("198.18.0.0")), 1 << 17


def _prepare_address(change: Change) -> None:
    tagged(change)
    kept = read(change.before.body, "sku.name") if change.before else None
    fill(change.body, {"sku.name": kept or "Basic", "sku.tier": "Regional"})
    _keep_standard(change)
    standard = change.body["sku"]["name"].lower() != "basic"
    fill(
        change.body,
        {
            "properties.publicIPAllocationMethod": "Dynamic",
            "properties.publicIPAddressVersion": "IPv4",
            "properties.idleTimeoutInMinutes": 4,
            "properties.ipTags": [],
            "properties.ddosSettings.protectionMode": "VirtualNetworkInherited",
        },
    )
    static = change.properties["publicIPAllocationMethod"].lower() == "static"
    if standard and not static:
        raise BadRequest(
            f"Standard sku publicIp {change.id} must have AllocationMethod set to Static.",
            code="IPv4StandardSkuPublicIpAddressMustBeStatic",  # the words are Azure's; the code is not published
        )
    change.properties["resourceGuid"] = change.previous.get("resourceGuid") or str(uuid.uuid4())
    if static:
        change.properties["ipAddress"] = change.previous.get("ipAddress") or _address(change.id)
    label = change.properties.get("dnsSettings", {}).get("domainNameLabel")
    if label:
        change.properties["dnsSettings"]["fqdn"] = f"{label}.{change.location}.cloudapp.azure.com"


def _keep_standard(change: Change) -> None:
    """A Basic address may become a Standard one; there is no way back."""
    before = read(change.before.body, "sku.name") if change.before else None
    if str(before).lower() == "standard" and change.body["sku"]["name"].lower() == "basic":
        raise sku_stays(change)


def _show_address(tx: Transaction, address: Resource, shown: Json) -> None:
    users = tx.users(address.id)
    configurations = links(users, "ipConfigurations") or links(users, "frontendIPConfigurations")
    if configurations:
        shown["properties"]["ipConfiguration"] = configurations[0]
        # A dynamic address exists as long as it is in use.
        shown["properties"].setdefault("ipAddress", _address(address.id))
    gateways = links(users, "natGateways")
    if gateways:
        shown["properties"]["natGateway"] = gateways[0]


def _prepare_prefix(change: Change) -> None:
    tagged(change)
    fill(change.body, {"sku.name": "Standard", "sku.tier": "Regional"})
    fill(change.properties, {"prefixLength": 28, "publicIPAddressVersion": "IPv4", "ipTags": []})
    length = int(change.properties["prefixLength"])
    change.properties["ipPrefix"] = change.previous.get("ipPrefix") or f"{_address(change.id, 32 - length)}/{length}"
    change.properties["resourceGuid"] = change.previous.get("resourceGuid") or str(uuid.uuid4())


def _show_prefix(tx: Transaction, prefix: Resource, shown: Json) -> None:
    addresses = links(tx.users(prefix.id), "publicIPAddresses")
    if addresses:
        shown["properties"]["publicIPAddresses"] = addresses


def _prepare_gateway(change: Change) -> None:
    tagged(change)
    fill(change.body, {"sku.name": "Standard", "properties.idleTimeoutInMinutes": 4})
    change.properties["resourceGuid"] = change.previous.get("resourceGuid") or str(uuid.uuid4())


def _show_gateway(tx: Transaction, gateway: Resource, shown: Json) -> None:
    subnets = links(tx.users(gateway.id), "subnets")
    if subnets:
        shown["properties"]["subnets"] = subnets


def _address(resource_id: str, host_bits: int = 0) -> str:
    """An address that follows from the id, so that it needs no book-keeping; two ids may, rarely, share one."""
    number = zlib.crc32(resource_id.lower().encode()) % _COUNT
    return str(IPv4Address(_FIRST + (number >> host_bits << host_bits)))


TYPES = (
    ResourceType(
        "Microsoft.Network/publicIPAddresses",
        VERSIONS,
        prepare=_prepare_address,
        keeps={"zones": zones_stay},
        show=_show_address,
        in_use=in_use(
            "PublicIPAddressCannotBeDeleted",
            "Public IP address {id} can not be deleted since it is still allocated to resource {user}. "
            "In order to delete the public IP, disassociate/detach the Public IP address from the resource. "
            "To learn how to do this, see aka.ms/deletepublicip.",
        ),
        checks_references=True,
        polls=POLLS,
    ),
    ResourceType(
        "Microsoft.Network/publicIPPrefixes",
        VERSIONS,
        prepare=_prepare_prefix,
        show=_show_prefix,
        keeps={"zones": zones_stay, "sku.name": sku_stays},
        # wording not published
        in_use=in_use(
            "InUsePublicIpPrefixCannotBeDeleted",
            "Public IP prefix {id} can not be deleted since it is still in use by resource {user}.",
        ),
        polls=POLLS,
    ),
    ResourceType(
        "Microsoft.Network/natGateways",
        VERSIONS,
        prepare=_prepare_gateway,
        keeps={"zones": zones_stay, "sku.name": sku_stays},
        show=_show_gateway,
        # wording not published
        in_use=in_use(
            "InUseNatGatewayCannotBeDeleted",
            "Nat gateway {id} cannot be deleted because it is in use by the following resources: {users}.",
        ),
        checks_references=True,
        polls=POLLS,
    ),
)
