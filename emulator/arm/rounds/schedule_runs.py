"""The runs of customers' schedules: which windows open, on which machines, and what they install."""

from collections.abc import Iterator
from datetime import datetime

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.patching.installation import InstallationRequest
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.providers.compute import orchestration
from azure_hotpatch.emulator.arm.providers.compute.orchestration import Orchestration
from azure_hotpatch.emulator.arm.rounds import windows
from azure_hotpatch.emulator.arm.rounds.due import Due
from azure_hotpatch.emulator.arm.rounds.estate import Estate

# The spellings of a maintenance configuration, and Compute's.
_REBOOT = {
    "neverreboot": "Never",
    "never": "Never",
    "alwaysreboot": "Always",
    "always": "Always",
}


def dues(estate: Estate, before: datetime, after: datetime) -> Iterator[Due]:
    """The runs that start between two moments. Where two schedules start at once on a machine, one of them runs."""
    openings: dict[str, list[datetime]] = {}
    for member in estate.members:
        if member.by is not Orchestration.SCHEDULE:
            continue
        taken: set[datetime] = set()
        for schedule in member.schedules:
            if schedule.key not in openings:
                openings[schedule.key] = list(windows.openings(_window(schedule), before, after))
            for moment in openings[schedule.key]:
                if moment not in taken:
                    taken.add(moment)
                    yield Due(moment, member.guest, _order(schedule, member.guest.machine, moment))


def _window(schedule: Resource) -> Json:
    found: Json = read(schedule.body, "properties.maintenanceWindow") or {}
    return found


def _order(schedule: Resource, machine: Resource, moment: datetime) -> InstallationRequest:
    patches = read(schedule.body, "properties.installPatches") or {}
    wanted = patches.get("windowsParameters") or {}
    stated = _REBOOT.get(str(patches.get("rebootSetting", "")).lower(), "IfRequired")
    return InstallationRequest(
        wanted,
        orchestration.reboot_setting(machine, stated),
        windows.minutes(_window(schedule)),
        by="Platform",
        run=f"{schedule.id}/providers/Microsoft.Maintenance/applyUpdates/{moment:%Y%m%d%H%M%S}",
    )
