"""How many unplanned baselines to expect in a year: a range from the record, as the number cannot be known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from azure_hotpatch.domain.azure.calendar.months import Calendar
from azure_hotpatch.domain.azure.calendar.recorded_releases import FIRST_MONTH
from azure_hotpatch.domain.azure.calendar.release import Release
from azure_hotpatch.domain.azure.server_generations import Generation

_RUNS = 12  # so many runs of months are compared at least, where the record has them


@dataclass(frozen=True, slots=True)
class Unplanned:
    """Statistics from the record of one generation: `unplanned` baselines in `months` months.

    `fewest` and `most` are the numbers in any run of `span` months in a row. Where the record is too short to compare
    such runs, they are those of runs of `width` months and of the rest, one after the other. Only months that are
    recorded are counted, and none of the preview.
    """

    months: int
    unplanned: int
    span: int
    fewest: int
    most: int
    first: date
    last: date
    width: int

    def __str__(self) -> str:
        known = f"{self.unplanned} unplanned in the {self.months} months from {self.first:%Y-%m} to {self.last:%Y-%m}"
        if self.width == self.span:
            return f"{known}; any {self.span} months in a row had from {self.fewest} to {self.most}"
        return f"{known}; {self.span} months would have from {self.fewest} to {self.most}, by its runs of {self.width}"


def unplanned_baselines(calendar: Calendar, generation: Generation, on: date, span: int = 12) -> Unplanned:
    """Count the record up to a day, and what so many months had, or would have."""
    first = FIRST_MONTH[generation]
    counted = [event for event in calendar.monthly(generation) if first <= event.day <= on]
    hits = [event.release is Release.UNPLANNED_BASELINE for event in counted]
    width = min(span, len(hits), max(_RUNS, len(hits) - _RUNS + 1))
    blocks = [*([width] * (span // width)), span % width] if width else []
    ranges = [_range(hits, block) for block in blocks]
    last = counted[-1].day if counted else first
    fewest, most = (sum(one[side] for one in ranges) for side in (0, 1))
    return Unplanned(len(hits), sum(hits), span, fewest, most, first, last, width)


def _range(hits: Sequence[bool], months: int) -> tuple[int, int]:
    """The fewest and the most in any so many months in a row."""
    runs = [sum(hits[start : start + months]) for start in range(len(hits) - months + 1)]
    return min(runs), max(runs)
