"""Plan what is done to each machine that carries a bad update, before anything happens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from azure_hotpatch.domain.azure.calendar import Calendar
from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.counting import counted
from azure_hotpatch.operations.install.take_back import Removal
from azure_hotpatch.operations.machine import Machine, MachineType
from azure_hotpatch.operations.rollback.affected_machines import AffectedMachine, Carrying, carrier
from azure_hotpatch.operations.rollback.removal import NotRemovableError, removal_of, target_of
from azure_hotpatch.operations.status import hotpatching
from azure_hotpatch.operations.status.hotpatching import Installer
from azure_hotpatch.operations.status.release_history import Line, UpdateLevel

PAUSE = "set `patchingMode: paused` for its group in the stack's file, and bring the stack up"


class Way(StrEnum):
    """What is done to a machine."""

    FIX = "install a newer update"
    UNINSTALL = "uninstall"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asks for. `fix` is digits, `baseline` a build to fall back on."""

    kbs: tuple[str, ...]
    fix: str = ""
    baseline: str | None = None
    uninstall: bool = False  # also where there is a fix
    unpaused: bool = False  # although Azure may install it again


@dataclass(frozen=True, slots=True)
class MachineRollback:
    """One machine's plan. `in_the_way` says why it is not carried out; `notes` are for the user."""

    machine: Machine
    carrier: AffectedMachine | None
    way: Way
    fix: UpdateLevel | None = None
    removal: Removal | None = None
    target: Removal | None = None  # what the fix is known by
    restart: bool = False
    returns: date | None = None  # on the hotpatch track again
    in_the_way: str = ""
    notes: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        return self.way is not Way.NOTHING and not self.in_the_way


def plan(machines: Iterable[Machine], wish: Wish, now: datetime, calendar: Calendar) -> tuple[MachineRollback, ...]:
    """Plan each machine, by name."""
    listed = sorted(machines, key=lambda one: (one.name, one.id))
    return tuple(_planned(machine, wish, now, calendar) for machine in listed)


def ready(plans: Sequence[MachineRollback]) -> tuple[MachineRollback, ...]:
    """The machines to which something is done."""
    return tuple(one for one in plans if one.is_ready)


def _planned(machine: Machine, wish: Wish, now: datetime, calendar: Calendar) -> MachineRollback:
    found = carrier(machine, wish.kbs, now, calendar)
    if found is None:
        return MachineRollback(machine, None, Way.NOTHING, notes=("none of the updates is for its Windows Server",))
    if found.carrying in {Carrying.PAST, Carrying.NOT}:
        return MachineRollback(machine, found, Way.NOTHING, notes=(found.evidence,))
    fix = None if wish.uninstall else _fix(found, wish)
    if fix:
        return _fixed(found, fix)
    return _uninstalled(found, wish)


def _fix(found: AffectedMachine, wish: Wish) -> UpdateLevel | None:
    """The newest update that is out and contains a repair: without a restart if the machine's track has one."""
    record = found.record
    if wish.fix:
        return record.of_kb(wish.fix)
    later = [one for one in record.levels if one.day > found.level.day and one.kb and one.kb not in wish.kbs]
    if hotpatching.is_enrolled(found.machine):
        on_track = [one for one in later if one.line is not Line.CUMULATIVE and _stands(one, found)]
        if on_track:
            return on_track[-1]
    return next((one for one in reversed(later) if one.line is not Line.HOTPATCH), None)


def _stands(level: UpdateLevel, found: AffectedMachine) -> bool:
    """Whether a machine can take a hotpatch: the hotpatch is for the baseline that the machine has."""
    if level.line is Line.BASELINE:
        return True
    bases = [one for one in found.record.levels if one.line is Line.BASELINE and one.day <= level.day]
    base = bases[-1] if bases else None
    is_on_track = found.level.line is Line.HOTPATCH or found.level == base
    return base is not None and is_on_track and base.day <= found.level.day


def _fixed(found: AffectedMachine, fix: UpdateLevel) -> MachineRollback:
    strays = fix.line is Line.CUMULATIVE and hotpatching.is_enrolled(found.machine)
    returns = found.record.next_baseline if strays else None
    notes = [f"KB{fix.kb} goes over it; nothing is uninstalled, and no protection is lost"]
    if strays:
        notes.append(f"it restarts and takes the machine off the hotpatch track until the baseline of {returns}")
    restart = fix.line is not Line.HOTPATCH
    return MachineRollback(
        found.machine,
        found,
        Way.FIX,
        fix=fix,
        target=target_of(fix, found.record),
        restart=restart,
        returns=returns,
        in_the_way=_in_the_way(found),
        notes=tuple(notes),
    )


def _uninstalled(found: AffectedMachine, wish: Wish) -> MachineRollback:
    try:
        removal = removal_of(found.level, found.record, wish.baseline)
    except NotRemovableError as error:
        return MachineRollback(found.machine, found, Way.UNINSTALL, in_the_way=str(error))
    days = (found.record.today - found.level.day).days
    notes = (
        f"the security fixes of {found.level.day} are lost with it, {counted(days, 'day')} after they came out",
        f"it falls back on the baseline {removal.good_build} and what lies between",
    )
    has_hotpatch = not hotpatching.why_not_image(found.machine)
    return MachineRollback(
        found.machine,
        found,
        Way.UNINSTALL,
        removal=removal,
        restart=True,
        # Paused means that hotpatch is off, and it is of use again with the next baseline only.
        returns=found.record.next_baseline if has_hotpatch else None,
        in_the_way=_in_the_way(found) or ("" if wish.unpaused else _unpaused(found.machine)),
        notes=notes,
    )


def _in_the_way(found: AffectedMachine) -> str:
    machine = found.machine
    if machine.type is not MachineType.VIRTUAL_MACHINE:
        return f"it is not an Azure virtual machine ({machine.type}): follow the guide by hand on it"
    if as_word(machine.power) not in {"", "running"}:
        return f"it is {machine.power}: start it first"
    waits = found.carrying is Carrying.WAITING or (machine.assessment and machine.assessment.reboot_pending)
    return "a restart is pending: restart it first, then roll back again" if waits else ""


def _unpaused(machine: Machine) -> str:
    """Why the update would come back, or an empty string where nobody installs it again."""
    patcher = hotpatching.patcher_of(machine)
    if patcher is Installer.NOBODY:
        return ""
    if machine.scale_set and hotpatching.is_enrolled(machine):
        return f"{patcher} would install it again, and hotpatch cannot be paused in a scale set: wait for the fix"
    return f"{patcher} would install it again: {PAUSE}"
