"""The releases of one Windows Server, to compare a machine's build with; only this module reads the calendar."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache

from azure_hotpatch.domain.azure.calendar import BUILDS, CALENDAR, Calendar, Generation, PatchEvent, Release, patch_day

__all__ = ["BUILDS", "CALENDAR", "Calendar", "Generation", "Line", "ReleaseHistory", "UpdateLevel", "record_of"]


_POWERSHELL = "Windows PowerShell"  # the record's note of hotpatches that are not the system's


class Line(StrEnum):
    """Which series of updates a level belongs to."""

    BASELINE = "baseline"  # of both tracks
    HOTPATCH = "hotpatch"
    CUMULATIVE = "cumulative update"  # restarts, and takes a machine off the hotpatch track


@dataclass(frozen=True, slots=True)
class UpdateLevel:
    """One update of the system that a machine may have. `kb` is its digits, `revision` the last part of its build."""

    kb: str
    revision: int | None
    day: date
    line: Line
    monthly: bool

    def __str__(self) -> str:
        return f"KB{self.kb} of {self.day}"


@dataclass(frozen=True)
class ReleaseHistory:
    """The releases for a generation of Windows Server, as of a day."""

    generation: Generation
    today: date
    calendar: Calendar = CALENDAR

    @cached_property
    def levels(self) -> tuple[UpdateLevel, ...]:
        """Every update that was out, in order."""
        events = (*self.calendar.monthly(self.generation), *self.calendar.out_of_band(self.generation))
        out = sorted((event for event in events if event.day <= self.today), key=lambda event: event.day)
        return tuple(level for event in out for level in _levels(event))

    @cached_property
    def baseline(self) -> UpdateLevel | None:
        """The baseline on which today's hotpatches stand."""
        return next((level for level in reversed(self.levels) if level.line is Line.BASELINE), None)

    @cached_property
    def later(self) -> tuple[UpdateLevel, ...]:
        """What came after the baseline, in order."""
        return tuple(level for level in self.levels if self.baseline and level.day > self.baseline.day)

    @cached_property
    def newest_hotpatch(self) -> UpdateLevel | None:
        """The last monthly hotpatch on top of the baseline."""
        return self._newest(Line.HOTPATCH)

    @cached_property
    def newest_cumulative(self) -> UpdateLevel | None:
        """The last monthly update of machines that restart each month; a baseline is one."""
        return self._newest(Line.CUMULATIVE) or self.baseline

    @cached_property
    def ends(self) -> date | None:
        """The last recorded month's day where a month has passed since of which nothing is recorded, else None."""
        known = self.calendar.known_until(self.generation)
        following = known.replace(day=1) + timedelta(days=32)
        return known if patch_day(following.year, following.month) < self.today else None

    @cached_property
    def highest(self) -> int:
        """The highest revision in the record."""
        return max((level.revision for level in self.levels if level.revision is not None), default=0)

    @cached_property
    def next_baseline(self) -> date:
        """When the next baseline comes: as recorded, else as planned."""
        return self.calendar.next_baseline(self.generation, self.today + timedelta(days=1)).day

    def at(self, revision: int) -> tuple[UpdateLevel, ...]:
        """The updates that give this revision: several where two updates share one."""
        return tuple(level for level in self.levels if level.revision == revision)

    def of_kb(self, kb: str) -> UpdateLevel | None:
        return next((level for level in self.levels if level.kb == kb), None)

    def _newest(self, line: Line) -> UpdateLevel | None:
        return next((level for level in reversed(self.later) if level.line is line and level.monthly), None)


@lru_cache(maxsize=32)  # the machines of a fleet share a few
def record_of(generation: Generation, today: date, calendar: Calendar = CALENDAR) -> ReleaseHistory:
    """The record of a generation on a day."""
    return ReleaseHistory(generation, today, calendar)


def _levels(event: PatchEvent) -> tuple[UpdateLevel, ...]:
    """An event's updates: a month of a hotpatch has two. One of PowerShell's says nothing of the system's."""
    if event.note == _POWERSHELL:
        return ()
    own = UpdateLevel(_digits(event.kb), event.revision, event.day, _line(event.release), event.release.is_monthly)
    if not event.cumulative_kb:
        return (own,)
    other = UpdateLevel(
        _digits(event.cumulative_kb), event.cumulative_revision, event.day, Line.CUMULATIVE, monthly=True
    )
    return (own, other)


def _line(release: Release) -> Line:
    if release.is_baseline:
        return Line.BASELINE
    return Line.CUMULATIVE if release.restarts else Line.HOTPATCH


def _digits(kb: str) -> str:
    return kb.upper().removeprefix("KB")
