"""The journal entries of a wave: the plan, its approval, and the outcome of each machine."""

from collections.abc import Iterable, Mapping
from typing import Any

from dbos import DBOSClient

from azure_hotpatch.operations.durable import waves
from azure_hotpatch.operations.install.outcome import MachineOutcome, State
from azure_hotpatch.operations.install.plan import Plan, PlannedMachine
from azure_hotpatch.operations.journal.chain import JournalEntry
from azure_hotpatch.operations.journal.file import Journal

END = "wave-end"
_PLANS = ("install-plan", "rollback-plan")
Body = Mapping[str, Any]


def approve(journal: Journal, plan: Plan, more: Body, approval: Body) -> None:
    """Add a plan and its approval, before it is begun. `more` is what a command adds to the plan's entry."""
    machines = [_planned(machine) for machine in plan.machines]
    body = {"wave": plan.id, "selection": plan.selection, "change": plan.change, "note": plan.note}
    journal.add(f"{_word(plan)}-plan", [{**body, "machines": machines, **more}])
    journal.add(f"{_word(plan)}-approval", [{**body, "machines": len(machines), **approval}])


def keep_ended(client: DBOSClient, journal: Journal) -> int:
    """Add the outcomes of waves that are over and whose plans the journal has; returns the number of entries."""
    entries = [one for one in journal.read() if "wave" in one.body]
    planned = {str(one.body["wave"]) for one in entries if one.kind in _PLANS}
    ended = {(one.body["wave"], one.body["ended"]) for one in entries if one.kind == END}
    if not planned:
        return 0
    due = [
        one for one in waves.waves(client) if one.id in planned and one.is_over and (one.id, _ended(one)) not in ended
    ]
    return sum(_keep(client, journal, one, entries) for one in reversed(due))


def _keep(client: DBOSClient, journal: Journal, wave: waves.Wave, entries: Iterable[JournalEntry]) -> int:
    plan = waves.plan_of(client, wave.id)
    kind = f"{_word(plan)}-result"
    known = {
        one.body["machine"]: one.body["state"] for one in entries if one.kind == kind and one.body["wave"] == wave.id
    }
    results = [_result(wave.id, one) for one in waves.outcomes(client, plan) if _is_new(one, known)]
    end = {"wave": wave.id, "ended": _ended(wave), "why": wave.stopped or waves.why_ended(client, wave.id)}
    return journal.add(kind, results) + journal.add(END, [end])


def _is_new(outcome: MachineOutcome, known: Mapping[str, str]) -> bool:
    return outcome.state is not State.NOT_STARTED and known.get(outcome.id) != outcome.state


def _result(wave: str, outcome: MachineOutcome) -> dict[str, Any]:
    found = outcome.model_dump(mode="json", by_alias=True, exclude={"id", "name"}, exclude_defaults=True)
    return {"wave": wave, "machine": outcome.id, **found}


def _planned(machine: PlannedMachine) -> dict[str, Any]:
    kbs = None if machine.patches is None else [f"KB{one.kb}" for one in machine.patches if one.kb]
    return {"machine": machine.id, "ring": machine.ring, "kbs": kbs, "restart": machine.restart}


def _word(plan: Plan) -> str:
    return "rollback" if plan.takes_back else "install"


def _ended(wave: waves.Wave) -> str:
    return wave.ended.isoformat() if wave.ended else ""
