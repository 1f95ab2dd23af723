"""ARM's functions of address ranges: parseCidr, cidrSubnet, cidrHost."""

import ipaddress
from collections.abc import Callable, Mapping
from typing import Any


def _parse_cidr(cidr: str) -> dict[str, Any]:
    network = _network(cidr)
    parts: dict[str, Any] = {
        "network": str(network.network_address),
        "netmask": str(network.netmask),
        "broadcast": str(network.broadcast_address),
        "firstUsable": _host(network, 0),
        "lastUsable": str(network.broadcast_address - (1 if _has_edges(network) else 0)),
        "cidr": network.prefixlen,
    }
    return parts


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
    """The address of a host; 0 is the first that may be used."""
    at = index + (1 if _has_edges(network) else 0)
    if not 0 <= at < network.num_addresses:
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
