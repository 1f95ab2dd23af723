"""Functions of address ranges in CIDR notation."""

import ipaddress
from typing import Any

from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, wrong_argument
from azure_hotpatch.emulator.arm.templates.functions.signature import TemplateFunction, a_string, an_integer

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def _network(function: str, value: Any) -> _Network:
    given = a_string(function, value)
    try:
        if "/" in given:
            return ipaddress.ip_network(given, strict=False)
    except ValueError:
        pass
    raise wrong_argument(function, "an address range in CIDR notation, such as 10.0.0.0/16")


def _reserved(network: _Network) -> int:
    """How many addresses at the start, and of IPv4 at the end, no host has; none of a range of one or two."""
    return 1 if network.version == 4 and network.prefixlen < 31 else 0


def _parse(value: Any) -> dict[str, Any]:
    network = _network("parseCidr", value)
    ends = {"broadcast": str(network.broadcast_address)} if network.version == 4 else {}
    return {
        "network": str(network.network_address),
        "netmask": str(network.netmask),
        **ends,
        "firstUsable": str(network.network_address + _reserved(network)),
        "lastUsable": str(network.broadcast_address - _reserved(network)),
        "cidr": network.prefixlen,
    }


def _subnet(value: Any, prefix: Any, index: Any) -> str:
    network, size, at = _network("cidrSubnet", value), an_integer("cidrSubnet", prefix), an_integer("cidrSubnet", index)
    if not network.prefixlen <= size <= network.max_prefixlen or not 0 <= at < 2 ** (size - network.prefixlen):
        raise ExpressionError(
            f"Unable to evaluate template language function 'cidrSubnet': '{network}' has no subnet of /{size} "
            f"with the index '{at}'."
        )
    first = network.network_address + at * 2 ** (network.max_prefixlen - size)
    return f"{first}/{size}"


def _host(value: Any, index: Any) -> str:
    network, at = _network("cidrHost", value), an_integer("cidrHost", index)
    # The first host of an IPv6 range is ::1 too, although nothing is reserved there.
    offset = at + (1 if network.max_prefixlen - network.prefixlen > 1 else 0)
    if at < 0 or offset > network.num_addresses - 1 - _reserved(network):
        raise ExpressionError(
            f"Unable to evaluate template language function 'cidrHost': '{network}' has no host with the index '{at}'."
        )
    return str(network.network_address + offset)


FUNCTIONS = (
    TemplateFunction("cidrHost", _host, 2, 2),
    TemplateFunction("cidrSubnet", _subnet, 3, 3),
    TemplateFunction("parseCidr", _parse, 1, 1),
)
