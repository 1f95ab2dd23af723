"""How a stack's resources are named: prefix, machine numbers, and name patterns in Azure."""

import re
from functools import partial
from typing import Annotated

from azure_hotpatch.domain.azure.resource_names import OF_A_DISK, OF_A_REGION, PARTS, why_not_pattern
from azure_hotpatch.domain.vocabulary.model import Settings
from azure_hotpatch.domain.vocabulary.named_type import NamedType, within

_PREFIX = re.compile(r"(?:[a-z][a-z0-9-]{0,22})?")


def _why_not_prefix(prefix: str) -> str | None:
    if _PREFIX.fullmatch(prefix):
        return None
    return f"{prefix!r} is not a prefix: a letter, then lower-case letters, digits and hyphens, 23 characters at most"


def _pattern(parts: tuple[str, ...], needed: tuple[str, ...]) -> NamedType:
    allowed = "letters, digits, hyphens, dots, underscores and " + ", ".join(f"{{{part}}}" for part in parts)
    return NamedType("pattern", partial(why_not_pattern, parts=parts, needed=needed), allowed=allowed)


_NAME_PREFIX = NamedType("prefix", _why_not_prefix, str.lower)
_DIGITS = within("number of digits", 1, 4)
Pattern = Annotated[str, _pattern(PARTS, ("name",))]
DiskPattern = Annotated[str, _pattern(OF_A_DISK, ("name", "unit"))]
RegionPattern = Annotated[str, _pattern(OF_A_REGION, ("location",))]
SubnetPattern = Annotated[str, _pattern(OF_A_REGION, ())]


class Patterns(Settings):
    """Names of resources in Azure, exactly; a type without a pattern gets a random suffix."""

    resource_group: Pattern | None = None
    """Of resource groups: rg-{name}-{location}. {name} is fleet, or the group's resourceGroup."""
    machine: Pattern | None = None
    """Of virtual machines: {prefix}{name}. {name} is the machine's, {group} its group's."""
    scale_set: Pattern | None = None
    """Of scale sets: vmss-{name}."""
    interface: Pattern | None = None
    """Of network interfaces: nic-{name}. {name} is the machine's."""
    disk: DiskPattern | None = None
    """Of separate data disks: disk-{name}-{unit}. {name} is the machine's."""
    availability_set: Pattern | None = None
    """Of availability sets: avail-{name}. {name} is the group's."""
    load_balancer: Pattern | None = None
    """Of the load balancers of scale sets: lb-{name}. {name} is the set's."""
    network: RegionPattern | None = None
    """Of virtual networks: vnet-{prefix}{location}. There is one in each region."""
    subnet: SubnetPattern | None = None
    """Of subnets: snet-machines. There is one in each network."""
    security_group: RegionPattern | None = None
    """Of the subnets' network security groups: nsg-{prefix}{location}."""
    nat_gateway: RegionPattern | None = None
    """Of NAT gateways: ng-{prefix}{location}."""
    public_address: RegionPattern | None = None
    """Of the NAT gateways' public addresses: pip-{prefix}{location}."""
    schedule: RegionPattern | None = None
    """Of maintenance configurations: mc-{prefix}{location}. One in each region with scheduled machines."""


class Naming(Settings):
    """How resources are named."""

    prefix: Annotated[str, _NAME_PREFIX] = ""
    """The prefix of every resource's name: `prod-`. Computer names do not have it."""
    digits: Annotated[int, _DIGITS] = 2
    """How many digits a numbered machine has: 2 makes `web-01`."""
    patterns: Patterns = Patterns()
    """Name patterns in Azure of resources, by kind; default: a name with a random suffix."""
