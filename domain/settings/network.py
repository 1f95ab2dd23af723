"""The network of each region's machines: a new one, a new subnet of an existing one, or an existing subnet."""

from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import Annotated, Any, ClassVar

from pydantic import Field

from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.networks import ADDRESS_SPACE, RuleAccess, RuleDirection, RuleProtocol, first_subnet
from azure_hotpatch.domain.settings.value import AddressPrefix, LocationName, NetworkId, NumberLike, SubnetId
from azure_hotpatch.domain.vocabulary import rule_types as types
from azure_hotpatch.domain.vocabulary.check import Check
from azure_hotpatch.domain.vocabulary.model import Settings
from azure_hotpatch.domain.vocabulary.network_checks import NETWORK_CHECKS
from azure_hotpatch.domain.vocabulary.problem import Problem, printed

# Azure keeps the first four addresses of a subnet and its last.
ADDRESSES_KEPT_BY_AZURE = 5


def _existing_subnet_alone(subnet_id: Any, network_id: Any, space: Any, prefix: Any) -> Iterator[Problem]:
    if subnet_id and (network_id or space or prefix):
        yield Problem(
            "subnet_id",
            "is an existing subnet, and no other network setting can be given with it",
            printed(subnet_id),
            "subnetId alone, networkId with subnetPrefix, or addressSpace with subnetPrefix",
        )


def _in_a_new_subnet(check: Check) -> Check:
    """The same check, skipped if the subnet exists already."""
    return Check(("subnet_id", *check.reads), lambda subnet_id, *values: () if subnet_id else check.find(*values))


def _rules_differ(rules: Any) -> Iterator[Problem]:
    said = {index: (rule.name, rule.direction, rule.priority) for index, rule in enumerate(rules)}
    return types.rules_differ("rules", said)


def _no_rules_of_an_existing_subnet(rules: Any, subnet_id: Any) -> Iterator[Problem]:
    if rules and subnet_id:
        yield Problem("rules", "the subnet exists already, with a security group of its own", allowed="no rules")


class SecurityRule(Settings):
    """A rule of a new subnet's security group."""

    name: str
    """Its name."""
    priority: Annotated[int, types.PRIORITY]
    """100 to 4096: of the rules that match, the lowest number applies."""
    ports: tuple[Annotated[str, NumberLike, types.PORTS], ...]
    """The destination's ports: 443, 5985-5986 or *."""
    access: Annotated[RuleAccess, types.ACCESS] = defaults.RULE_ACCESS
    """Allow or Deny."""
    direction: Annotated[RuleDirection, types.DIRECTION] = defaults.RULE_DIRECTION
    """Inbound or Outbound."""
    protocol: Annotated[RuleProtocol, types.PROTOCOL] = defaults.RULE_PROTOCOL
    """Tcp, Udp, Icmp or *."""
    source: str = defaults.RULE_PLACE
    """An address prefix or a service tag."""
    destination: str = defaults.RULE_PLACE
    """An address prefix or a service tag."""


class RegionNetwork(Settings):
    """The network of one region. Existing resources are named by id; the rest is created."""

    address_space: AddressPrefix | None = None
    """The new network's address space; default 10.0.0.0/16."""
    subnet_prefix: AddressPrefix | None = None
    """The new subnet's prefix; default the first /24 of the address space (required in an existing network)."""
    network_id: NetworkId | None = None
    """An existing network in which the subnet is made."""
    subnet_id: SubnetId | None = None
    """An existing subnet, used as it is."""
    nat_gateway: bool = True
    """Whether a new subnet gets a NAT gateway: without outbound access a machine never reaches Windows Update."""

    rules: tuple[SecurityRule, ...] = ()
    """Rules of a new subnet's security group; default none, which lets nothing in from the Internet."""

    checks: ClassVar[tuple[Check, ...]] = (
        Check(("rules",), _rules_differ),
        Check(("rules", "subnet_id"), _no_rules_of_an_existing_subnet),
        *map(_in_a_new_subnet, NETWORK_CHECKS),
        Check(("subnet_id", "network_id", "address_space", "subnet_prefix"), _existing_subnet_alone),
    )

    @property
    def space(self) -> str:
        """The address space of the network that is made."""
        return self.address_space or ADDRESS_SPACE

    @property
    def subnet(self) -> str:
        """The prefix of the subnet that is made."""
        return self.subnet_prefix or first_subnet(self.space)

    @property
    def capacity(self) -> int | None:
        """How many machines fit into the subnet; None where it exists and is not known here."""
        return None if self.subnet_id else IPv4Network(self.subnet).num_addresses - ADDRESSES_KEPT_BY_AZURE


class NetworkSettings(RegionNetwork):
    """The network of the stack's location, and those of further regions."""

    regions: dict[LocationName, RegionNetwork] = Field(default_factory=dict)
    """The networks of further regions, by location: every location that a group names must have one."""
