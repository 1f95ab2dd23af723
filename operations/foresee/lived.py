"""What a machine lived through: its installations, and what they mean against the calendar of releases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from azure_hotpatch.domain.azure.calendar import Calendar, PatchEvent, Release
from azure_hotpatch.domain.restarts import PatchedMachine


@dataclass(frozen=True, slots=True)
class Run:
    """One installation; `kbs` are those that were installed. `scheduled` says whether a schedule's window ran it."""

    time: datetime  # UTC
    kbs: tuple[str, ...]
    restarted: bool
    status: str
    build: str = ""
    scheduled: bool = False
    window_exceeded: bool = False


@dataclass(frozen=True, slots=True)
class Life:
    """A machine's installations from `first` to `last`, in order; `windows` are the openings of its schedule, UTC."""

    machine: PatchedMachine
    first: date
    last: date
    runs: tuple[Run, ...]
    windows: tuple[datetime, ...] = ()

    @property
    def restarts(self) -> tuple[Run, ...]:
        return tuple(run for run in self.runs if run.restarted)

    @property
    def closed_too_early(self) -> tuple[Run, ...]:
        """The windows that were over before all was installed, or the restart done."""
        return tuple(run for run in self.runs if run.scheduled and run.window_exceeded)

    @property
    def missed(self) -> tuple[datetime, ...]:
        """The windows in which nothing ran."""
        ran = {run.time for run in self.runs if run.scheduled}
        return tuple(opening for opening in self.windows if opening not in ran)


@dataclass(frozen=True, slots=True)
class Exposure:
    """From the release of a security update to its installation, or to the end if it never came."""

    event: PatchEvent
    installed: date | None
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.event.day).days


@dataclass(frozen=True, slots=True)
class OffTrack:
    """An update with a restart that took a hotpatch machine off its track, until the day of a baseline."""

    event: PatchEvent
    installed: date
    until: date


def exposures(life: Life, calendar: Calendar) -> list[Exposure]:
    """Each monthly security release during a machine's life. A later release that is installed covers the earlier."""
    order = {
        number: event.day
        for event in (*calendar.monthly(life.machine.generation), *calendar.out_of_band(life.machine.generation))
        for number in (event.kb, event.cumulative_kb)
        if number
    }
    covered = [(run.time.date(), _newest(run, order)) for run in life.runs]
    found = []
    for event in calendar.monthly(life.machine.generation):
        if life.first <= event.day <= life.last:
            days = [day for day, newest in covered if newest and newest >= event.day and day >= event.day]
            installed = min(days, default=None)
            found.append(Exposure(event, installed, installed or life.last))
    return found


def _newest(run: Run, order: dict[str, date]) -> date | None:
    return max((order[kb] for kb in run.kbs if kb in order), default=None)


def exposed_days(found: Iterable[Exposure]) -> int:
    """On how many days at least one security update was out and not installed."""
    days = 0
    reached = date.min
    for one in sorted(found, key=lambda exposure: exposure.event.day):
        first = max(one.event.day, reached)
        days += max((one.until - first).days, 0)
        reached = max(reached, one.until)
    return days


def off_track(life: Life, calendar: Calendar) -> list[OffTrack]:
    """Where a hotpatch machine took an out-of-band update with a restart."""
    if not life.machine.hotpatch:
        return []
    events = {event.kb: event for event in calendar.out_of_band(life.machine.generation)}
    return [
        OffTrack(events[kb], run.time.date(), calendar.back_on_track(events[kb]))
        for run in life.runs
        for kb in run.kbs
        if kb in events and events[kb].release is Release.OUT_OF_BAND
    ]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A machine beside its twin without hotpatch."""

    life: Life
    twin: Life
    exposed_days: int
    twin_exposed_days: int
    exposures: tuple[Exposure, ...]
    off_track: tuple[OffTrack, ...]

    @property
    def restarts_avoided(self) -> int:
        return len(self.twin.restarts) - len(self.life.restarts)


def compare(lives: Sequence[Life], twins: Sequence[Life], calendar: Calendar) -> list[Comparison]:
    """Each life beside that of the twin, which has the same place in its list."""
    found = []
    for life, twin in zip(lives, twins, strict=True):
        own, other = exposures(life, calendar), exposures(twin, calendar)
        off = tuple(off_track(life, calendar))
        found.append(Comparison(life, twin, exposed_days(own), exposed_days(other), tuple(own), off))
    return found
