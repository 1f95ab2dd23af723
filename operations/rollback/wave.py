"""A rollback as the plan of a wave: rings, budgets and times as for an installation, and each machine's part."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from azure_hotpatch.operations.install.plan import Plan, PlannedMachine, PlannedPatch, Restart, Skipped
from azure_hotpatch.operations.install.planning import WaveRequest, arranged, duration_of, part_of
from azure_hotpatch.operations.install.take_back import Removal, TakeBack
from azure_hotpatch.operations.machine import Machine
from azure_hotpatch.operations.rollback.plan import MachineRollback, ready


def wave_of(
    request: WaveRequest, plans: Sequence[MachineRollback], now: datetime, left: Mapping[str, int] | None = None
) -> Plan:
    """The wave for the machines that are ready; the others are listed as skipped.

    `left` is what the buckets hold, where that is known.
    """
    by_id = {one.machine.id: one for one in ready(plans)}

    def part(machine: Machine, ring: str) -> PlannedMachine:
        return _part(by_id[machine.id], ring, now)

    plan = arranged(request, [one.machine for one in by_id.values()], part, now, left or {})
    skipped = [
        Skipped(id=one.machine.id, name=one.machine.name, reason=one.in_the_way) for one in plans if one.in_the_way
    ]
    notes = dict.fromkeys(note for one in by_id.values() for note in one.notes)
    return plan.model_copy(update={"skipped": tuple(skipped), "warnings": tuple(notes)})


def _part(planned: MachineRollback, ring: str, now: datetime) -> PlannedMachine:
    restart: Restart = "yes" if planned.restart else "no"
    fix = planned.fix
    patches = (PlannedPatch(kb=fix.kb, name=f"KB{fix.kb}", restart=restart),) if fix else ()
    changed = {"patches": patches, "restart": restart, "take_back": _take_back(planned)}
    return part_of(planned.machine, ring, now, duration_of(patches, restart)).model_copy(update=changed)


def _take_back(planned: MachineRollback) -> TakeBack:
    target: Removal | None = planned.target if planned.fix else planned.removal
    if target is None or planned.carrier is None:
        raise ValueError(f"nothing is planned for {planned.machine.name}")
    fix = planned.fix.kb if planned.fix else None
    return TakeBack(kb=planned.carrier.level.kb, target=target, fix=fix, returns=planned.returns)
