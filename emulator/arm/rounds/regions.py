"""Regions in the order of a rollout: their pairs, and their local time."""

from datetime import tzinfo
from functools import cache
from zlib import crc32
from zoneinfo import ZoneInfo

from azure_hotpatch.emulator.arm.hierarchy.locations import normalised

# "Azure cross-region replication pairings": the first region of a pair is patched in the first phase, the second in the
# second. A region that is the pair of two others stands once, and they on its other side.
_FIRST = {
    "eastus": "America/New_York",
    "eastus2": "America/New_York",
    "northcentralus": "America/Chicago",
    "westus2": "America/Los_Angeles",
    "canadacentral": "America/Toronto",
    "brazilsouth": "America/Sao_Paulo",
    "northeurope": "Europe/Dublin",
    "francecentral": "Europe/Paris",
    "germanywestcentral": "Europe/Berlin",
    "norwayeast": "Europe/Oslo",
    "swedencentral": "Europe/Stockholm",
    "switzerlandnorth": "Europe/Zurich",
    "uksouth": "Europe/London",
    "uaenorth": "Asia/Dubai",
    "southafricanorth": "Africa/Johannesburg",
    "eastasia": "Asia/Hong_Kong",
    "japaneast": "Asia/Tokyo",
    "koreacentral": "Asia/Seoul",
    "southindia": "Asia/Kolkata",
    "australiaeast": "Australia/Sydney",
    "australiacentral": "Australia/Sydney",
}
_SECOND = {
    "westus": "America/Los_Angeles",
    "westus3": "America/Phoenix",
    "centralus": "America/Chicago",
    "southcentralus": "America/Chicago",
    "westcentralus": "America/Denver",
    "canadaeast": "America/Toronto",
    "westeurope": "Europe/Amsterdam",
    "francesouth": "Europe/Paris",
    "germanynorth": "Europe/Berlin",
    "norwaywest": "Europe/Oslo",
    "swedensouth": "Europe/Stockholm",
    "switzerlandwest": "Europe/Zurich",
    "ukwest": "Europe/London",
    "uaecentral": "Asia/Dubai",
    "southafricawest": "Africa/Johannesburg",
    "southeastasia": "Asia/Singapore",
    "japanwest": "Asia/Tokyo",
    "koreasouth": "Asia/Seoul",
    "centralindia": "Asia/Kolkata",
    "westindia": "Asia/Kolkata",
    "australiasoutheast": "Australia/Melbourne",
    "australiacentral2": "Australia/Sydney",
}
PHASES = 2


def phase(region: str) -> int:
    """0 or 1; paired regions are never in the same one. A region without a pair is in either."""
    name = normalised(region)
    if name in _FIRST:
        return 0
    return 1 if name in _SECOND else crc32(name.encode()) % PHASES


@cache
def time_zone(region: str) -> tzinfo:
    """The time zone of a region; UTC of one that is not known here."""
    name = normalised(region)
    return ZoneInfo(_FIRST.get(name) or _SECOND.get(name) or "UTC")
