"""Which network each region's machines are put into: a new one, a subnet of an existing one, or an existing subnet."""

from ipaddress import IPv4Network
from typing import Self

from pydantic import Field, model_validator

from azure_hotpatch.settings.value import AddressPrefix, LocationName, NetworkId, Settings, SubnetId, wrong

DEFAULT_ADDRESS_SPACE = "10.0.0.0/16"
# Azure keeps the first four addresses of a subnet and its last, and a subnet is a /29 at least.
ADDRESSES_KEPT_BY_AZURE = 5
_SMALLEST = 29


class RegionNetwork(Settings):
    """The network of one region. Existing ones are named by id; what is not named is made."""

    address_space: AddressPrefix | None = None
    """The new network's address space; default 10.0.0.0/16."""
    subnet_prefix: AddressPrefix | None = None
    """The new subnet's prefix; default the first /24 of the address space (required in an existing network)."""
    network_id: NetworkId | None = None
    """An existing network in which the subnet is made."""
    subnet_id: SubnetId | None = None
    """An existing subnet, used as it is."""
    nat_gateway: bool = True
    """Whether a new subnet gets a NAT gateway: without a way out a machine never reaches Windows Update."""

    @property
    def space(self) -> str:
        """The address space of the network that is made."""
        return self.address_space or DEFAULT_ADDRESS_SPACE

    @property
    def subnet(self) -> str:
        """The prefix of the subnet that is made."""
        return self.subnet_prefix or _first_subnet(self.space)

    @property
    def capacity(self) -> int | None:
        """How many machines fit into the subnet; None where it exists and is not known here."""
        return None if self.subnet_id else IPv4Network(self.subnet).num_addresses - ADDRESSES_KEPT_BY_AZURE

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        reason = _why_not_consistent(self) or _why_not_placed(self)
        if reason:
            raise reason
        return self


class NetworkSettings(RegionNetwork):
    """The network of the stack's location, and those of further regions."""

    regions: dict[LocationName, RegionNetwork] = Field(default_factory=dict)
    """The networks of further regions, by location: every location that a group names must have one."""


def _why_not_consistent(network: RegionNetwork) -> Exception | None:
    if network.subnet_id and (network.network_id or network.address_space or network.subnet_prefix):
        return wrong(
            "subnetId is an existing subnet, so nothing else of the network can be said",
            allowed="subnetId alone, networkId with subnetPrefix, or addressSpace with subnetPrefix",
        )
    if network.network_id and network.address_space:
        return wrong(
            "networkId is an existing network, whose addressSpace is its own", allowed="networkId with subnetPrefix"
        )
    if network.network_id and not network.subnet_prefix:
        return wrong("networkId is given without subnetPrefix, the prefix of the subnet to make in it")
    return None


def _why_not_placed(network: RegionNetwork) -> Exception | None:
    if network.subnet_id:
        return None
    subnet = IPv4Network(network.subnet)
    if subnet.prefixlen > _SMALLEST:
        return wrong(f"the subnet {network.subnet} is too small: Azure takes a /{_SMALLEST} at least")
    if network.network_id or subnet.subnet_of(IPv4Network(network.space)):
        return None
    return wrong(
        f"subnetPrefix {network.subnet} is not inside addressSpace {network.space}",
        nearest=_first_subnet(network.space),
    )


def _first_subnet(space: str) -> str:
    network = IPv4Network(space)
    return str(next(network.subnets(new_prefix=max(24, network.prefixlen))))
