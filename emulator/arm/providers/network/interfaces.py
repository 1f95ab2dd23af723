"""Network interfaces: their private addresses, and the machines that own them."""

import uuid
import zlib

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act, Action, Change, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, items, read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, InvalidResourceReference
from azure_hotpatch.emulator.arm.providers.network import effective_routes, effective_rules, private_addresses
from azure_hotpatch.emulator.arm.providers.network.attachment import refuse_unattached
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
            "properties.vnetEncryptionSupported": False,
            "properties.allowPort25Out": True,
            "properties.hostedWorkloads": [],
            "properties.tapConfigurations": [],
        },
    )
    change.properties["dnsSettings"]["appliedDnsServers"] = change.properties["dnsSettings"]["dnsServers"]
    # The zone of names in a network has a label of the network's own, which is Azure's to choose.
    suffix = f"{zlib.crc32(_network(change).encode()):08x}.internal.cloudapp.net"
    change.properties["dnsSettings"]["internalDomainNameSuffix"] = suffix
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
    if not first and "privateIPAddressPrefixLength" in properties and "subnet" not in properties:
        return None  # a block of addresses beside the first configuration's, which the emulator does not choose
    subnet_id = read(properties, "subnet.id")
    if not subnet_id:
        raise BadRequest(  # wording not published
            f"IP configuration {configuration['id']} does not contain a reference to a subnet.",
            code="SubnetIsRequired",
        )
    subnet = change.tx.find(subnet_id)
    if subnet is None:
        raise InvalidResourceReference(subnet_id, change.id)
    return private_addresses.assign(change, "ipConfigurations", configuration, subnet)


def _network(change: Change) -> str:
    """The id of the network that the interface is in, in lower case."""
    first = next(items(change.properties, "ipConfigurations"), {})
    return str(read(first, "properties.subnet.id")).lower().split("/subnets/")[0]


def _mac_address(resource_id: str) -> str:
    number = zlib.crc32(resource_id.lower().encode()) & 0xFFFFFF
    return f"00-0D-3A-{number >> 16:02X}-{number >> 8 & 0xFF:02X}-{number & 0xFF:02X}"


def _show(tx: Transaction, interface: Resource, shown: Json) -> None:
    machines = links(tx.users(interface.id), "virtualMachines")
    if machines:
        shown["properties"]["virtualMachine"] = machines[0]
        shown["properties"]["primary"] = _is_primary(tx, machines[0]["id"], interface)


def _is_primary(tx: Transaction, machine_id: str, interface: Resource) -> bool:
    """Whether the interface is its machine's first one; the only one always is."""
    machine = tx.find(machine_id)
    found = list(items(read(machine.body, "properties.networkProfile") or {}, "networkInterfaces")) if machine else []
    mine = next((one for one in found if str(one.get("id")).lower() == interface.key), {})
    return len(found) == 1 or read(mine, "properties.primary") is True


def _balancers(act: Act) -> Json:
    """The load balancers that have one of the interface's addresses behind them."""
    found: dict[str, Resource] = {}
    for configuration in items(act.resource.body["properties"], "ipConfigurations"):
        for name in ("loadBalancerBackendAddressPools", "loadBalancerInboundNatRules"):
            for link in items(configuration["properties"], name):
                balancer = act.tx.find("/".join(str(link.get("id")).split("/")[:9]))
                if balancer:
                    found[balancer.key] = balancer
    return {"value": [{"id": one.id, "name": one.name, **one.body} for one in found.values()]}


_ACTIONS = {
    "effectiveRouteTable": Action(effective_routes.table, refuse_unattached, polls=1),
    "effectiveNetworkSecurityGroups": Action(effective_rules.groups, refuse_unattached, polls=1),
    "loadBalancers": Action(_balancers, methods=("GET",)),
}

TYPES = (
    ResourceType(
        TYPE,
        VERSIONS,
        prepare=prepare,
        show=_show,
        views=("ipConfigurations",),
        actions=_ACTIONS,
        in_use=in_use(
            "NicInUse",
            "Network Interface {id} is used by existing resource {user}. In order to delete the network interface, "
            "it must be dissociated from the resource. To learn more, see aka.ms/deletenic.",
        ),
        checks_references=True,
        polls=POLLS,
    ),
)
