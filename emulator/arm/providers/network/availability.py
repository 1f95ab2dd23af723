"""Whether a private address of a network is free, and how much of a region's network quota is used."""

from collections import Counter
from ipaddress import IPv4Address, IPv4Network

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.hierarchy.locations import normalised
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Act
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest
from azure_hotpatch.emulator.arm.protocol.queries import NONE
from azure_hotpatch.emulator.arm.providers.network.prefixes import RESERVED, prefixes_of

_SUBNETS = "Microsoft.Network/virtualNetworks/subnets"
_PROPOSED = 5  # how many free addresses are proposed instead of one that is taken
# "Azure subscription and service limits": what a subscription may have in a region.
_LIMITS = (
    ("VirtualNetworks", "Virtual Networks", 1000),
    ("NetworkSecurityGroups", "Network Security Groups", 5000),
    ("NetworkInterfaces", "Network Interfaces", 65536),
    ("PublicIPAddresses", "Public IP Addresses", 1000),
    ("LoadBalancers", "Load Balancers", 1000),
    ("RouteTables", "Route Tables", 200),
    ("NatGateways", "Nat Gateways", 400),
    ("ApplicationSecurityGroups", "Application Security Groups", 3000),
)


def check_address(act: Act) -> Json:
    """Answers `available`, and some free addresses where the requested one is taken."""
    text = act.query.get("ipaddress", "")
    try:
        address = IPv4Address(text)
    except ValueError:
        raise BadRequest(f"IP address {text} is not valid.", code="InvalidIPAddressFormat") from None
    subnets = [(one, prefix) for one in act.tx.within(act.resource.id, _SUBNETS) for prefix in _prefixes(one)]
    if any(_is_free(act, subnet, prefix, address) for subnet, prefix in subnets if address in prefix):
        return {"available": True}
    inside = [pair for pair in subnets if address in pair[1]] or subnets
    return {"available": False, "availableIPAddresses": [one for pair in inside[:1] for one in _free(act, *pair)]}


def usage_of_network(act: Act) -> Json:
    """How many addresses of each subnet are in use, of those that machines may have."""
    return {"value": [_usage_of_subnet(act, one) for one in act.tx.within(act.resource.id, _SUBNETS)]}


def _usage_of_subnet(act: Act, subnet: Resource) -> Json:
    """The first four addresses of a prefix, and its last one, are Azure's."""
    return {
        "id": subnet.id,
        "currentValue": len({user.lower() for user in act.tx.users(subnet.id) if "configurations/" in user.lower()}),
        "limit": sum(max(0, prefix.num_addresses - RESERVED - 1) for prefix in _prefixes(subnet)),
        "name": {"value": "SubnetSpace", "localizedValue": "Subnet size and usage"},
        "unit": "Count",
    }


def check_dns_name(request: Request) -> Reply:
    """Whether a label is free in a region; the emulator knows only the names of its own."""
    label, region = request.query.get("domainnamelabel", "").lower(), normalised(request.parameters["location"])
    if not label:  # code and wording not published
        raise BadRequest("The query parameter 'domainNameLabel' is required.", code="MissingDomainNameLabel")
    name = f"{label}.{region}.cloudapp.azure.com"
    addresses = request.tx.within("", "Microsoft.Network/publicIPAddresses")
    taken = {str(read(one.body, "properties.dnsSettings.fqdn")).lower() for one in addresses}
    return Reply(200, {"available": name not in taken})


def usages(request: Request) -> Reply:
    scope, region = f"/subscriptions/{request.parameters['subscription']}", normalised(request.parameters["location"])
    there = Counter(
        one.type.rsplit("/", 1)[-1].lower() for one in request.tx.within(scope) if one.body.get("location") == region
    )
    root = f"{scope}/providers/Microsoft.Network/locations/{region}/usages"
    values = [
        {
            "id": f"{root}/{name}",
            "unit": "Count",
            "currentValue": there[name.lower()],
            "limit": limit,
            "name": {"value": name, "localizedValue": words},
        }
        for name, words, limit in _LIMITS
    ]
    return Reply(200, {"value": queries.applied(request.query, values, NONE, "usages")})


def _prefixes(subnet: Resource) -> list[IPv4Network]:
    return [prefix for prefix in prefixes_of(subnet) if isinstance(prefix, IPv4Network)]


def _is_free(act: Act, subnet: Resource, prefix: IPv4Network, address: IPv4Address) -> bool:
    number = int(address)
    usable = int(prefix.network_address) + RESERVED <= number < int(prefix.broadcast_address)
    return usable and not act.tx.has_address(subnet.key, number)


def _free(act: Act, subnet: Resource, prefix: IPv4Network) -> list[str]:
    found: list[str] = []
    number = int(prefix.network_address) + RESERVED
    while len(found) < _PROPOSED:
        number = act.tx.free_address(subnet.key, number)
        if number >= int(prefix.broadcast_address):
            break
        found.append(str(IPv4Address(number)))
        number += 1
    return found
