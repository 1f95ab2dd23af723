"""Whether address prefixes are well formed, fit into each other and have an address left."""

from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address, ip_network

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest

Network = IPv4Network | IPv6Network
RESERVED = 4  # Azure keeps the first four addresses of a subnet, and the last one


def prefixes_of(subnet: Resource) -> list[Network]:
    """A subnet's prefixes, which were checked when it was stored."""
    return [parsed(prefix, subnet.id) for prefix in texts_of(subnet.body["properties"])]


def texts_of(properties: Json) -> list[str]:
    """The prefixes of a subnet's properties, as they were written."""
    return properties.get("addressPrefixes") or ([properties["addressPrefix"]] if "addressPrefix" in properties else [])


def parsed(prefix: str, resource_id: str) -> Network:
    try:
        return ip_network(prefix)
    except ValueError:
        return _refused(prefix, resource_id)


def _refused(prefix: str, resource_id: str) -> Network:
    try:
        right = ip_network(prefix, strict=False)
    except ValueError:
        raise BadRequest(
            f"The address prefix {prefix} in resource {resource_id} is formatted incorrectly.",  # wording not published
            code="InvalidAddressPrefixFormat",
        ) from None
    raise BadRequest(
        f"The address prefix {prefix} in resource {resource_id} has an invalid CIDR notation. "
        f"For the given prefix length, the address prefix should be {right}.",
        code="InvalidCIDRNotation",
    )


def overlap(one: Network, other: Network) -> bool:
    return one.version == other.version and one.overlaps(other)


def inside(inner: Network, outer: Network) -> bool:
    if isinstance(inner, IPv4Network):
        return isinstance(outer, IPv4Network) and inner.subnet_of(outer)
    return isinstance(outer, IPv6Network) and inner.subnet_of(outer)


def take(tx: Transaction, subnet: str, prefix: Network, owner: str) -> str:
    """Give `owner` the lowest free address of a subnet."""
    number = tx.free_address(subnet, int(prefix.network_address) + RESERVED)
    if number >= int(prefix.broadcast_address):
        raise BadRequest(
            f"Subnet {subnet} does not have enough IP addresses to allocate the requested resources.",
            code="SubnetIsFull",
        )
    tx.take_address(subnet, number, owner)
    return str(IPv4Address(number))


def take_this(tx: Transaction, subnet: str, prefix: Network, owner: str, address: str) -> None:
    """Give `owner` one certain address of a subnet."""
    number = int(ip_address(address))
    if ip_address(address) not in prefix:
        raise BadRequest(
            f"Private static IP address {address} does not belong to the range of subnet prefix {prefix}.",
            code="PrivateIPAddressNotInSubnet",
        )
    if not int(prefix.network_address) + RESERVED <= number < int(prefix.broadcast_address):
        raise BadRequest(
            f"Private static IP address {address} falls within reserved IP range of subnet prefix {prefix}.",
            code="PrivateIPAddressInReservedRange",
        )
    holder = tx.take_address(subnet, number, owner)
    if holder:
        raise BadRequest(
            f"IP address {address} is already allocated to resource {holder}.", code="PrivateIPAddressIsAllocated"
        )
