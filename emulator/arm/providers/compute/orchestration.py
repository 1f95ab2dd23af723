"""Who installs updates on a machine: Azure, a schedule, the guest itself or, where misconfigured, nobody."""

from enum import Enum

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.providers.schedules import has_schedule


class Orchestration(Enum):
    """The table of scenarios in "Prerequisites for scheduled patching": mode by platform, bypass, schedule."""

    AZURE = "azure"  # by platform, no bypass, no schedule
    SCHEDULE = "schedule"  # by platform, bypass, a schedule
    NOBODY = "nobody"  # by platform, bypass, no schedule
    STOPPED = "stopped"  # what must be there for a schedule or for Azure is not: neither patches the machine
    GUEST = "guest"  # any other mode


def of(tx: Transaction, machine: Resource) -> Orchestration:
    return judged(machine, scheduled=has_schedule(tx, machine))


def judged(machine: Resource, *, scheduled: bool) -> Orchestration:
    """Who patches a machine, given whether a schedule is attached to it."""
    settings = _settings(machine)
    by_platform = str(settings.get("patchMode", "")).lower() == "automaticbyplatform"
    bypass = read(settings, "automaticByPlatformSettings.bypassPlatformSafetyChecksOnUserSchedule") is True
    if by_platform and forbids_extensions(machine):
        return Orchestration.STOPPED
    if scheduled:
        return Orchestration.SCHEDULE if by_platform and bypass else Orchestration.STOPPED
    if not by_platform:
        return Orchestration.GUEST
    return Orchestration.NOBODY if bypass else Orchestration.AZURE


def forbids_extensions(machine: Resource) -> bool:
    """Whether a machine forbids extensions, which Azure installs patches with.

    "Troubleshoot issues with Azure Update Manager": the check that extension operations are allowed.
    """
    return read(machine.body, "properties.osProfile.allowExtensionOperations") is False


def reboot_setting(machine: Resource, otherwise: str = "IfRequired") -> str:
    """The machine's own setting, which overrides the schedule's; `otherwise` where it has none."""
    own = read(_settings(machine), "automaticByPlatformSettings.rebootSetting")
    return str(own) if own and own != "Unknown" else otherwise


def updates_itself(machine: Resource) -> bool:
    """Whether Windows installs updates by itself: AutomaticByOS."""
    return str(_settings(machine).get("patchMode", "")).lower() == "automaticbyos"


def is_assessed_daily(machine: Resource) -> bool:
    return str(_settings(machine).get("assessmentMode", "")).lower() == "automaticbyplatform"


def _settings(machine: Resource) -> Json:
    profile = read(machine.body, "properties.osProfile") or {}
    for system in ("windowsConfiguration", "linuxConfiguration"):
        found = read(profile, f"{system}.patchSettings")
        if found:
            return dict(found)
    return {}
