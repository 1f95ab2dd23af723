"""The causes for concern about a machine, by name, and what to do about each."""

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """The names that `--fail-on` takes and that the output's `causes` have."""

    OFF_TRACK = "off-track"
    BEHIND = "behind"
    PENDING_CRITICAL = "pending-critical"
    PENDING_SECURITY = "pending-security"
    RESTART_PENDING = "restart-pending"
    NOBODY_PATCHES = "nobody-patches"
    CANNOT_HOTPATCH = "cannot-hotpatch"
    INSTALLATION_FAILED = "installation-failed"
    WINDOW_EXCEEDED = "window-exceeded"
    ASSESSMENT_FAILED = "assessment-failed"
    ASSESSMENT_STALE = "assessment-stale"
    ASSESSMENT_STUCK = "assessment-stuck"
    NEVER_ASSESSED = "never-assessed"
    UNSUPPORTED = "unsupported"
    OFF = "off"
    AGENT_NOT_READY = "agent-not-ready"
    BUILD_UNKNOWN = "build-unknown"


REMEDIES: dict[Cause, str] = {
    Cause.OFF_TRACK: (
        "Let it take cumulative updates with their restarts until then, and install the baseline when it comes; "
        "out-of-band updates that are no hotpatch stay off machines with hotpatch."
    ),
    Cause.BEHIND: "Wait for Azure, which installs within 30 days, or install it now (`hotpatch install`).",
    Cause.PENDING_CRITICAL: "Install critical updates now (`hotpatch install`), or see why nobody has.",
    Cause.PENDING_SECURITY: (
        "Install security updates now (`hotpatch install`), or wait for Azure, which installs within 30 days."
    ),
    Cause.RESTART_PENDING: "Restart it: what was installed is not in force before, and nothing comes on top of it.",
    Cause.NOBODY_PATCHES: (
        "Set patchMode to AutomaticByPlatform; for hotpatch detach the schedule, for a schedule set "
        "bypassPlatformSafetyChecksOnUserSchedule to true: the two exclude each other."
    ),
    Cause.CANNOT_HOTPATCH: "Change what the reason names; a wrong image means a new machine.",
    Cause.INSTALLATION_FAILED: "Read the error of the run (`hotpatch history`), then install again.",
    Cause.WINDOW_EXCEEDED: "Give the window more time, or install fewer classifications in it.",
    Cause.ASSESSMENT_FAILED: "Read the error: mostly the guest does not reach Windows Update. Then assess again.",
    Cause.ASSESSMENT_STALE: "Assess it (`hotpatch assess`), or set assessmentMode to AutomaticByPlatform.",
    Cause.ASSESSMENT_STUCK: "Assess it again (`hotpatch assess`): what Azure shows as running has ended, most likely.",
    Cause.NEVER_ASSESSED: "Set assessmentMode to AutomaticByPlatform, and have it assessed once while it runs.",
    Cause.UNSUPPORTED: "Azure cannot patch this system; patch it from within, or build it from a supported image.",
    Cause.OFF: "Start it: a machine that is off in its off-peak hours is passed over.",
    Cause.AGENT_NOT_READY: "Restart it or reinstall the VM agent: Azure patches through the agent only.",
    Cause.BUILD_UNKNOWN: "Start it, or update its agent: the build comes from there.",
}


@dataclass(frozen=True, slots=True)
class FoundCause:
    """A cause of one machine, with what is known of it."""

    cause: Cause
    detail: str

    @property
    def remedy(self) -> str:
        return REMEDIES[self.cause]
