"""The contract of patch settings: which mode asks Azure for what, and which values contradict each other."""

from enum import StrEnum
from typing import Any, Literal, get_args

from azure_hotpatch.domain.azure.coercion import as_bool, as_one_of

PATCH_MODES = ("AutomaticByPlatform", "AutomaticByOS", "Manual")
ASSESSMENT_MODES = ("AutomaticByPlatform", "ImageDefault")
# "Automatic VM Guest Patching": reboot settings of automaticByPlatformSettings that a person may choose.
RebootSetting = Literal["IfRequired", "Never", "Always"]
REBOOT_SETTINGS: tuple[str, ...] = get_args(RebootSetting)


PatchingModeName = Literal["hotpatch", "azureManaged", "customerManagedSchedule", "paused"]


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
            "with hotpatch, and a schedule attached without it silently stops all patching"
        )
    if mode is PatchingMode.PAUSED:
        return "a schedule attached to a machine in mode 'paused' runs, and patches what should not be patched"
    return f"a schedule attached to a machine in mode {mode.value!r} never runs"


def why_not_hotpatching(enabled: Any) -> str | None:
    """Say why hotpatch is off with this enableHotpatching, or None; absent is not off: Azure fills true in."""
    if enabled is None or as_bool(enabled):
        return None
    if as_bool(enabled) is None:
        return _no_boolean("enableHotpatching", enabled)
    return "enableHotpatching is false, so each month's update restarts the machine"


def why_not_patch_mode(mode: Any) -> str | None:
    """Say why Azure does not patch the guest with this patchMode, or None where it does."""
    if mode is None:
        return "patchMode is absent, which leaves patching to Windows (AutomaticByOS)"
    known = as_one_of(mode, PATCH_MODES)
    if known == "AutomaticByPlatform":
        return None
    if known is None:
        return f"patchMode {mode!r} is not a patch mode"
    return f"patchMode is {known}, and hotpatch needs AutomaticByPlatform"


def why_not_assessment_mode(mode: Any) -> str | None:
    """Say why Azure does not assess the guest every day with this assessmentMode, or None where it does.

    A mode that does not exist is `why_not_known_assessment_mode`'s.
    """
    if mode is None:
        return "assessmentMode is absent, so missing updates are only seen when someone asks (ImageDefault)"
    if as_one_of(mode, ASSESSMENT_MODES) != "ImageDefault":
        return None
    return "assessmentMode is ImageDefault, so missing updates are only seen when someone asks"


def why_not_vm_agent(provisioned: Any) -> str | None:
    """Say why the machine has no agent with this provisionVMAgent, or None; absent is true."""
    if provisioned is None or as_bool(provisioned):
        return None
    if as_bool(provisioned) is None:
        return _no_boolean("provisionVMAgent", provisioned)
    return "provisionVMAgent is false, and Azure patches a guest through its agent only"


def why_not_extension_operations(allowed: Any) -> str | None:
    """Say why Azure cannot patch with this allowExtensionOperations, or None; absent is true."""
    if allowed is None or as_bool(allowed):
        return None
    if as_bool(allowed) is None:
        return _no_boolean("allowExtensionOperations", allowed)
    return "allowExtensionOperations is false, and Azure patches a guest through extensions"


def why_not_bypass_with_hotpatch(bypass: Any) -> str | None:
    """Say why a machine with hotpatch cannot have this bypassPlatformSafetyChecksOnUserSchedule, or None.

    The service's words: "Hotpatch updates require platform safety checks" (terraform-azurerm-windows-vm #4).
    """
    if bypass is None or as_bool(bypass) is False:
        return None
    if as_bool(bypass) is None:
        return _no_boolean("bypassPlatformSafetyChecksOnUserSchedule", bypass)
    return "bypassPlatformSafetyChecksOnUserSchedule is true, and Azure refuses it with hotpatch"


def why_not_platform_settings(mode: Any) -> str | None:
    """Say why automaticByPlatformSettings cannot stand beside this patchMode, or None where they can."""
    if as_one_of(mode, PATCH_MODES) == "AutomaticByPlatform":
        return None
    shown = "absent" if mode is None else repr(mode)
    return f"automaticByPlatformSettings are given, and patchMode is {shown}, not AutomaticByPlatform"


def why_not_automatic_updates(enabled: Any, mode: Any) -> str | None:
    """Say why Azure refuses this enableAutomaticUpdates with this patchMode, or None; absent is true."""
    on = True if enabled is None else as_bool(enabled)
    known = as_one_of(mode, PATCH_MODES)
    if on is None:
        return _no_boolean("enableAutomaticUpdates", enabled)
    if known == "AutomaticByOS" and not on:
        return "enableAutomaticUpdates is false, and patchMode AutomaticByOS needs it true"
    if known == "Manual" and on:
        shown = "true by default" if enabled is None else "true"
        return f"enableAutomaticUpdates is {shown}, and patchMode Manual needs it false"
    return None


def why_not_updates_off_for_good(enabled: Any) -> str | None:
    """Say what is given up with enableAutomaticUpdates false, or None where it is not false."""
    if as_bool(enabled) is not False:
        return None
    return "enableAutomaticUpdates is false; it can only be set when the machine is made, and the API asks for true"


def why_not_restarting(setting: Any) -> str | None:
    """Say why a baseline is not finished with this rebootSetting, or None where it is.

    A setting that does not exist is `why_not_known_reboot_setting`'s.
    """
    if as_one_of(setting, REBOOT_SETTINGS) != "Never":
        return None
    return "rebootSetting is Never, so a baseline is never finished, and no hotpatch is installed on top of it"


def why_not_only_when_required(setting: Any) -> str | None:
    """Say why a machine restarts after updates that do not require it with this rebootSetting, or None."""
    if as_one_of(setting, REBOOT_SETTINGS) != "Always":
        return None
    return "rebootSetting is Always, so the machine restarts after every update, hotpatches among them"


def why_not_known_assessment_mode(mode: Any) -> str | None:
    """Say why Azure refuses this assessmentMode, or None where it takes it, or it is absent."""
    if mode is None or as_one_of(mode, ASSESSMENT_MODES):
        return None
    return f"assessmentMode {mode!r} is not one of {', '.join(ASSESSMENT_MODES)}"


def why_not_known_reboot_setting(setting: Any) -> str | None:
    """Say why Azure refuses this rebootSetting of a machine, or None where it takes it, or it is absent."""
    if setting is None or as_one_of(setting, (*REBOOT_SETTINGS, "Unknown")):
        return None
    return f"rebootSetting {setting!r} is not one of {', '.join(REBOOT_SETTINGS)}"


def _no_boolean(name: str, value: Any) -> str:
    return f"{name} {value!r} is not a boolean"
