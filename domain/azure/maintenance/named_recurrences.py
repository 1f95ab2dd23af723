"""This toolkit's named recurrences: around Patch Tuesday, every month or in planned baseline months only."""

from azure_hotpatch.domain.azure.calendar import BASELINE_MONTHS
from azure_hotpatch.domain.azure.maintenance.window import parse_moment, why_not_moment

# "Schedule recurring updates for machines" shows the Saturday after Patch Tuesday as the second Tuesday plus four.
NAMED_RECURRENCES = {
    "saturdayAfterPatchTuesday": "1Month Second Tuesday Offset4",
    "saturdayAfterBaseline": "3Months Second Tuesday Offset4",
}
_BASELINES_ONLY = "saturdayAfterBaseline"


def named_recurrence(text: str) -> str:
    """Translate a named recurrence into Azure's grammar; any other `text` is returned unchanged."""
    return NAMED_RECURRENCES.get(text, text)


def why_not_baseline_start(recurrence: str, start: str) -> str | None:
    """Say why a schedule for baseline months cannot start at `start`, or None: every third month counts from there."""
    if recurrence != _BASELINES_ONLY or why_not_moment(start):
        return None
    month = parse_moment(start).month
    if month in BASELINE_MONTHS:
        return None
    return (
        f"{_BASELINES_ONLY} recurs every third month from the start, and {start!r} is not in a month of a planned "
        "baseline: January, April, July or October"
    )
