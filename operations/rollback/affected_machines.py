"""Find the machines that carry an update, by what Azure reports of their installations and their build."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from azure_hotpatch.domain.azure.calendar import Calendar
from azure_hotpatch.operations.machine import Installation, Machine, Patch
from azure_hotpatch.operations.status import hotpatching
from azure_hotpatch.operations.status.release_history import BUILDS, Line, ReleaseHistory, UpdateLevel
from azure_hotpatch.operations.status.status import evidence_of


class Carrying(StrEnum):
    """How an update is on a machine."""

    TOP = "carries it"
    WAITING = "has it waiting for a restart"
    PAST = "has a later update"  # which contains it
    NOT = "does not carry it"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class AffectedMachine:
    """A machine and one of the updates in question; `evidence` says how it is known."""

    machine: Machine
    level: UpdateLevel
    record: ReleaseHistory
    carrying: Carrying
    evidence: str

    @property
    def bad_build(self) -> str:
        return f"{BUILDS[self.record.generation]}.{self.level.revision}"


def carrier(machine: Machine, kbs: tuple[str, ...], now: datetime, calendar: Calendar) -> AffectedMachine | None:
    """Check a machine for the updates (digits): the first for its Windows Server that it carries, else the first.

    None where none of them is for its Windows Server.
    """
    generation = hotpatching.generation_of(machine)
    if generation is None:
        return None
    record = ReleaseHistory(generation, now.astimezone(UTC).date(), calendar)
    levels = [level for kb in kbs if (level := record.of_kb(kb))]
    found = [_carrier(machine, level, record) for level in levels]
    on_it = (one for one in found if one.carrying in {Carrying.TOP, Carrying.WAITING})
    return next(on_it, found[0] if found else None)


def is_recorded(kb: str, calendar: Calendar, today: date) -> bool:
    """Whether an update is in the record of a generation."""
    return any(ReleaseHistory(generation, today, calendar).of_kb(kb) for generation in BUILDS)


def _carrier(machine: Machine, level: UpdateLevel, record: ReleaseHistory) -> AffectedMachine:
    carrying, evidence = _carrying(machine, level, record)
    return AffectedMachine(machine, level, record, carrying, evidence)


def _carrying(machine: Machine, level: UpdateLevel, record: ReleaseHistory) -> tuple[Carrying, str]:
    build, evidence = hotpatching.build_of(machine), evidence_of(machine, record)
    run = next((run for run in machine.installations if _installs(run.patches, level.kb)), None)
    later = _later(evidence.installed, level, record)
    if later:
        return Carrying.PAST, f"{later} was installed"
    if run and _was_taken_off(machine, run, level, record):
        return Carrying.NOT, f"installed on {run.started:%Y-%m-%d}, and uninstalled: its build is {machine.os_version}"
    if level.kb in evidence.installed and run:
        return Carrying.TOP, f"installed on {run.started:%Y-%m-%d}"
    if run:
        return Carrying.WAITING, f"installed on {run.started:%Y-%m-%d}, not in force before a restart"
    if build is None or build[1] is None or level.revision is None:
        return Carrying.UNKNOWN, "no installation of 30 days has it, and no build is reported"
    return _by_build(build[1], level, record)


def _by_build(revision: int, level: UpdateLevel, record: ReleaseHistory) -> tuple[Carrying, str]:
    said = f"its build is {BUILDS[record.generation]}.{revision}"
    here = record.at(revision)
    if level in here:
        if any(one.line is Line.HOTPATCH for one in here) and len(here) > 1:
            return Carrying.UNKNOWN, f"{said}, which {' and '.join(f'KB{one.kb}' for one in here)} share"
        return Carrying.TOP, said
    if any(one.day > level.day for one in here) or revision > record.highest:
        return Carrying.PAST, said
    # A hotpatch may leave the build that a machine reports as it was.
    if level.line is Line.HOTPATCH and any(one.line is Line.BASELINE for one in here):
        return Carrying.UNKNOWN, f"{said}, which a hotpatch need not change"
    return Carrying.NOT, said


def _was_taken_off(machine: Machine, run: Installation, level: UpdateLevel, record: ReleaseHistory) -> bool:
    """Whether a machine reports a lower build since the installation; the build of a hotpatch proves nothing."""
    build = hotpatching.build_of(machine)
    seen_since = machine.viewed is not None and run.ended is not None and machine.viewed > run.ended
    restarted = run.reboot_status.lower() == "completed"
    if not (seen_since and restarted and build and build[1]):
        return False
    return _by_build(build[1], level, record)[0] is Carrying.NOT


def _installs(patches: tuple[Patch, ...] | None, kb: str) -> bool:
    return any(one.kb == kb and one.state.lower() == "installed" for one in patches or ())


def _later(installed: frozenset[str], level: UpdateLevel, record: ReleaseHistory) -> UpdateLevel | None:
    found = [one for kb in installed if (one := record.of_kb(kb)) and one.day > level.day]
    return max(found, key=lambda one: one.day, default=None)
