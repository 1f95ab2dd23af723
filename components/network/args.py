"""The arguments of a `HotpatchNetwork`, and its spec: the same with the defaults filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi

from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.networks import ADDRESS_SPACE, RuleAccess, RuleDirection, RuleProtocol


class SecurityRuleArgs(TypedDict):
    """A rule of the subnet's security group."""

    name: pulumi.Input[str]
    """Required. Its name."""
    priority: pulumi.Input[int]
    """Required. 100 to 4096: of the rules that match, the lowest number applies."""
    access: NotRequired[pulumi.Input[RuleAccess]]
    """Optional. Allow or Deny. Default Allow."""
    direction: NotRequired[pulumi.Input[RuleDirection]]
    """Optional. Inbound or Outbound. Default Inbound."""
    protocol: NotRequired[pulumi.Input[RuleProtocol]]
    """Optional. Tcp, Udp, Icmp or *. Default Tcp."""
    source: NotRequired[pulumi.Input[str]]
    """Optional. An address prefix or a service tag. Default VirtualNetwork."""
    destination: NotRequired[pulumi.Input[str]]
    """Optional. An address prefix or a service tag. Default VirtualNetwork."""
    ports: Sequence[pulumi.Input[str]]
    """Required. The destination's ports: 443, 5985-5986 or *."""


class HotpatchNetworkArgs(TypedDict):
    """The arguments of a HotpatchNetwork."""

    resource_group_name: pulumi.Input[str]
    """Required. The resource group of the new resources; an existing network may be in another."""
    location: NotRequired[pulumi.Input[str]]
    """Optional. The region. Default that of the resource group."""
    address_space: NotRequired[pulumi.Input[str]]
    """Optional. The new network's address space. Default 10.0.0.0/16."""
    subnet_prefix: NotRequired[pulumi.Input[str]]
    """Conditional. The subnet's prefix; required with network_id. Default the first /24 of the address space."""
    network_id: NotRequired[pulumi.Input[str]]
    """Optional. The id of an existing network for the new subnet, instead of a new network."""
    nat_gateway: NotRequired[bool]
    """Optional. Whether the subnet gets a NAT gateway. Default true; false only with a route table."""
    route_table_id: NotRequired[pulumi.Input[str]]
    """Optional. The id of a route table for the subnet."""
    network_name: NotRequired[pulumi.Input[str]]
    """Optional. The new network's name in Azure. Default the component's name and a random suffix."""
    subnet_name: NotRequired[pulumi.Input[str]]
    """Optional. The subnet's name in Azure. Default the component's name and a random suffix."""
    security_group_name: NotRequired[pulumi.Input[str]]
    """Optional. The security group's name in Azure. Default the component's name and a random suffix."""
    nat_gateway_name: NotRequired[pulumi.Input[str]]
    """Optional. The NAT gateway's name in Azure. Default the component's name and a random suffix."""
    public_ip_address_name: NotRequired[pulumi.Input[str]]
    """Optional. The name in Azure of the NAT gateway's address. Default the component's name and a random suffix."""
    security_rules: NotRequired[Sequence[SecurityRuleArgs]]
    """Optional. Rules of the subnet's security group. Default none, which lets nothing in from the Internet."""
    tags: NotRequired[pulumi.Input[Mapping[str, pulumi.Input[str]]]]
    """Optional. Tags of every resource that is created."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityRuleSpec:
    """A rule with the defaults filled in."""

    name: pulumi.Input[str]
    priority: pulumi.Input[int]
    ports: Sequence[pulumi.Input[str]]
    access: pulumi.Input[RuleAccess] = defaults.RULE_ACCESS
    direction: pulumi.Input[RuleDirection] = defaults.RULE_DIRECTION
    protocol: pulumi.Input[RuleProtocol] = defaults.RULE_PROTOCOL
    source: pulumi.Input[str] = defaults.RULE_PLACE
    destination: pulumi.Input[str] = defaults.RULE_PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSpec:
    """The arguments of a HotpatchNetwork with the defaults filled in; None where there is no value."""

    resource_group_name: pulumi.Input[str]
    location: pulumi.Input[str] | None = None
    address_space: pulumi.Input[str] = ADDRESS_SPACE
    subnet_prefix: pulumi.Input[str] | None = None
    network_id: pulumi.Input[str] | None = None
    nat_gateway: bool = True
    route_table_id: pulumi.Input[str] | None = None
    network_name: pulumi.Input[str] | None = None
    subnet_name: pulumi.Input[str] | None = None
    security_group_name: pulumi.Input[str] | None = None
    nat_gateway_name: pulumi.Input[str] | None = None
    public_ip_address_name: pulumi.Input[str] | None = None
    security_rules: Sequence[SecurityRuleSpec] = ()
    tags: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None
