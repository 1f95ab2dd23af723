"""What each month brought or is planned to bring to hotpatch machines, and which baseline is current on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import count

from azure_hotpatch.domain.azure.calendar.days import month_after, next_planned_baseline, patch_day, planned_release
from azure_hotpatch.domain.azure.calendar.recorded_releases import EVENTS
from azure_hotpatch.domain.azure.calendar.release import PatchEvent, Release
from azure_hotpatch.domain.azure.server_generations import Generation

_RECORDED = frozenset(EVENTS)


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


@dataclass(frozen=True)
class Calendar:
    """The recorded releases; a later event of the same month and generation overrides an earlier one."""

    events: tuple[PatchEvent, ...] = EVENTS

    def extended(self, more: Iterable[PatchEvent]) -> "Calendar":
        return Calendar((*self.events, *more))

    def as_of(self, day: date) -> "Calendar":
        """The calendar as a day knew it: without what the built-in record has of later days."""
        return Calendar(tuple(event for event in self.events if event.day <= day or event not in _RECORDED))

    def month(self, generation: Generation, year: int, month: int, today: date) -> PatchMonth:
        """What a month was, or is planned to be as `today` sees it."""
        event = self._by_month[generation].get((year, month))
        if event:
            certainty = Certainty.ACTUAL if event.day <= today else Certainty.PLANNED
            return PatchMonth(event.day, event.release, certainty, event)
        day = patch_day(year, month)
        return PatchMonth(day, planned_release(month), Certainty.PLANNED if day >= today else Certainty.UNKNOWN)

    def forecast(self, generation: Generation, today: date, months: int = 12) -> tuple[PatchMonth, ...]:
        """The patch days from `today` on, `months` of them."""
        late = patch_day(today.year, today.month) < today
        return tuple(self.month(generation, *month_after(today, ahead), today) for ahead in range(late, months + late))

    def next_baseline(self, generation: Generation, today: date) -> PatchMonth:
        """The next baseline, recorded or planned, `today` included: the next restart that is sure to come."""
        months = (self.month(generation, *month_after(today, ahead), today) for ahead in count())
        return next(month for month in months if month.release.is_baseline and month.day >= today)

    def latest_baseline(self, generation: Generation, on: date) -> PatchEvent | None:
        """The latest recorded baseline, planned or not, that was out on a day; None before the first record."""
        out = [event for event in self.monthly(generation) if event.release.is_baseline and event.day <= on]
        return max(out, key=lambda event: event.day, default=None)

    def monthly(self, generation: Generation) -> tuple[PatchEvent, ...]:
        """The recorded monthly releases, one a month, in order."""
        return tuple(sorted(self._by_month[generation].values(), key=lambda event: event.day))

    def out_of_band(self, generation: Generation) -> tuple[PatchEvent, ...]:
        """The recorded releases between two months, in order."""
        found = {
            (event.day, event.kb): event
            for event in self.events
            if event.generation == generation and not event.release.is_monthly
        }
        return tuple(sorted(found.values(), key=lambda event: event.day))

    def known_until(self, generation: Generation) -> date:
        """The day of the last recorded monthly release."""
        return self.monthly(generation)[-1].day

    def back_on_track(self, event: PatchEvent) -> date:
        """When a machine that took an out-of-band update with a restart gets hotpatches again: the next baseline.

        Recorded where it is; otherwise the next planned one.
        """
        recorded = (one.day for one in self.monthly(event.generation) if one.release.is_baseline)
        return next((day for day in recorded if day > event.day), next_planned_baseline(event.day + timedelta(days=1)))

    @cached_property
    def _by_month(self) -> Mapping[Generation, Mapping[tuple[int, int], PatchEvent]]:
        found: defaultdict[Generation, dict[tuple[int, int], PatchEvent]] = defaultdict(dict)
        for event in self.events:
            if event.release.is_monthly:
                found[event.generation][event.day.year, event.day.month] = event
        return found


CALENDAR = Calendar()
