"""Forecast the restarts of a fleet, machine by machine: as it is, with hotpatch and without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from azure_hotpatch.domain.azure.calendar import Calendar, unplanned_baselines
from azure_hotpatch.domain.restarts import (
    Foreseen,
    PatchedMachine,
    Patcher,
    RestartCount,
    RestartSlot,
    count,
    foresee,
    with_hotpatch,
    without_hotpatch,
)


@dataclass(frozen=True, slots=True)
class Forecast:
    """One machine's year."""

    machine: PatchedMachine
    restarts: tuple[Foreseen, ...]  # in order, the possible ones among them
    now: RestartCount
    with_hotpatch: RestartCount
    without_hotpatch: RestartCount

    @property
    def next_certain(self) -> Foreseen | None:
        """The next restart that is planned or announced."""
        return next((one for one in self.restarts if one.certain), None)

    @property
    def remark(self) -> str:
        """What a number alone would hide, or an empty string."""
        machine = self.machine
        if machine.patcher is Patcher.NOBODY:
            return "nobody patches it: no restart, and no update"
        if machine.reboot_setting == "Never":
            return "updates wait for a restart by hand, and no hotpatch comes on top of a baseline that waits"
        if machine.never_restarts:
            return "updates that restart are excluded: a baseline never comes"
        off = [f"off the hotpatch track until {machine.off_track_until}"] if machine.off_track_until else []
        due = [f"the update of {machine.due} is due"] if machine.due else []
        return "; ".join([*off, *due, *self._stopped])

    @property
    def _stopped(self) -> list[str]:
        machine = self.machine
        if not machine.stopped:
            return []
        if machine.patcher is Patcher.PERSON:
            return [f"{machine.stopped} is stopped, and not counted"]
        return [f"{machine.stopped} is stopped, and {machine.patcher} installs it all the same"]


def forecast(machines: Iterable[PatchedMachine], today: date, months: int, calendar: Calendar) -> list[Forecast]:
    """Foresee each machine."""
    return [
        Forecast(
            machine,
            foresee(machine, today, months, calendar),
            count(machine, today, months, calendar),
            count(with_hotpatch(machine), today, months, calendar),
            count(without_hotpatch(machine), today, months, calendar),
        )
        for machine in machines
    ]


def method(machines: Sequence[PatchedMachine], today: date, months: int, calendar: Calendar) -> list[str]:
    """How the ranges come about, a sentence a generation."""
    return [
        f"Windows Server {generation}: {unplanned_baselines(calendar, generation, today, months)}."
        for generation in sorted({machine.generation for machine in machines})
    ]


def when(slot: RestartSlot | None, patcher: Patcher) -> str:
    """A slot as a person reads it."""
    if slot is None:
        return "in its schedule's window" if patcher is Patcher.SCHEDULE else f"when {patcher} installs"
    if patcher is Patcher.AZURE:
        return f"{slot.first:%Y-%m-%d} to {slot.last:%Y-%m-%d}, off-peak, the night is Azure's choice"
    return f"{' or '.join(_span(*span) for span in slot.spans)} {slot.clock}"


def _span(first: datetime, last: datetime) -> str:
    end = f"{last:%H:%M}" if last.date() == first.date() else f"{last:%Y-%m-%d %H:%M}"
    return f"{first:%Y-%m-%d %H:%M} to {end}"
