"""What a `HotpatchNetwork` takes: its arguments, and the same with the defaults filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi

from azure_hotpatch.domain.azure.networks import ADDRESS_SPACE


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


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSpec:
    """The arguments of a HotpatchNetwork with the defaults filled in; None where nothing is said."""

    resource_group_name: pulumi.Input[str]
    location: pulumi.Input[str] | None = None
    address_space: pulumi.Input[str] = ADDRESS_SPACE
    subnet_prefix: pulumi.Input[str] | None = None
    network_id: pulumi.Input[str] | None = None
    nat_gateway: bool = True
    route_table_id: pulumi.Input[str] | None = None
    tags: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None
