"""The named types of a maintenance schedule: start, duration, recurrence, time zone, updates."""

from typing import get_args

from azure_hotpatch.domain.azure.maintenance import (
    CLASSIFICATIONS,
    NAMED_RECURRENCES,
    TIME_ZONES,
    named_recurrence,
    nearest_classification,
    nearest_time_zone,
    why_not_classification,
    why_not_duration,
    why_not_kb_number,
    why_not_moment,
    why_not_recurrence,
    why_not_start,
    why_not_time_zone,
)
from azure_hotpatch.domain.azure.maintenance.updates import TagOperator
from azure_hotpatch.domain.azure.nearest import nearest
from azure_hotpatch.domain.vocabulary.named_type import NamedType, one_of

_A_MOMENT = {"pattern": r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}"}
_SHORTEST, _LONGEST = "01:30", "03:55"


def _meant_recurrence(text: str) -> str:
    bare_month = text.strip().lower().rstrip("s").endswith(("month", "monthly"))
    return "saturdayAfterPatchTuesday" if bare_month else nearest(text, NAMED_RECURRENCES)


def _meant_duration(text: str) -> str:
    """The same length as `HH:mm`; "" where no such length is in the range."""
    hours, _, minutes = text.partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and int(minutes) < 60):
        return ""
    written = f"{int(hours):02}:{int(minutes):02}"
    return written if _SHORTEST <= written <= _LONGEST and len(written) == 5 else ""


START = NamedType("start", why_not_start, allowed="YYYY-MM-DD hh:mm", schema=_A_MOMENT)
MOMENT = NamedType("moment", why_not_moment, allowed="YYYY-MM-DD hh:mm", schema=_A_MOMENT)
RECURRENCE = NamedType(
    "recurrence",
    lambda text: why_not_recurrence(named_recurrence(text)),
    _meant_recurrence,
    f"{', '.join(NAMED_RECURRENCES)}, or Azure's grammar: Day, Week Saturday, Month day1, Month Second Tuesday Offset4",
    {"examples": [*NAMED_RECURRENCES, "Week Saturday", "Month Second Tuesday Offset4"]},
)
DURATION = NamedType("duration", why_not_duration, _meant_duration, f"HH:mm, {_SHORTEST} to {_LONGEST}")
TIME_ZONE = NamedType(
    "time zone",
    why_not_time_zone,
    nearest_time_zone,
    "a Windows time zone, such as UTC or W. Europe Standard Time",
    {"enum": list(TIME_ZONES)},
)
KB_NUMBER = NamedType("KB number", why_not_kb_number, allowed="KB5034129, or 5034129")
CLASSIFICATION = NamedType(
    "classification",
    why_not_classification,
    nearest_classification,
    ", ".join(CLASSIFICATIONS),
    {"enum": list(CLASSIFICATIONS)},
    first=True,
)
TAG_OPERATOR = one_of("tag operator", get_args(TagOperator))
