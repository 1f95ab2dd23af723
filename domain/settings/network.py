"""Which network each region's machines are put into: a new one, a subnet of an existing one, or an existing subnet."""

from ipaddress import IPv4Network
from typing import Self

from pydantic import Field, model_validator

from azure_hotpatch.domain.azure.networks import ADDRESS_SPACE, first_subnet, why_not_subnet_prefix
from azure_hotpatch.domain.settings.value import AddressPrefix, LocationName, NetworkId, Settings, SubnetId, wrong

# Azure keeps the first four addresses of a subnet and its last.
ADDRESSES_KEPT_BY_AZURE = 5


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
        return self.address_space or ADDRESS_SPACE

    @property
    def subnet(self) -> str:
        """The prefix of the subnet that is made."""
        return self.subnet_prefix or first_subnet(self.space)

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
            at="subnetId",
            allowed="subnetId alone, networkId with subnetPrefix, or addressSpace with subnetPrefix",
        )
    if network.network_id and network.address_space:
        return wrong(
            "networkId is an existing network, whose address space is its own",
            at="addressSpace",
            allowed="networkId with subnetPrefix",
        )
    if network.network_id and not network.subnet_prefix:
        return wrong("is missing: the prefix of the subnet to make in the network of networkId", at="subnetPrefix")
    return None


def _why_not_placed(network: RegionNetwork) -> Exception | None:
    reason = None
    if not network.subnet_id:
        reason = why_not_subnet_prefix(network.subnet, None if network.network_id else network.space)
    if reason is None:
        return None
    at = "subnetPrefix" if network.subnet_prefix else "addressSpace"
    return wrong(reason, at=at, nearest=first_subnet(network.space) if at == "subnetPrefix" else "")
