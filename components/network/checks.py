"""Which arguments of a `HotpatchNetwork` are refused; the reasons are the domain's."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.components.network.args import HotpatchNetworkArgs
from azure_hotpatch.components.shared.arguments import Check, Problem, Shape
from azure_hotpatch.components.shared.checks import asks, resource_id
from azure_hotpatch.domain.azure import resource_ids
from azure_hotpatch.domain.azure.networks import ADDRESS_SPACE, why_not_prefix, why_not_subnet_prefix


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
