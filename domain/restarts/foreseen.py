"""The restarts that are to come: the planned ones one by one, the unplanned ones as a range from the record."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from azure_hotpatch.domain.azure.calendar import CALENDAR, Calendar, PatchMonth, unplanned_baselines
from azure_hotpatch.domain.restarts.machine import PatchedMachine, Patcher
from azure_hotpatch.domain.restarts.slots import RestartSlot, slot

YEAR = 12
_UNPLANNED = "unplanned baseline"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One restart of one machine. Without a slot, a person decides when it comes."""

    machine: str
    released: date
    cause: str
    certain: bool  # planned, or announced; otherwise a hotpatch is planned that an unplanned baseline may replace
    slot: RestartSlot | None

    @property
    def what(self) -> str:
        """The release, as a sentence names it."""
        if self.certain:
            return f"the {self.cause} of {self.released}"
        return f"an {self.cause} that may come on {self.released}"


@dataclass(frozen=True, slots=True)
class RestartCount:
    """How many restarts: `planned`, and from `least` to `most` with what the record makes likely."""

    planned: int
    least: int
    most: int

    def __str__(self) -> str:
        return f"{self.planned} planned, {self.least} to {self.most} by the record"


def foresee(
    machine: PatchedMachine, today: date, months: int = YEAR, calendar: Calendar = CALENDAR
) -> tuple[Foreseen, ...]:
    """The restarts that the releases of the next months bring, possible unplanned ones among them, in order.

    Several releases that one window installs are one restart, of the first of them that is certain.
    """
    if machine.never_restarts:
        return ()
    found = [_foreseen(machine, month) for month in calendar.forecast(machine.generation, today, months)]
    due = [
        _due(machine, calendar.month(machine.generation, one.year, one.month, today), today) for one in _dues(machine)
    ]
    return tuple(_once_a_window(one for one in (*due, *found) if one.slot or machine.schedule is None))


def _dues(machine: PatchedMachine) -> Iterator[date]:
    if machine.due:
        yield machine.due


def _due(machine: PatchedMachine, month: PatchMonth, today: date) -> Foreseen:
    """The restart for a release that is out: from today on, for as long as Azure has for it, or as it would have."""
    found = _foreseen(machine, month)
    if machine.patcher is not Patcher.AZURE or found.slot is None:
        return found
    return replace(found, slot=found.slot.since(today))


def _foreseen(machine: PatchedMachine, month: PatchMonth) -> Foreseen:
    when = slot(machine, month.day)
    if machine.hotpatch and machine.off_track_until and month.day < machine.off_track_until:
        return Foreseen(machine.name, month.day, "cumulative update, off the hotpatch track", True, when)
    if machine.hotpatch and not month.release.restarts:
        certain = machine.reboot_setting == "Always"
        cause = "hotpatch, and a restart after every installation" if certain else _UNPLANNED
    else:
        certain = True
        cause = str(month.release) if machine.hotpatch else "cumulative update"
    return Foreseen(machine.name, month.day, cause, certain, when)


def _once_a_window(found: Iterator[Foreseen]) -> Iterator[Foreseen]:
    last: Foreseen | None = None
    for one in found:
        if last and one.slot is not None and one.slot == last.slot:
            last = last if last.certain or not one.certain else one
            continue
        if last:
            yield last
        last = one
    if last:
        yield last


def count(machine: PatchedMachine, today: date, months: int = YEAR, calendar: Calendar = CALENDAR) -> RestartCount:
    """How many restarts the releases of the next months bring."""
    found = foresee(machine, today, months, calendar)
    planned = sum(one.certain for one in found)
    likely = unplanned_baselines(calendar, machine.generation, today, months)
    possible = len(found) - planned
    return RestartCount(planned, planned + min(likely.fewest, possible), planned + min(likely.most, possible))


def with_hotpatch(machine: PatchedMachine) -> PatchedMachine:
    """The machine as it would be with hotpatch: in Azure that excludes a schedule."""
    if machine.hotpatch:
        return machine
    return replace(machine, hotpatch=True, patcher=Patcher.AZURE, schedule=None, due=None)


def without_hotpatch(machine: PatchedMachine) -> PatchedMachine:
    """The same machine without hotpatch: the same installer, with a cumulative update each month."""
    return replace(machine, hotpatch=False)
