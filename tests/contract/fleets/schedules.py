"""Random maintenance configurations, and the assignments that attach them: by id, by group, by subscription."""

from datetime import datetime, timedelta
from typing import Any

from tests.contract.fleets.dice import Dice

Props = dict[str, Any]
_KIND = "Microsoft.Maintenance/configurationAssignments"
_RECURRENCES = (
    *("Week Saturday", "1Week Saturday", "Month Second Tuesday Offset4", "Day", "2Weeks Tuesday,Sunday", "Month day28"),
    *("Month", "4Hours", "Week Funday"),
)
_DURATIONS = ("03:55", "03:55", "03:55", "02:00", "01:00", "05:00")
_FILTERS: tuple[Props, ...] = (
    {"resourceTypes": ["Microsoft.Compute/virtualMachines"]},
    {"locations": ["westeurope"]},
    {"locations": ["West Europe"], "osTypes": ["Windows"]},
    {"locations": ["northeurope"]},
    {"osTypes": ["Linux"]},
    {"tagSettings": {"tags": {"patching": ["schedule"]}, "filterOperator": "All"}},
    {"tagSettings": {"tags": {"Patching": ["schedule"], "team": ["web"]}, "filterOperator": "Any"}},
    {"tagSettings": {"tags": {"patching": ["schedule"], "team": ["web"]}, "filterOperator": "All"}},
    {"tagSettings": {"tags": {"patching": ["schedule"]}}},
    {"resourceGroups": ["other"]},
)
_RIGHT_FILTER = {"tagSettings": {"tags": {"Patching": ["schedule"]}, "filterOperator": "All"}}


def configuration(random: Dice, start: datetime) -> Props:
    """A schedule that begins within days; one in three has a mistake, or is of another scope."""
    window: Props = {
        "startDateTime": f"{start + timedelta(days=random.randint(0, 9)):%Y-%m-%d} 22:00",
        "duration": random.choice(_DURATIONS) if random.slips(0.3) else "03:55",
        "timeZone": random.choice(
            ("UTC", "W. Europe Standard Time", "Europe/Berlin" if random.slips(0.2) else "Tokyo Standard Time")
        ),
        "recurEvery": random.choice(_RECURRENCES if random.slips(0.3) else _RECURRENCES[:4]),
    }
    made = {
        "maintenanceScope": "InGuestPatch",
        "extensionProperties": {"InGuestPatchMode": "User"},
        **window,
        "installPatches": {
            "rebootSetting": random.choice(("Never", "Always", "Sometimes")) if random.slips(0.3) else "IfRequired",
            "windowsParameters": {"classificationsToInclude": _classes(random)},
        },
    }
    if random.slips(0.1):
        made.pop(random.choice(("extensionProperties", "installPatches", "startDateTime")))
    return made


def assignment(random: Dice, name: str, schedule: str, machine: str) -> tuple[str, str, Props]:
    """The module and name of the type, the id, and the inputs of an assignment of a machine, a group or all."""
    own = f"{name}-{machine.rpartition('/')[2]}"
    shared = {"maintenanceConfigurationId": schedule, "configurationAssignmentName": own, "location": "westeurope"}
    way = random.choice(("machine", "machine", "group", "subscription"))
    parts = machine.split("/")
    if way == "machine":
        provider, kind, target = parts[-3:]
        where = {"resourceGroupName": parts[4], "providerName": provider, "resourceType": kind, "resourceName": target}
        return "maintenance:ConfigurationAssignment", f"{machine}/providers/{_KIND}/{own}", {**shared, **where}
    chosen = {"filter": random.choice(_FILTERS) if random.slips(0.7) else _RIGHT_FILTER}
    if way == "group":
        scope, where = "/".join(parts[:5]), {"resourceGroupName": parts[4]}
        token = "maintenance:ConfigurationAssignmentsForResourceGroup"  # noqa: S105 - a token of a type
        return token, f"{scope}/providers/{_KIND}/{own}", {**shared, **where, **chosen}
    scope = "/".join(parts[:3])
    token = "maintenance:ConfigurationAssignmentsForSubscription"  # noqa: S105 - a token of a type
    return token, f"{scope}/providers/{_KIND}/{own}", {**shared, **chosen}


def _classes(random: Dice) -> list[str]:
    right = (["Critical", "Security"], ["Critical", "Security", "UpdateRollup", "Updates"])
    return random.choice((["Definition"], ["UpdateRollUp"], [])) if random.slips(0.3) else random.choice(right)
