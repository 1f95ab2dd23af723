"""The state of an assessment: fresh, old, failed, unfinished, or none; each calls for another action."""

from datetime import datetime, timedelta
from enum import StrEnum

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.operations.machine import Assessment, Machine

# LinuxPatchExtension, pull requests 70 and 74: a summary can stay InProgress although nothing runs any more.
LONGEST = timedelta(hours=3)
TOGETHER = "criticalAndSecurity"  # an instance view's count


class Freshness(StrEnum):
    """The state of the last assessment."""

    FRESH = "assessed"
    STALE = "stale"
    FAILED = "failed"
    RUNNING = "in progress"
    STUCK = "in progress without an end"
    UNSUPPORTED = "unsupported"
    NONE_KEPT = "none in 7 days"
    NEVER = "never"


def freshness_of(machine: Machine, now: datetime, older_than: timedelta) -> Freshness:
    """The state of a machine's last assessment at a moment.

    Resource Graph shows a machine that was never assessed and one whose assessment it forgot alike; the instance view
    tells them apart where it was asked.
    """
    found = machine.assessment
    if found is None:
        return Freshness.NEVER if machine.viewed else Freshness.NONE_KEPT
    if found.support == "Unsupported":
        return Freshness.UNSUPPORTED
    status = as_word(found.status)
    if status in {"inprogress", "notstarted"}:
        return Freshness.STUCK if now - found.at > LONGEST else Freshness.RUNNING
    if status == "failed":
        return Freshness.FAILED
    return Freshness.STALE if now - found.at > older_than else Freshness.FRESH


def pending(assessment: Assessment, classification: str) -> int | None:
    """How many updates of a classification an assessment found; None where it gives only the sum of two."""
    return assessment.counts.get(classification, None if TOGETHER in assessment.counts else 0)


def pending_security(assessment: Assessment) -> int:
    """How many critical and security updates it found: what Azure installs by itself."""
    counts = assessment.counts
    return counts.get(TOGETHER, counts.get("critical", 0) + counts.get("security", 0))
