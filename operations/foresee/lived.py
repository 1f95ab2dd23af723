"""A machine's installations compared with the calendar of releases: exposure, windows, incidents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from azure_hotpatch.domain.azure.calendar import INCIDENTS, Calendar, Incident, PatchEvent, Release
from azure_hotpatch.domain.restarts import PatchedMachine


@dataclass(frozen=True, slots=True)
class InstallationRun:
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
    runs: tuple[InstallationRun, ...]
    windows: tuple[datetime, ...] = ()

    @property
    def restarts(self) -> tuple[InstallationRun, ...]:
        return tuple(run for run in self.runs if run.restarted)

    @property
    def closed_too_early(self) -> tuple[InstallationRun, ...]:
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


@dataclass(frozen=True, slots=True)
class Suffered:
    """An update that went wrong, on a machine that took it; `until` is None where it had no fix to the end."""

    kb: str
    incident: Incident
    installed: date
    until: date | None


def exposures(life: Life, calendar: Calendar) -> list[Exposure]:
    """Each monthly security release during a machine's life. A later release that is installed covers the earlier."""
    order = _release_days(life, calendar)
    covered = [(run.time.date(), _newest(run, order)) for run in life.runs]
    found = []
    for event in calendar.monthly(life.machine.generation):
        if life.first <= event.day <= life.last:
            days = [day for day, newest in covered if newest and newest >= event.day and day >= event.day]
            installed = min(days, default=None)
            found.append(Exposure(event, installed, installed or life.last))
    return found


def _release_days(life: Life, calendar: Calendar) -> dict[str, date]:
    """The day of each KB's release, on both tracks."""
    released = (*calendar.monthly(life.machine.generation), *calendar.out_of_band(life.machine.generation))
    return {number: event.day for event in released for number in (event.kb, event.cumulative_kb) if number}


def suffered(life: Life, calendar: Calendar) -> list[Suffered]:
    """The updates that went wrong which a machine took, and when a fix or a later month ended it."""
    order = _release_days(life, calendar)
    monthly = {event.day for event in calendar.monthly(life.machine.generation)}
    found = []
    for place, run in enumerate(life.runs):
        for incident in INCIDENTS:
            for kb in incident.kbs.intersection(run.kbs):
                ends = (later.time.date() for later in life.runs[place:] if _ends(later, kb, incident, order, monthly))
                found.append(Suffered(kb, incident, run.time.date(), next(ends, None)))
    return [one for one in found if one.until != one.installed]  # a fix in the same installation leaves nothing


def _ends(run: InstallationRun, kb: str, incident: Incident, order: dict[str, date], monthly: set[date]) -> bool:
    later = (order[one] for one in run.kbs if one in order and order[one] in monthly)
    return not incident.fixed_by.isdisjoint(run.kbs) or any(day > order.get(kb, day) for day in later)


def _newest(run: InstallationRun, order: dict[str, date]) -> date | None:
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
    suffered: tuple[Suffered, ...]


def compare(lives: Sequence[Life], twins: Sequence[Life], calendar: Calendar) -> list[Comparison]:
    """Each life beside that of the twin, which has the same place in its list."""
    found = []
    for life, twin in zip(lives, twins, strict=True):
        own, other = exposures(life, calendar), exposures(twin, calendar)
        off, wrong = tuple(off_track(life, calendar)), tuple(suffered(life, calendar))
        found.append(Comparison(life, twin, exposed_days(own), exposed_days(other), tuple(own), off, wrong))
    return found
