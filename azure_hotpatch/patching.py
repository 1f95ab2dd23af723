"""The contract of patch settings: which mode asks Azure for what, and which values contradict each other."""

from enum import StrEnum
from typing import Any

# "Automatic VM Guest Patching": reboot settings of automaticByPlatformSettings that a person may choose.
REBOOT_SETTINGS = ("IfRequired", "Never", "Always")


class PatchingMode(StrEnum):
    """Who decides when a machine is patched, by the names that the portal's users know."""

    HOTPATCH = "hotpatch"  # Azure, in off-peak hours, mostly without a restart
    AZURE_MANAGED = "azureManaged"  # Azure, in off-peak hours, restarting every month
    CUSTOMER_MANAGED_SCHEDULE = "customerManagedSchedule"  # a maintenance configuration
    PAUSED = "paused"  # nobody


# Azure refuses bypassPlatformSafetyChecksOnUserSchedule with hotpatch, and a schedule only runs with it
# (Azure Update Manager, "prerequisites for scheduled patching", scenario table): so hotpatch excludes a schedule.
_BYPASSED = frozenset({PatchingMode.CUSTOMER_MANAGED_SCHEDULE, PatchingMode.PAUSED})


def windows_configuration(mode: PatchingMode, reboot_setting: str = "IfRequired") -> dict[str, Any]:
    """The whole `osProfile.windowsConfiguration` for a mode, in ARM's names.

    Every value is stated: on a hotpatch image Azure fills in what is absent, and absent is not false.
    """
    return {
        "provisionVMAgent": True,
        "enableAutomaticUpdates": True,
        "patchSettings": {
            "patchMode": "AutomaticByPlatform",
            "assessmentMode": "AutomaticByPlatform",
            "enableHotpatching": mode is PatchingMode.HOTPATCH,
            "automaticByPlatformSettings": {
                "rebootSetting": reboot_setting,
                "bypassPlatformSafetyChecksOnUserSchedule": mode in _BYPASSED,
            },
        },
    }


def why_not_schedulable(mode: PatchingMode) -> str | None:
    """Say why a maintenance schedule cannot be attached to a machine in `mode`, or None where it can."""
    if mode is PatchingMode.CUSTOMER_MANAGED_SCHEDULE:
        return None
    if mode is PatchingMode.HOTPATCH:
        return (
            "a machine with hotpatch takes no schedule: Azure refuses bypassPlatformSafetyChecksOnUserSchedule "
            "with hotpatch, and a schedule attached without it stops all patching in silence"
        )
    return f"a schedule attached to a machine in mode {mode.value!r} never runs"
