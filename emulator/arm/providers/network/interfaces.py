"""Network interfaces: their private addresses, and the machines that own them."""

import uuid
import zlib
from ipaddress import ip_address

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, InvalidResourceReference
from azure_hotpatch.emulator.arm.providers.network import prefixes
from azure_hotpatch.emulator.arm.providers.network.parts import (
    POLLS,
    VERSIONS,
    identify,
    in_use,
    links,
    required,
    tagged,
)

TYPE = "Microsoft.Network/networkInterfaces"
_CONFIGURATIONS = f"{TYPE}/ipConfigurations"


def prepare(change: Change) -> None:
    tagged(change)
    required(change, "ipConfigurations")
    fill(
        change.body,
        {
            "properties.enableAcceleratedNetworking": False,
            "properties.enableIPForwarding": False,
            "properties.dnsSettings.dnsServers": [],
            "properties.disableTcpStateTracking": False,
            "properties.auxiliaryMode": "None",
            "properties.auxiliarySku": "None",
            "properties.nicType": "Standard",
        },
    )
    change.properties["dnsSettings"]["appliedDnsServers"] = change.properties["dnsSettings"]["dnsServers"]
    change.properties["resourceGuid"] = change.previous.get("resourceGuid") or str(uuid.uuid4())
    # Azure gives it when the interface is first attached; here it is there from the beginning, and never changes.
    change.properties["macAddress"] = change.previous.get("macAddress") or _mac_address(change.id)
    configurations = identify(change, "ipConfigurations", _CONFIGURATIONS)
    if not configurations:
        raise BadRequest(  # wording not published
            f"Network interface {change.id} must have one or more IP configurations.",
            code="NetworkInterfaceMustHaveIpConfigurations",
        )
    held = [_configure(change, one, first=at == 0) for at, one in enumerate(configurations)]
    change.tx.release_addresses(change.id, keep=[one for one in held if one])


def _configure(change: Change, configuration: Json, *, first: bool) -> tuple[str, int] | None:
    properties = configuration["properties"]
    fill(
        properties,
        {"privateIPAllocationMethod": "Dynamic", "privateIPAddressVersion": "IPv4", "primary": first},
    )
    subnet_id = read(properties, "subnet.id")
    if not subnet_id:
        raise BadRequest(  # wording not published
            f"IP configuration {configuration['id']} does not contain a reference to a subnet.",
            code="SubnetIsRequired",
        )
    subnet = change.tx.find(subnet_id)
    if subnet is None:
        raise InvalidResourceReference(subnet_id, change.id)
    return _assign(change, configuration, subnet)


def _assign(change: Change, configuration: Json, subnet: Resource) -> tuple[str, int] | None:
    """Give the configuration its address, and say which one is held."""
    properties = configuration["properties"]
    prefix = next((one for one in prefixes.prefixes_of(subnet) if one.version == 4), None)
    if prefix is None or properties["privateIPAddressVersion"] != "IPv4":
        return None
    if properties["privateIPAllocationMethod"].lower() == "static":
        address = properties.get("privateIPAddress")
        if not address:
            raise BadRequest(
                f"IP configuration {configuration['id']} has static allocation method, but no IP address specified.",
                code="StaticIPConfigurationMissingIPAddress",  # wording not published
            )
        prefixes.take_this(change.tx, subnet.key, prefix, change.id, address)
    else:
        address = _kept(change, configuration, subnet) or prefixes.take(change.tx, subnet.key, prefix, change.id)
        properties["privateIPAddress"] = address
    return subnet.key, int(ip_address(address))


def _kept(change: Change, configuration: Json, subnet: Resource) -> str | None:
    """The address that the configuration had in this subnet already."""
    for old in change.previous.get("ipConfigurations", []):
        there = str(read(old, "properties.subnet.id")).lower() == subnet.key
        if there and old["name"].lower() == configuration["name"].lower():
            return str(old["properties"]["privateIPAddress"]) if "privateIPAddress" in old["properties"] else None
    return None


def _mac_address(resource_id: str) -> str:
    number = zlib.crc32(resource_id.lower().encode()) & 0xFFFFFF
    return f"00-0D-3A-{number >> 16:02X}-{number >> 8 & 0xFF:02X}-{number & 0xFF:02X}"


def _show(tx: Transaction, interface: Resource, shown: Json) -> None:
    machines = links(tx.users(interface.id), "virtualMachines")
    if machines:
        shown["properties"]["virtualMachine"] = machines[0]


TYPES = (
    ResourceType(
        TYPE,
        VERSIONS,
        prepare=prepare,
        show=_show,
        in_use=in_use(
            "NicInUse",
            "Network Interface {id} is used by existing resource {user}. In order to delete the network interface, "
            "it must be dissociated from the resource. To learn more, see aka.ms/deletenic.",
        ),
        checks_references=True,
        polls=POLLS,
    ),
)
