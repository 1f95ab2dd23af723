"""`hotpatch install --rehearse`: the plan's wave in an emulated Azure, against what the plan says."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import typer

from azure_hotpatch.cli.patching.emulated_machines import MachineCopy
from azure_hotpatch.cli.patching.emulated_offers import copy_of
from azure_hotpatch.cli.patching.plans import MOST_ROWS
from azure_hotpatch.cli.patching.rehearsal import Rehearsal, Rehearsed, alone
from azure_hotpatch.cli.patching.rehearsal import rehearse as rehearsed
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.azure.calendar import Calendar
from azure_hotpatch.domain.counting import counted, first_of
from azure_hotpatch.domain.printable import line
from azure_hotpatch.operations.clients.connection import Connection
from azure_hotpatch.operations.durable.runtime import Pace
from azure_hotpatch.operations.install.outcome import MachineOutcome, State
from azure_hotpatch.operations.install.plan import Plan, PlannedMachine
from azure_hotpatch.operations.install.planning import retimed
from azure_hotpatch.operations.machine import Machine

_PACE = Pace(ring=0.1)  # as in Azure, on the clock of the rehearsal; a ring is looked at whenever that was moved
_HEADS = ("ring", "machine", "installs", "restart", "restarted", "planned", "rehearsed", "outcome")
_NOT_REHEARSED = (
    "how long an update takes in a real Windows (3 minutes a hotpatch, 10 any other, 5 a restart), what fails there, "
    "applications, others who patch meanwhile, and your rights"
)
_MOST_NAMES = 5


def rehearse(plan: Plan, machines: Mapping[str, Machine], now: datetime, calendar: Calendar) -> int:
    """Rehearse a plan with copies of its machines, by id, as Azure has them; the exit code."""
    settings = alone(plan.settings)

    def planning(_connection: Connection, copies: Sequence[MachineCopy]) -> Plan:
        there = {one.machine.id for one in copies}
        members = tuple(one for one in plan.machines if one.id in there)
        return retimed(plan.model_copy(update={"machines": members, "settings": settings}), datetime.now(UTC))

    copies = [copy_of(machines[one.id]) for one in plan.machines]
    return rehearsed(Rehearsal(copies, planning, _PACE, now, calendar, durations=True), _show, _NOT_REHEARSED)


def _show(found: Rehearsed) -> None:
    outcomes = {one.id: one for one in found.outcomes}
    pairs = [(machine, outcomes[machine.id]) for machine in found.plan.machines]
    if len(pairs) <= MOST_ROWS:
        show(_HEADS, [_row(found, *pair) for pair in pairs])
    for name in found.plan.rings:
        typer.echo(line(_ring(found, name, [pair for pair in pairs if pair[0].ring == name])))
    for words, names in _differences(pairs):
        typer.echo(line(f"Not as planned: {first_of(names, _MOST_NAMES)}: {words}."))


def _row(found: Rehearsed, machine: PlannedMachine, outcome: MachineOutcome) -> list[str]:
    return [
        machine.ring,
        machine.name,
        " ".join(f"KB{kb}" if kb.isdigit() else kb for kb in outcome.kbs) or "-",
        machine.restart,
        _restarted(outcome),
        _span(machine.begins, machine.ends),
        _span(_begun(outcome), _ended(found, outcome)),
        str(outcome.state),
    ]


def _ring(found: Rehearsed, name: str, pairs: Sequence[tuple[PlannedMachine, MachineOutcome]]) -> str:
    """A ring's times, and what came after it."""
    planned = _span(min(one.begins for one, _ in pairs), max(one.ends for one, _ in pairs)) if pairs else "-"
    begun = [moment for _, one in pairs if (moment := _begun(one))]
    ended = [moment for _, one in pairs if (moment := _ended(found, one))]
    happened = _span(min(begun, default=None), max(ended, default=None))
    restarts = sum(one.reboot == "Completed" for _, one in pairs)
    told = f"{counted(len(pairs), 'machine')}, {counted(restarts, 'restart')}, planned {planned}, rehearsed {happened}"
    return f"ring {name}: {told}{_after(found, name)}"


def _after(found: Rehearsed, name: str) -> str:
    """The soak and the gate after a ring, where another ring follows."""
    plan = found.plan
    if name == plan.rings[-1]:
        return ""
    following = plan.rings[plan.rings.index(name) + 1]
    went_on = any(one.ring == following and one.state is not State.NOT_STARTED for one in found.outcomes)
    parts = [f"soak {plan.settings.soak}"] if plan.settings.soak else []
    if plan.settings.gate and (went_on or f"after ring {name} is closed" in found.why):
        parts.append("gate open" if went_on else "gate closed")
    return f"; then {', '.join(parts)}" if parts else ""


def _differences(
    pairs: Sequence[tuple[PlannedMachine, MachineOutcome]],
) -> Iterator[tuple[str, list[str]]]:
    """What was otherwise than the plan says, each with the names of its machines."""
    installed = [(machine, one) for machine, one in pairs if one.state in (State.INSTALLED, State.PARTLY)]
    restarted = [machine.name for machine, one in installed if machine.restart == "no" and one.reboot == "Completed"]
    if restarted:
        yield "it restarts, and the plan has no restart", restarted
    stayed = [machine.name for machine, one in installed if machine.restart == "yes" and one.reboot == "NotNeeded"]
    if stayed:
        yield "it does not restart, and the plan has a restart", stayed
    fewer = [machine.name for machine, one in installed if _kbs(machine) - set(one.kbs)]
    if fewer:
        yield "not all that the plan has is installed", fewer


def _kbs(machine: PlannedMachine) -> set[str]:
    return {patch.kb for patch in machine.patches or () if patch.kb}


def _restarted(outcome: MachineOutcome) -> str:
    if not outcome.activity:
        return "-"
    return {"Completed": "yes", "Required": "due"}.get(outcome.reboot, "no" if outcome.reboot else "not known")


def _begun(outcome: MachineOutcome) -> datetime | None:
    """When it began in the rehearsal; what another installed before has no part in that."""
    is_ours = outcome.begun and outcome.state is not State.ADOPTED
    return datetime.fromisoformat(outcome.begun) if is_ours else None


def _ended(found: Rehearsed, outcome: MachineOutcome) -> datetime | None:
    told = found.ends.get(outcome.activity or "")
    return datetime.fromisoformat(told) if told and _begun(outcome) else None


def _span(begins: datetime | None, ends: datetime | None) -> str:
    if begins is None or ends is None:
        return "-"
    begins, ends = begins.astimezone(UTC), ends.astimezone(UTC)
    return f"{begins:%m-%d %H:%M:%S} to {ends:%H:%M:%S}"
