"""What a `HotpatchNetwork` is asked for, and which of it is refused."""

from collections.abc import Iterator, Mapping
from typing import Any, NotRequired, TypedDict

import pulumi

from azure_hotpatch.components.shared.arguments import Check, Problem, Shape
from azure_hotpatch.components.shared.checks import asks, resource_id
from azure_hotpatch.domain.azure import resource_ids
from azure_hotpatch.domain.azure.networks import ADDRESS_SPACE, why_not_prefix, why_not_subnet_prefix


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


SHAPE = Shape(
    HotpatchNetworkArgs,
    (
        asks("address_space", why_not_prefix),
        Check(("address_space", "network_id"), _new_or_existing),
        Check(("subnet_prefix", "address_space", "network_id"), _subnet_fits),
        resource_id("network_id", resource_ids.NETWORK),
        resource_id("route_table_id", resource_ids.ROUTE_TABLE),
    ),
)
