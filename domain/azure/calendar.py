"""When hotpatch machines restart: planned baselines, what each month really was, and what is only planned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count

from azure_hotpatch.domain.azure.calendar_events import EVENTS
from azure_hotpatch.domain.azure.patch_event import Generation, PatchEvent, Release

# "Windows Server release information", hotpatch calendar: a baseline in the first month of each quarter, a hotpatch
# in the others, each on the second Tuesday.
BASELINE_MONTHS = (1, 4, 7, 10)
_TUESDAY = 1


class Certainty(StrEnum):
    """How a month is known."""

    ACTUAL = "actual"
    PLANNED = "planned"
    UNKNOWN = "not recorded"  # it is over, and what came is in no record


@dataclass(frozen=True, slots=True)
class PatchMonth:
    """What came, or is planned to come, on one second Tuesday."""

    day: date
    release: Release  # as it came; as it was planned where that is not known
    certainty: Certainty
    event: PatchEvent | None = None

    def __str__(self) -> str:
        if self.certainty is Certainty.ACTUAL:
            return str(self.release)
        if self.certainty is Certainty.UNKNOWN:
            return f"{self.release} was planned; what came is not recorded"
        if self.release.restarts:
            return f"{self.release} planned: a restart"
        return "hotpatch planned; an unplanned baseline, with a restart, may take its place"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The recorded releases; a later event of the same month and generation overrides an earlier one."""

    events: tuple[PatchEvent, ...] = EVENTS

    def extended(self, more: Iterable[PatchEvent]) -> "Calendar":
        return Calendar((*self.events, *more))

    def month(self, generation: Generation, year: int, month: int, today: date) -> PatchMonth:
        """What a month was, or is planned to be as `today` sees it."""
        event = self._recorded(generation, year, month)
        if event:
            certainty = Certainty.ACTUAL if event.day <= today else Certainty.PLANNED
            return PatchMonth(event.day, event.release, certainty, event)
        day = patch_day(year, month)
        return PatchMonth(day, planned_release(month), Certainty.PLANNED if day >= today else Certainty.UNKNOWN)

    def forecast(self, generation: Generation, today: date, months: int = 12) -> tuple[PatchMonth, ...]:
        """The patch days from `today` on, `months` of them."""
        first = today if patch_day(today.year, today.month) >= today else _next_month(today)
        return tuple(self.month(generation, *_month_after(first, ahead), today) for ahead in range(months))

    def next_baseline(self, generation: Generation, today: date) -> PatchMonth:
        """The next baseline, recorded or planned, `today` included: the next restart that is sure to come."""
        months = (self.month(generation, *_month_after(today, ahead), today) for ahead in count())
        return next(month for month in months if month.release.is_baseline and month.day >= today)

    def latest_baseline(self, generation: Generation, on: date) -> PatchEvent | None:
        """The latest recorded baseline, planned or not, that was out on a day; None before the first record."""
        out = [event for event in self._by_month(generation) if event.release.is_baseline and event.day <= on]
        return max(out, key=lambda event: event.day, default=None)

    def _recorded(self, generation: Generation, year: int, month: int) -> PatchEvent | None:
        found = [event for event in self._by_month(generation) if (event.day.year, event.day.month) == (year, month)]
        return found[0] if found else None

    def _by_month(self, generation: Generation) -> Iterable[PatchEvent]:
        """The monthly releases, one a month."""
        monthly = (event for event in self.events if event.release is not Release.OUT_OF_BAND)
        return {
            (event.day.year, event.day.month): event for event in monthly if event.generation == generation
        }.values()


CALENDAR = Calendar()


def patch_day(year: int, month: int) -> date:
    """The second Tuesday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(_TUESDAY - first.weekday()) % 7 + 7)


def saturday_after_patch_tuesday(year: int, month: int) -> date:
    """The day that the recurrence `1Month Second Tuesday Offset4` falls on."""
    return patch_day(year, month) + timedelta(days=4)


def planned_release(month: int) -> Release:
    """What is planned for a month of any year: a baseline or a hotpatch."""
    return Release.BASELINE if month in BASELINE_MONTHS else Release.HOTPATCH


def next_planned_baseline(today: date) -> date:
    """The day of the next planned baseline, `today` included: the next restart that is sure to come."""
    return next(day for ahead in range(4) if (day := _baseline_day(today, ahead)) >= today)


def last_planned_baseline(today: date) -> date:
    """The day of the latest planned baseline, `today` included."""
    return next(day for ahead in range(0, -3, -1) if (day := _baseline_day(today, ahead)) <= today)


def _baseline_day(today: date, quarters: int) -> date:
    """The patch day of the first month of the quarter that lies so many quarters after that of `today`."""
    year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 + quarters, 4)
    return patch_day(year, BASELINE_MONTHS[quarter])


def _next_month(day: date) -> date:
    return date(*_month_after(day, 1), 1)


def _month_after(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1
