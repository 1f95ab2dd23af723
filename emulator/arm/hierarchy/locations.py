"""Normalise the names of locations: "West Europe" is westeurope."""

import re

from azure_hotpatch.emulator.arm.protocol.errors import BadRequest

_NAME = re.compile(r"[a-z0-9]+")


def normalised(location: str) -> str:
    return location.replace(" ", "").lower()


def checked(location: str, resource_type: str) -> str:
    """A location in normal form; refused where it cannot be a region's name, taken without asking whether it is one."""
    name = normalised(location)
    if _NAME.fullmatch(name):
        return name
    raise BadRequest(
        f"The provided location '{location}' is not available for resource type '{resource_type}'. "
        f"List of available regions for the resource type is '{','.join(REGIONS)}'.",
        code="LocationNotAvailableForResourceType",
    )


# A part of Azure's regions, for the list of a subscription's locations; any name is taken for a location.
REGIONS = {
    "eastus": "East US",
    "eastus2": "East US 2",
    "westus2": "West US 2",
    "westus3": "West US 3",
    "centralus": "Central US",
    "westcentralus": "West Central US",
    "northeurope": "North Europe",
    "westeurope": "West Europe",
    "uksouth": "UK South",
    "swedencentral": "Sweden Central",
    "germanywestcentral": "Germany West Central",
    "switzerlandnorth": "Switzerland North",
    "francecentral": "France Central",
    "eastasia": "East Asia",
    "southeastasia": "Southeast Asia",
    "japaneast": "Japan East",
    "australiaeast": "Australia East",
}

# "Azure regions with availability zones": of those above, the ones that have none.
_WITHOUT_ZONES = frozenset({"westcentralus"})
_ZONES = ("1", "2", "3")


def zones_of(region: str) -> list[str]:
    return [] if region in _WITHOUT_ZONES else list(_ZONES)
