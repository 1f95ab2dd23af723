"""The routes that are in effect on an interface: Azure's own, those of peerings, and those of the subnet's table."""

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.providers.network.attachment import network_of, subnet_of
from azure_hotpatch.emulator.arm.providers.network.routes import ROUTES

_PEERINGS = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings"
# "Virtual network traffic routing", default system routes
_SYSTEM = (
    ("0.0.0.0/0", "Internet"),
    ("10.0.0.0/8", "None"),
    ("100.64.0.0/10", "None"),
    ("172.16.0.0/12", "None"),
    ("192.168.0.0/16", "None"),
)


def table(act: Act) -> Json:
    """Azure's routes, of which a table's own ones with the same prefix take the place, and then these."""
    own = [_own(route) for route in _routes(act)]
    replaced = {route["addressPrefix"][0] for route in own}
    routes = [_route("Default", prefix, hop, active=prefix not in replaced) for prefix, hop in _defaults(act)]
    return {"value": [*routes, *own]}


def _defaults(act: Act) -> list[tuple[str, str]]:
    network = network_of(act)
    inside = _prefixes(network)
    peered = [(prefix, "VNetPeering") for other in _peers(act, network) for prefix in _prefixes(other)]
    taken = {*inside, *(prefix for prefix, _ in peered)}
    system = [(prefix, hop) for prefix, hop in _SYSTEM if prefix not in taken]
    return [*((prefix, "VnetLocal") for prefix in inside), *peered, *system]


def _peers(act: Act, network: Resource | None) -> list[Resource]:
    """The networks that are connected to this one, which takes a peering on both sides."""
    if network is None:
        return []
    remotes = [_remote(one) for one in act.tx.within(network.id, _PEERINGS)]
    there = [other for other in map(act.tx.find, remotes) if other]
    return [one for one in there if network.key in {_remote(back) for back in act.tx.within(one.id, _PEERINGS)}]


def _remote(peering: Resource) -> str:
    return str(read(peering.body, "properties.remoteVirtualNetwork.id")).lower()


def _prefixes(network: Resource | None) -> list[str]:
    return list(read(network.body, "properties.addressSpace.addressPrefixes") or ()) if network else []


def _routes(act: Act) -> list[Resource]:
    subnet = subnet_of(act)
    owner = read(subnet.body, "properties.routeTable.id") if subnet else None
    return act.tx.within(owner, ROUTES) if owner else []


def _own(route: Resource) -> Json:
    properties = route.body["properties"]
    hop = [properties["nextHopIpAddress"]] if properties.get("nextHopIpAddress") else []
    found = _route("User", properties["addressPrefix"], properties["nextHopType"], active=True)
    return {**found, "name": route.name, "nextHopIpAddress": hop}


def _route(source: str, prefix: str, hop: str, *, active: bool) -> Json:
    state = "Active" if active else "Invalid"
    return {"source": source, "state": state, "addressPrefix": [prefix], "nextHopType": hop, "nextHopIpAddress": []}
