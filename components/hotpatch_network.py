"""A network whose machines reach Windows Update and cannot be reached from the Internet."""

from collections.abc import Iterator, Mapping
from typing import Any, NotRequired, TypedDict

import pulumi
from pulumi_azure_native.network import NatGateway, NetworkSecurityGroup, PublicIPAddress, Subnet, VirtualNetwork

from azure_hotpatch import resource_ids
from azure_hotpatch.components import network_plan as plan
from azure_hotpatch.components.arguments import Check, Problem, accepted
from azure_hotpatch.components.checks import asks, resource_id
from azure_hotpatch.components.children import child_options
from azure_hotpatch.networks import ADDRESS_SPACE, why_not_prefix, why_not_subnet_prefix


class HotpatchNetworkArgs(TypedDict):
    """The arguments of a HotpatchNetwork."""

    resource_group_name: pulumi.Input[str]
    """Required. The resource group of what is made; an existing network may be in another."""
    location: NotRequired[pulumi.Input[str]]
    """Optional. The region. Default that of the resource group."""
    address_space: NotRequired[pulumi.Input[str]]
    """Optional. The new network's address space. Default 10.0.0.0/16."""
    subnet_prefix: NotRequired[pulumi.Input[str]]
    """Conditional. The subnet's prefix; required with network_id. Default the first /24 of the address space."""
    network_id: NotRequired[pulumi.Input[str]]
    """Optional. The id of an existing network in which the subnet is made, instead of a new network."""
    nat_gateway: NotRequired[bool]
    """Optional. Whether the subnet gets a NAT gateway. Default true; false only where a route table leads out."""
    route_table_id: NotRequired[pulumi.Input[str]]
    """Optional. The id of a route table for the subnet."""
    tags: NotRequired[pulumi.Input[Mapping[str, pulumi.Input[str]]]]
    """Optional. Tags of what is made."""


class HotpatchNetwork(pulumi.ComponentResource):
    """A virtual network, or a subnet of an existing one, with a security group and a NAT gateway.

    Nothing is let in from the Internet. What goes out has one known address.
    """

    network_id: pulumi.Output[str]
    """The id of the virtual network."""
    subnet_id: pulumi.Output[str]
    """The id of the subnet that machines are put into."""
    security_group_id: pulumi.Output[str]
    """The id of the subnet's security group."""
    outbound_ip_address: pulumi.Output[str]
    """The address from which machines go out, empty without a NAT gateway."""

    def __init__(self, name: str, args: HotpatchNetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        given = accepted("HotpatchNetwork", name, HotpatchNetworkArgs, CHECKS, args)
        super().__init__("azure-hotpatch:index:HotpatchNetwork", name, None, opts)
        child = child_options(self, opts)
        security_group = NetworkSecurityGroup(f"{name}-nsg", opts=child, **plan.placed(given))
        addresses = [
            PublicIPAddress(f"{name}-nat-ip", opts=child, **inputs) for inputs in plan.public_ip_addresses(given)
        ]
        gateways = [NatGateway(f"{name}-nat", opts=child, **plan.nat_gateway(given, ip.id)) for ip in addresses]
        networks = [VirtualNetwork(f"{name}-vnet", opts=child, **inputs) for inputs in plan.virtual_networks(given)]
        network = plan.existing_or_made(given, networks)
        subnet = Subnet(f"{name}-subnet", opts=child, **plan.subnet(given, network, security_group.id, gateways))
        self.network_id = pulumi.Output.from_input(network["id"])
        self.subnet_id = subnet.id
        self.security_group_id = security_group.id
        self.outbound_ip_address = addresses[0].ip_address.apply(lambda ip: ip or "") if addresses else _nothing()
        self.register_outputs({output: getattr(self, output) for output in type(self).__annotations__})


def _nothing() -> pulumi.Output[str]:
    return pulumi.Output.from_input("")


def _subnet_fits(subnet: Any, space: Any, network_id: Any) -> Iterator[Problem]:
    if network_id and not subnet:
        yield Problem(
            "subnet_prefix", "it is required with network_id: the prefix of the subnet to make in that network"
        )
    reason = why_not_subnet_prefix(subnet, None if network_id else space or ADDRESS_SPACE) if subnet else None
    if reason:
        yield Problem("subnet_prefix", reason, repr(subnet))


def _new_or_existing(space: Any, network_id: Any) -> Iterator[Problem]:
    if space and network_id:
        why = "network_id is an existing network, whose address space is its own"
        yield Problem("address_space", why, repr(space), "network_id with subnet_prefix, or address_space")


CHECKS = (
    asks("address_space", why_not_prefix),
    Check(("address_space", "network_id"), _new_or_existing),
    Check(("subnet_prefix", "address_space", "network_id"), _subnet_fits),
    resource_id("network_id", resource_ids.NETWORK),
    resource_id("route_table_id", resource_ids.ROUTE_TABLE),
)
