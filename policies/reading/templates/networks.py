"""ARM's functions of address ranges: parseCidr, cidrSubnet, cidrHost."""

import ipaddress
from collections.abc import Callable, Mapping
from typing import Any


def _parse_cidr(cidr: str) -> dict[str, Any]:
    """A range of IPv6 has no broadcast address, and all of it may be used."""
    network = _network(cidr)
    first, last = network.network_address, network.broadcast_address
    edge = 1 if network.version == 4 and _has_edges(network) else 0
    return {
        "network": str(first),
        "netmask": str(network.netmask),
        **({"broadcast": str(last)} if network.version == 4 else {}),
        "firstUsable": str(first + edge),
        "lastUsable": str(last - edge),
        "cidr": network.prefixlen,
    }


def _cidr_subnet(cidr: str, prefix: int, index: int) -> str:
    network = _network(cidr)
    size = 2 ** (network.max_prefixlen - prefix)
    if not network.prefixlen <= prefix <= network.max_prefixlen or not 0 <= index * size < network.num_addresses:
        raise ValueError
    return f"{network.network_address + index * size}/{prefix}"


def _cidr_host(cidr: str, index: int) -> str:
    return _host(_network(cidr), index)


def _network(cidr: Any) -> Any:
    if not isinstance(cidr, str):
        raise ValueError  # an integer is an address to Python, and none to ARM
    return ipaddress.ip_network(cidr, strict=False)


def _host(network: Any, index: int) -> str:
    """The address of a host; 0 is the first that may be used, beside the network's own."""
    edge = 1 if _has_edges(network) else 0
    last = network.num_addresses - (edge if network.version == 4 else 0)
    at = index + edge
    if not edge <= at < last:
        raise ValueError
    return str(network.network_address + at)


def _has_edges(network: Any) -> bool:
    """Whether the first address is the network's own, and the last its broadcast address."""
    return bool(network.prefixlen < network.max_prefixlen - 1)


NETWORKS: Mapping[str, Callable[..., Any]] = {
    "parsecidr": _parse_cidr,
    "cidrsubnet": _cidr_subnet,
    "cidrhost": _cidr_host,
}
