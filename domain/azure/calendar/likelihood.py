"""How many unplanned baselines to expect in a year: a range from the record, as the number cannot be known."""

from dataclasses import dataclass
from datetime import date

from azure_hotpatch.domain.azure.calendar.months import Calendar
from azure_hotpatch.domain.azure.calendar.recorded_releases import FIRST_MONTH
from azure_hotpatch.domain.azure.calendar.release import Release
from azure_hotpatch.domain.azure.server_generations import Generation


@dataclass(frozen=True, slots=True)
class Unplanned:
    """Statistics from the record of one generation: `unplanned` baselines in `months` months.

    `fewest` and `most` are the numbers in any run of `span` recorded months in a row. Only months that are recorded
    are counted, and none of the preview.
    """

    months: int
    unplanned: int
    span: int
    fewest: int
    most: int
    first: date
    last: date

    def __str__(self) -> str:
        return (
            f"{self.unplanned} unplanned in the {self.months} months from {self.first:%Y-%m} to {self.last:%Y-%m}; "
            f"any {self.span} months in a row had from {self.fewest} to {self.most}"
        )


def unplanned_baselines(calendar: Calendar, generation: Generation, on: date, span: int = 12) -> Unplanned:
    """Count the record up to a day; a span longer than the record is taken as the whole record."""
    first = FIRST_MONTH[generation]
    counted = [event for event in calendar.monthly(generation) if first <= event.day <= on]
    hits = [event.release is Release.UNPLANNED_BASELINE for event in counted]
    width = min(span, len(hits))
    runs = [sum(hits[start : start + width]) for start in range(len(hits) - width + 1)]
    last = counted[-1].day if counted else first
    return Unplanned(len(hits), sum(hits), width, min(runs), max(runs), first, last)
