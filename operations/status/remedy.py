"""What may be done about a cause, for a machine as it is: who installs on it, and what reaches it."""

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.operations.machine import Machine, MachineType
from azure_hotpatch.operations.status.cause import Cause
from azure_hotpatch.operations.status.hotpatching import Installer, patcher_of

_NOW = "install it now (`hotpatch install`)"
# `hotpatch install` and `assess` ask Compute, which knows virtual machines alone.
_ELSEWHERE = "with Azure Update Manager (`Install-AzConnectedMachinePatch`): `hotpatch install` leaves it out"
_ASSESS_ELSEWHERE = (
    "Assess it with Azure Update Manager (`Invoke-AzConnectedAssessMachinePatch`): `hotpatch assess` leaves it out."
)
_PENDING = frozenset({Cause.BEHIND, Cause.PENDING_CRITICAL, Cause.PENDING_SECURITY})
_NOT_ASSESSED = frozenset({Cause.ASSESSMENT_STALE, Cause.NEVER_ASSESSED})
_BY_INSTALLER = {
    Installer.AZURE: f"Wait for Azure, which installs within 30 days, or {_NOW}.",
    Installer.SCHEDULE: f"Wait for its schedule's next window, or {_NOW}.",
    Installer.GUEST: f"Wait for Windows, which installs by its own settings, or {_NOW}.",
    Installer.NOBODY: "Nobody installs it: install it now (`hotpatch install`), and let somebody patch the machine.",
}
_BY_INSTALLER_ELSEWHERE = {
    Installer.SCHEDULE: f"Wait for its schedule's next window, or install it {_ELSEWHERE}.",
    Installer.GUEST: f"Install it on the machine itself, or {_ELSEWHERE}.",
}
_LEFT_OUT = "`hotpatch install` leaves it out, and installs its fix where the stop names one"
_STOPPED_BY_INSTALLER = {
    Installer.AZURE: f"{_LEFT_OUT}; Azure knows no stop and installs it: set patchMode to Manual until the stop ends.",
    Installer.SCHEDULE: f"{_LEFT_OUT}; its schedule knows no stop: exclude the KB there until the stop ends.",
    Installer.GUEST: f"{_LEFT_OUT}; Windows knows no stop: decline the KB where it gets its updates from.",
    Installer.NOBODY: f"{_LEFT_OUT}; nobody else installs it.",
}
_REMEDIES = {
    Cause.OFF_TRACK: (
        "Let it take cumulative updates with their restarts until then, and install the baseline when it comes; "
        "out-of-band updates that are no hotpatch stay off machines with hotpatch."
    ),
    Cause.RESTART_PENDING: "Restart it: what was installed is not in force before, and nothing comes on top of it.",
    Cause.NOBODY_PATCHES: "Set patchMode to AutomaticByPlatform: then Azure installs.",
    Cause.CANNOT_HOTPATCH: "Change what the reason names; a wrong image means a new machine.",
    Cause.INSTALLATION_FAILED: "Read the error of the run (`hotpatch history`), then install again.",
    Cause.WINDOW_EXCEEDED: "Give the window more time, or install fewer classifications in it.",
    Cause.ASSESSMENT_FAILED: "Read the error: mostly the guest does not reach Windows Update. Then assess again.",
    Cause.ASSESSMENT_STUCK: "Assess it again (`hotpatch assess`): what Azure shows as running has ended, most likely.",
    Cause.UNSUPPORTED: "Azure cannot patch this system; patch it from within, or build it from a supported image.",
    Cause.OFF: "Start it: a machine that is off in its off-peak hours is passed over.",
    Cause.AGENT_NOT_READY: "Restart it or reinstall the VM agent: Azure patches through the agent only.",
    Cause.BUILD_UNKNOWN: "Start it, or update its agent: the build comes from there.",
}
# Hotpatch of Arc machines: Windows Server 2025, virtualization-based security, and the feature of its licence.
_REMEDIES_ELSEWHERE = {
    Cause.CANNOT_HOTPATCH: (
        "Change what the reason names; an Arc machine needs Windows Server 2025 Standard or Datacenter, "
        "virtualization-based security that runs, and hotpatch in its licence."
    ),
    Cause.OFF: "Start it, and its Connected Machine agent: nothing of it is known meanwhile.",
}


def remedy_of(cause: Cause, machine: Machine) -> str:
    """What to do about a cause of a machine, in a sentence or two."""
    if cause is Cause.NOBODY_PATCHES:
        return _let_somebody_patch(machine)
    if cause is Cause.PENDING_STOPPED:
        return _STOPPED_BY_INSTALLER[patcher_of(machine)]
    if machine.type is not MachineType.VIRTUAL_MACHINE:
        return _elsewhere(cause, machine)
    if cause in _PENDING:
        return _BY_INSTALLER[patcher_of(machine)]
    return _assess(machine) if cause in _NOT_ASSESSED else _REMEDIES[cause]


def _assess(machine: Machine) -> str:
    if as_word(machine.settings.assessment_mode) == "automaticbyplatform":
        return "Assess it (`hotpatch assess`) while it runs: a machine that is off on the day is passed over."
    return "Assess it (`hotpatch assess`) while it runs, and set assessmentMode to AutomaticByPlatform."


def _elsewhere(cause: Cause, machine: Machine) -> str:
    """For Arc machines, those on Azure Local among them."""
    if cause in _PENDING:
        return _BY_INSTALLER_ELSEWHERE[patcher_of(machine)]
    if cause in _NOT_ASSESSED or cause is Cause.ASSESSMENT_STUCK:
        return _ASSESS_ELSEWHERE
    return _REMEDIES_ELSEWHERE.get(cause, _REMEDIES[cause])


def _let_somebody_patch(machine: Machine) -> str:
    if as_word(machine.settings.patch_mode) != "automaticbyplatform":
        return _REMEDIES[Cause.NOBODY_PATCHES]
    if machine.settings.bypass_platform_safety_checks:
        return "Attach a schedule, or set bypassPlatformSafetyChecksOnUserSchedule to false: then Azure installs."
    return (
        "Detach the schedule for hotpatch, or set bypassPlatformSafetyChecksOnUserSchedule to true for the schedule: "
        "the two exclude each other."
    )
