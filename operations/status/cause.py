"""The causes for concern about a machine, by name."""

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """The names that `--fail-on` takes and that the output's `causes` have."""

    OFF_TRACK = "off-track"
    BEHIND = "behind"
    PENDING_CRITICAL = "pending-critical"
    PENDING_SECURITY = "pending-security"
    PENDING_STOPPED = "pending-stopped"
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


@dataclass(frozen=True, slots=True)
class FoundCause:
    """A cause of one machine, with what is known of it, and what may be done about it."""

    cause: Cause
    detail: str
    remedy: str = ""
