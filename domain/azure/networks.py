"""Validate the address prefixes and ports of a network, its subnet and its security rules."""

import re
from ipaddress import IPv4Network
from typing import Literal, get_args

# networkSecurityGroups/securityRules, SecurityRulePropertiesFormat.
RuleDirection = Literal["Inbound", "Outbound"]
RuleAccess = Literal["Allow", "Deny"]
RuleProtocol = Literal["*", "Tcp", "Udp", "Icmp"]
DIRECTIONS: tuple[str, ...] = get_args(RuleDirection)
ACCESSES: tuple[str, ...] = get_args(RuleAccess)
PROTOCOLS: tuple[str, ...] = get_args(RuleProtocol)
# "Security rules": a priority is 100 to 4096, and no two rules of one direction have the same.
PRIORITIES = (100, 4096)
_PORTS = re.compile(r"\*|\d{1,5}(?:-\d{1,5})?")
_LAST_PORT = 65535

ADDRESS_SPACE = "10.0.0.0/16"
# "Azure Virtual Network FAQ": a subnet is a /29 at least.
_SMALLEST = 29


def why_not_prefix(text: str) -> str | None:
    """Say why `text` is not an IPv4 prefix, or None where it is."""
    try:
        IPv4Network(text)
        # To Python an address alone, and one with a netmask, are prefixes too.
        is_whole = "/" in text and text.rpartition("/")[2].isdecimal()
    except ValueError:
        is_whole = False
    return None if is_whole else f"{text!r} is not an IPv4 prefix, which is like {ADDRESS_SPACE}"


def why_not_subnet_prefix(subnet: str, space: str | None) -> str | None:
    """Say why a subnet cannot have a prefix, or None; `space` is its network's, None where that is not known."""
    reason = why_not_prefix(subnet)
    if reason:
        return reason
    if IPv4Network(subnet).prefixlen > _SMALLEST:
        return f"{subnet!r} is too small: Azure takes a /{_SMALLEST} at least"
    if space is None or why_not_prefix(space) or IPv4Network(subnet).subnet_of(IPv4Network(space)):
        return None
    return f"{subnet!r} is not inside the network's {space!r}"


def first_subnet(space: str) -> str:
    """The first /24 of an address space, or all of it where it is smaller."""
    network = IPv4Network(space)
    return str(next(network.subnets(new_prefix=max(24, network.prefixlen))))


def why_not_ports(text: str) -> str | None:
    """Say why a security rule does not take `text` as its ports, or None where it does: 443, 5985-5986, *."""
    ends = [int(end) for end in text.split("-")] if _PORTS.fullmatch(text) and text != "*" else []
    if (text == "*" or ends) and all(end <= _LAST_PORT for end in ends) and ends == sorted(ends):
        return None
    return f"{text!r} is not a port, a range of ports or *"
