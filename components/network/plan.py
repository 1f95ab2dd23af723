"""The inputs of a network, its subnet and its NAT gateway."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from azure_hotpatch.components.network.args import NetworkSpec, SecurityRuleSpec
from azure_hotpatch.components.shared.arguments import mapped
from azure_hotpatch.components.shared.spec import filled, placed, without_absent
from azure_hotpatch.domain.azure.networks import first_subnet
from azure_hotpatch.domain.azure.resource_ids import group_and_name

# Azure writes the gateway into its address, which is no change of the address.
SET_BY_THE_NAT_GATEWAY = ("natGateway",)


class HoldingNetwork(NamedTuple):
    """The network that holds the subnet: its id, its resource group and its name."""

    id: Any
    group: Any
    name: Any


def spec_of(given: Mapping[str, Any]) -> NetworkSpec:
    """The spec of a network, from checked arguments, with every default filled in."""
    rules = tuple(SecurityRuleSpec(**rule) for rule in given.get("security_rules", ()))
    return filled(NetworkSpec, given, security_rules=rules)


def security_group(spec: NetworkSpec) -> dict[str, Any]:
    """The inputs of the subnet's security group; Azure's own rules let nothing in from the Internet."""
    rules = [_security_rule(rule) for rule in spec.security_rules]
    return without_absent(
        {**placed(spec), "network_security_group_name": spec.security_group_name, "security_rules": rules or None}
    )


def public_ip_addresses(spec: NetworkSpec) -> list[dict[str, Any]]:
    """The inputs of the public address of outbound traffic, None without a NAT gateway."""
    if not spec.nat_gateway:
        return []
    inputs = {
        **placed(spec),
        "public_ip_address_name": spec.public_ip_address_name,
        "sku": {"name": "Standard"},
        "public_ip_allocation_method": "Static",
    }
    return [without_absent(inputs)]


def nat_gateway(spec: NetworkSpec, address_id: Any) -> dict[str, Any]:
    """The inputs of the NAT gateway."""
    inputs = {
        **placed(spec),
        "nat_gateway_name": spec.nat_gateway_name,
        "sku": {"name": "Standard"},
        "public_ip_addresses": [{"id": address_id}],
    }
    return without_absent(inputs)


def virtual_networks(spec: NetworkSpec) -> list[dict[str, Any]]:
    """The inputs of the new network, None for an existing one."""
    if spec.network_id is not None:
        return []
    inputs = {
        **placed(spec),
        "virtual_network_name": spec.network_name,
        "address_space": {"address_prefixes": [spec.address_space]},
    }
    return [without_absent(inputs)]


def existing_or_made(spec: NetworkSpec, made: Sequence[Any]) -> HoldingNetwork:
    """The new network, or the existing one."""
    if made:
        return HoldingNetwork(made[0].id, spec.resource_group_name, made[0].name)
    existing = spec.network_id
    return HoldingNetwork(
        existing,
        mapped(lambda known: group_and_name(known)[0], existing),
        mapped(lambda known: group_and_name(known)[1], existing),
    )


def subnet(
    spec: NetworkSpec, network: HoldingNetwork, security_group_id: Any, gateways: Sequence[Any]
) -> dict[str, Any]:
    """The inputs of the subnet; without a NAT gateway it keeps the network's default outbound access."""
    inputs: dict[str, Any] = {
        "resource_group_name": network.group,
        "virtual_network_name": network.name,
        "address_prefix": spec.subnet_prefix or mapped(first_subnet, spec.address_space),
        "network_security_group": {"id": security_group_id},
    }
    if gateways:
        inputs |= {"nat_gateway": {"id": gateways[0].id}, "default_outbound_access": False}
    if spec.subnet_name is not None:
        inputs["subnet_name"] = spec.subnet_name
    if spec.route_table_id is not None:
        inputs["route_table"] = {"id": spec.route_table_id}
    return inputs


def _security_rule(rule: SecurityRuleSpec) -> dict[str, Any]:
    return {
        "name": rule.name,
        "priority": rule.priority,
        "access": rule.access,
        "direction": rule.direction,
        "protocol": rule.protocol,
        "source_address_prefix": rule.source,
        "source_port_range": "*",
        "destination_address_prefix": rule.destination,
        "destination_port_ranges": rule.ports,
    }
