"""Run one ring: put machines on the queue as others end, until all are done or the wave stops."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dbos import DBOS, WorkflowStatus

from azure_hotpatch.domain.counting import counted
from azure_hotpatch.operations.durable import ids
from azure_hotpatch.operations.durable.control import RESUMING, StoredControl, why_stopped
from azure_hotpatch.operations.durable.runtime import WaveRuntime
from azure_hotpatch.operations.durable.statuses import StoredStatus, statuses
from azure_hotpatch.operations.durable.wave_store import VERSION
from azure_hotpatch.operations.install.outcome import FAILURES
from azure_hotpatch.operations.install.plan import Plan, PlannedMachine
from azure_hotpatch.operations.install.release import Budgets, budgets_of, may_begin, too_many_errors

_AT_ONCE = 500
_LONGEST_PAUSE = 10.0  # seconds between two counts


@dataclass(slots=True)
class RingCount:
    """A wave's machines so far: those that were put on the queue, those that have ended, and those that failed."""

    released: set[str] = field(default_factory=set)
    ended: dict[str, StoredStatus] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)


async def carry_out(runtime: WaveRuntime, control: StoredControl, wave: str, plan: Plan, ring: str) -> str | None:
    """Run a ring: why the wave ends here, or None. It may be called again at any point."""
    members = {ids.machine_id(wave, machine): machine for machine in plan.ring(ring)}
    budgets, count = budgets_of(plan.settings, plan.machines), RingCount()
    await control.tell(wave, f"ring {ring} of {len(members)}")
    while True:
        begun = time.monotonic()
        # Before the count: what is counted is then at least as new as what was decided.
        attributes = await control.attributes(wave)
        await _recount(runtime, wave, count)
        took = time.monotonic() - begun
        why = await _why_not_on(control, wave, attributes, count, budgets)
        under_way = count.released - count.ended.keys()
        active = [machine for identifier, machine in members.items() if identifier in under_way]
        if why is None:
            await _release(runtime, wave, plan, _beginning(members, count, active, budgets))
        if not active and not attributes.get(RESUMING) and (why or members.keys() <= count.ended.keys()):
            return why
        # To count 10,000 machines takes a moment, on a busy machine several; what is ready must not wait long for it.
        await runtime.sleep(max(runtime.pace.ring, min(10 * took, _LONGEST_PAUSE)))


def _beginning(
    members: dict[str, PlannedMachine], count: RingCount, active: Sequence[PlannedMachine], budgets: Budgets
) -> list[PlannedMachine]:
    waiting = [machine for identifier, machine in members.items() if identifier not in count.released]
    return may_begin(waiting, active, budgets)


async def _why_not_on(
    control: StoredControl, wave: str, attributes: Mapping[str, Any], count: RingCount, budgets: Budgets
) -> str | None:
    why, failed = why_stopped(attributes), len(count.failed)
    if why is None and too_many_errors(failed - int(attributes.get("forgiven", 0)), budgets):
        why = f"{counted(failed, 'machine')} failed, and {budgets.errors} may"
        await control.stop(wave, why)
    return why


async def _recount(runtime: WaveRuntime, wave: str, count: RingCount) -> None:
    """Read which machines of the wave are on the queue and which have ended; the outcomes of the new ones alone.

    One that had ended and is put on the queue again, because the wave goes on after a stop, has ended no more.
    """
    found = await runtime.ask(statuses, runtime.notes, wave)
    ended = {identifier: one for identifier, one in found.items() if one.is_over}
    new = [identifier for identifier, one in ended.items() if count.ended.get(identifier) != one]
    for start in range(0, len(new), _AT_ONCE):
        told = await DBOS.list_workflows_async(workflow_ids=new[start : start + _AT_ONCE], load_input=False)
        count.failed.difference_update(one.workflow_id for one in told)
        count.failed.update(one.workflow_id for one in told if _failed(one))
    count.released, count.ended = set(found), ended


def _failed(one: WorkflowStatus) -> bool:
    if one.status == "SUCCESS":
        return (one.output or {}).get("state") in FAILURES
    return one.status != "CANCELLED"


async def _release(runtime: WaveRuntime, wave: str, plan: Plan, machines: Sequence[PlannedMachine]) -> None:
    for start in range(0, len(machines), _AT_ONCE):
        await runtime.ask(_enqueue, runtime, wave, plan, machines[start : start + _AT_ONCE])


def _enqueue(runtime: WaveRuntime, wave: str, plan: Plan, machines: Sequence[PlannedMachine]) -> None:
    """Put machines on the queue in one transaction; one that is on it already stays as it is."""
    hours = plan.settings.hours.model_dump(mode="json", by_alias=True) if plan.settings.hours else None
    with runtime.notes.begin() as connection:
        for machine in machines:
            runtime.client.enqueue_in_transaction(
                connection,
                {
                    "workflow_name": ids.MACHINE,
                    "queue_name": ids.INSTALLS,
                    "workflow_id": ids.machine_id(wave, machine),
                    "app_version": VERSION,
                    "queue_partition_key": machine.partition,
                    "class_name": ids.CLASS,
                    "instance_name": ids.INSTANCE,
                },
                wave,
                _job(machine),
                _order(plan, machine),
                hours,
            )


def _order(plan: Plan, machine: PlannedMachine) -> dict[str, Any]:
    """The plan's order; a machine that is repaired gets only the fix."""
    fix = machine.take_back.fix if machine.take_back else None
    order = plan.order.model_copy(update={"classifications": (), "kbs": (fix,)}) if fix else plan.order
    return order.model_dump(mode="json", by_alias=True)


def _job(machine: PlannedMachine) -> dict[str, Any]:
    return {
        "id": machine.id,
        "name": machine.name,
        "ring": machine.ring,
        "group": machine.group,
        "subscription": machine.subscription,
        "location": machine.location,
        "lastActivity": machine.last_activity,
        "takeBack": machine.take_back.model_dump(mode="json", by_alias=True) if machine.take_back else None,
    }
