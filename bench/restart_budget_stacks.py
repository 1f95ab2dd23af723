"""Random stacks with a restart budget: all modes, windows of many kinds, zones, regions, Azure Local, announcements."""

from random import Random
from typing import Any

_ID = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/branch/providers"
_LOCAL = {
    "customLocationId": f"{_ID}/Microsoft.ExtendedLocation/customLocations/branch",
    "logicalNetworkId": f"{_ID}/Microsoft.AzureStackHCI/logicalNetworks/servers",
}
_RECURRENCES = (
    *("saturdayAfterPatchTuesday", "saturdayAfterBaseline", "Week Sunday", "Month Last Saturday", "Month day28"),
    *("Month Fourth Friday Offset2", "2Weeks Tuesday", "Week Tuesday,Wednesday", "3Days", "2Months First Monday"),
)
_DAYS = ("daily", "Sunday", "Tuesday", "Wednesday", "Saturday")
_REGIONS = ("westeurope", "northeurope", "uksouth")


def random_stack(random: Random) -> dict[str, Any]:
    """The keys of a stack under `azure-hotpatch`."""
    groups = [_group(random, f"g{number}") for number in range(random.randint(1, 3))]
    local = [_local(random, f"l{number}") for number in range(random.randint(0, 2))]
    maintenance: dict[str, Any] = {
        "mode": "hotpatch",
        "rebootSetting": random.choice(("IfRequired",) * 4 + ("Always", "Never")),
    }
    if any(group["patchingMode"] == "customerManagedSchedule" for group in groups):
        maintenance["schedule"] = _schedule(random)
    maintenance["restartBudget"] = _budget(random, [group["name"] for group in (*groups, *local)])
    other = {region: _network(number) for number, region in enumerate(_REGIONS[1:])}
    return {
        "location": "westeurope",
        "images": {"generation": "2025"},
        "network": {"regions": other},
        "fleet": {"machines": groups, "azureLocal": local},
        "maintenance": maintenance,
        "calendar": {"events": _announced(random)},
    }


def _network(number: int) -> dict[str, str]:
    return {"addressSpace": f"10.{20 + number}.0.0/16", "subnetPrefix": f"10.{20 + number}.0.0/24"}


def _group(random: Random, name: str) -> dict[str, Any]:
    modes = ("hotpatch", "hotpatch", "azureManaged", "customerManagedSchedule", "customerManagedSchedule", "paused")
    group: dict[str, Any] = {
        "name": name,
        "count": random.randint(1, 3),
        "patchingMode": random.choice(modes),
        "image": random.choice(("2022-core", "2025-core")),
        "location": random.choice(_REGIONS),
    }
    if random.random() < 0.4:
        group["zones"] = random.sample(["1", "2", "3"], random.randint(1, 3))
    elif random.random() < 0.3:
        group["availabilitySet"] = True
    return group


def _local(random: Random, name: str) -> dict[str, Any]:
    policy = {"tool": "groupPolicy", "installDay": random.choice(_DAYS), "installHour": random.randint(0, 23)}
    tools: tuple[dict[str, Any], ...] = (
        policy,
        policy,
        {"tool": "sconfig"},
        {"tool": "sconfig", "updateSetting": "manual"},
    )
    by = random.choice(tools)
    return {"name": name, **_LOCAL, "orchestration": by, "location": random.choice(_REGIONS)}


def _schedule(random: Random) -> dict[str, Any]:
    recurrence = random.choice(_RECURRENCES)
    month = random.choice(("2026-10", "2027-01") if recurrence == "saturdayAfterBaseline" else ("2026-11", "2027-02"))
    schedule: dict[str, Any] = {
        "start": f"{month}-{random.randint(1, 28):02} {random.randint(0, 22):02}:{random.choice(('00', '30'))}",
        "recurrence": recurrence,
        "duration": random.choice(("01:30", "03:00", "03:30")),
        "timeZone": random.choice(("UTC", "W. Europe Standard Time", "Tokyo Standard Time")),
        "excludeKbsRequiringReboot": random.random() < 0.05,
    }
    return {**schedule, "expires": "2027-09-15 12:00"} if random.random() < 0.15 else schedule


def _budget(random: Random, names: list[str]) -> dict[str, Any]:
    budget: dict[str, Any] = {"perYear": random.randint(0, 13), "unplannedBaselines": random.randint(0, 2)}
    if random.random() < 0.6:
        budget["apart"] = [random.sample(names, min(len(names), random.randint(1, 2)))]
    if random.random() < 0.6:
        budget["notInLastDaysOfMonth"] = random.randint(0, 12)
    return budget


def _announced(random: Random) -> list[dict[str, str]]:
    if random.random() < 0.7:
        return []
    return [{"day": "2027-03-09", "generation": "2022", "release": "unplannedBaseline", "source": "announced"}]
