"""Describe an installation: which updates it installed, whether it restarted, and whether the calendar expected it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from azure_hotpatch.domain.azure.calendar import Release
from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.operations.machine import Installation, Machine, Patch
from azure_hotpatch.operations.status import hotpatching
from azure_hotpatch.operations.status.release_history import (
    CALENDAR,
    Calendar,
    Line,
    ReleaseHistory,
    UpdateLevel,
    record_of,
)


class Restart(StrEnum):
    """Whether the machine restarted."""

    NONE = "none"
    DONE = "restarted"
    DUE = "due"  # it waits for one
    FAILED = "failed"
    UNKNOWN = "unknown"


class Expected(StrEnum):
    """Whether the calendar expected an installation."""

    PLANNED = "planned"
    UNPLANNED = "unplanned baseline"
    UNEXPECTED = "unexpected"
    NOT_RECORDED = "not recorded"
    OTHER = "no update of the system"


@dataclass(frozen=True, slots=True)
class Event:
    """One installation of one machine."""

    machine: Machine
    run: Installation
    restart: Restart
    expected: Expected
    reason: str

    @property
    def installed(self) -> tuple[Patch, ...]:
        return tuple(patch for patch in self.run.patches or () if as_word(patch.state) == "installed")


_RESTARTS = {
    "notneeded": Restart.NONE,
    "completed": Restart.DONE,
    "required": Restart.DUE,
    "started": Restart.DUE,
    "failed": Restart.FAILED,
}
# How Windows names its monthly updates of the system, by which one is known that is in no record.
_SYSTEM_NAMES = ("cumulative update for microsoft server operating system", "cumulative update for windows", "hotpatch")


def events(machine: Machine, runs: Iterable[Installation], calendar: Calendar = CALENDAR) -> tuple[Event, ...]:
    """The installations of a machine as events, in their order."""
    return tuple(_event(machine, run, calendar) for run in runs)


def _event(machine: Machine, run: Installation, calendar: Calendar) -> Event:
    restart = _RESTARTS.get(as_word(run.reboot_status), Restart.UNKNOWN)
    expected, reason = _expected(machine, run, restart, calendar)
    return Event(machine, run, restart, expected, reason)


def _expected(machine: Machine, run: Installation, restart: Restart, calendar: Calendar) -> tuple[Expected, str]:
    generation = hotpatching.generation_of(machine)
    patches = [patch for patch in run.patches or () if as_word(patch.state) == "installed"]
    record = record_of(generation, run.started.date(), calendar) if generation else None
    levels = [level for patch in patches if record and (level := record.of_kb(patch.kb))]
    if levels and record:
        return _of_level(
            max(levels, key=lambda one: one.day), record, restart, enrolled=hotpatching.is_enrolled(machine)
        )
    unknown = next((patch for patch in patches if _is_of_system(patch)), None)
    if unknown:
        return Expected.NOT_RECORDED, f"KB{unknown.kb} is in no record"
    if restart in {Restart.DONE, Restart.DUE}:
        return Expected.OTHER, "the restart is not the system's: another update asked for it"
    return Expected.OTHER, "nothing of the system was installed"


def _of_level(level: UpdateLevel, record: ReleaseHistory, restart: Restart, *, enrolled: bool) -> tuple[Expected, str]:
    if level.line is Line.BASELINE:
        if _is_unplanned(level, record):
            return Expected.UNPLANNED, f"{level}, in the place of a hotpatch"
        return Expected.PLANNED, f"{level}, a planned baseline"
    if level.line is Line.HOTPATCH:
        if restart in {Restart.DONE, Restart.DUE}:
            return Expected.UNEXPECTED, f"{level}, a hotpatch, asks for no restart: another update did"
        return Expected.PLANNED, f"{level}, a hotpatch"
    if enrolled:
        return Expected.UNEXPECTED, f"{level}, a cumulative update: the machine was off the hotpatch track"
    planned = Expected.PLANNED if level.monthly else Expected.UNEXPECTED
    return planned, f"{level}, {'the month' if level.monthly else 'out of band'}: without hotpatch each one restarts"


def _is_unplanned(level: UpdateLevel, record: ReleaseHistory) -> bool:
    events = record.calendar.monthly(record.generation)
    return any(event.day == level.day and event.release is Release.UNPLANNED_BASELINE for event in events)


def _is_of_system(patch: Patch) -> bool:
    name = patch.name.lower()
    return ".net" not in name and any(words in name for words in _SYSTEM_NAMES)
