"""In which span of time a machine restarts for a release: its slot, in the wall time of the machine's clock."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from azure_hotpatch.domain.azure.maintenance import (
    Recurrence,
    Unit,
    occurrences,
    parse_duration,
    parse_moment,
    parse_recurrence,
)
from azure_hotpatch.domain.restarts.machine import PatchedMachine, Patcher
from azure_hotpatch.domain.settings import Schedule

# "Automatic VM Guest Patching": patches are installed within 30 days of their release.
WITHIN = timedelta(days=30)
# Microsoft releases at 10:00 Pacific time: 17:00 UTC in summer, 18:00 in winter. By the clocks of the world, from
# UTC-12 to UTC+14, that is between these two; which window catches the release is open where one opens in between.
_EARLIEST, _LATEST = timedelta(hours=5), timedelta(days=1, hours=8)
_EARLIEST_UTC, _LATEST_UTC = timedelta(hours=17), timedelta(hours=18)
_GUEST_WINDOW = timedelta(hours=1)


Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class RestartSlot:
    """The restart comes at a moment in one of `spans`, by `clock`: a time zone, or a place whose time it is.

    There are several where it is open which window catches the release.
    """

    spans: tuple[Span, ...]
    clock: str

    @property
    def first(self) -> datetime:
        return self.spans[0][0]

    @property
    def last(self) -> datetime:
        return self.spans[-1][1]

    def since(self, day: date) -> "RestartSlot":
        """What is left of Azure's 30 days on a day; as many from then on, where they are over."""
        start = datetime.combine(day, time())
        last = self.last if self.last > start else start.replace(hour=23, minute=59) + WITHIN
        return RestartSlot(((max(self.first, start), last),), self.clock)

    def days(self) -> Iterator[date]:
        """Every day on which the restart may come, in order."""
        for first, last in self.spans:
            yield from (first.date() + timedelta(days=n) for n in range((last.date() - first.date()).days + 1))


def slot(machine: PatchedMachine, released: date) -> RestartSlot | None:
    """When a machine restarts for a release; None where a person decides, or no window opens any more."""
    if machine.patcher is Patcher.AZURE:
        first = datetime.combine(released, time())
        return RestartSlot(((first, first.replace(hour=23, minute=59) + WITHIN),), f"time of {machine.location}")
    if machine.schedule is not None:
        return _in_window(machine.schedule, released)
    if machine.guest_time is not None:
        openings = _guest_openings(machine.guest_time.day, machine.guest_time.hour, released)
        return RestartSlot(_spans(openings, released, _GUEST_WINDOW), f"machine's time in {machine.location}")
    return None


def _in_window(schedule: Schedule, released: date) -> RestartSlot | None:
    openings = _openings(schedule.recur_every, schedule.start, schedule.expires, released.year)
    spans = _spans(openings, released, parse_duration(schedule.duration), utc=schedule.time_zone == "UTC")
    return RestartSlot(spans, schedule.time_zone) if spans else None


def _spans(openings: Sequence[datetime], released: date, duration: timedelta, *, utc: bool = False) -> tuple[Span, ...]:
    """The windows that may be the first after a release, from its earliest hour to its latest."""
    day = datetime.combine(released, time())
    earliest, latest = (_EARLIEST_UTC, _LATEST_UTC) if utc else (_EARLIEST, _LATEST)
    first, last = (bisect_left(openings, day + out) for out in (earliest, latest))
    return tuple((opening, opening + duration) for opening in openings[first : last + 1])


@lru_cache(maxsize=256)
def _openings(recurrence: str, start: str, expires: str | None, year: int) -> Sequence[datetime]:
    """When a schedule's windows open, from its start to the end of the year after `year`."""
    end = min(datetime(year + 2, 1, 1), parse_moment(expires) if expires else datetime.max)
    found = occurrences(parse_recurrence(recurrence), parse_moment(start), end)
    return [opening for opening in found if opening < end]


@lru_cache(maxsize=256)
def _guest_openings(day: str, hour: int, released: date) -> Sequence[datetime]:
    unit = Recurrence(Unit.WEEK, weekdays=(day,)) if day else Recurrence(Unit.DAY)
    start = datetime.combine(released, time(hour))
    return list(occurrences(unit, start, start + timedelta(days=15)))
