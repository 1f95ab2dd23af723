"""Waves from outside their worker: begin one, list them, read what became of their machines, forget them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dbos import DBOSClient, WorkflowStatus, error
from sqlalchemy import Engine

from azure_hotpatch.operations.durable import ids
from azure_hotpatch.operations.durable.control import RESUMING, RUN, why_stopped
from azure_hotpatch.operations.durable.statuses import ENDED, statuses
from azure_hotpatch.operations.durable.wave_store import VERSION, WaveStoreError
from azure_hotpatch.operations.install.outcome import MachineOutcome, State
from azure_hotpatch.operations.install.plan import Plan

QUEUED = ["ENQUEUED", "DELAYED"]
_LIVE = ["ENQUEUED", "DELAYED", "PENDING"]
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wave:
    """A wave as it is stored. `status` is DBOS's; `stopped` says why it may not go on, where it may not.

    `gate` is the ring whose closed gate stopped it; one that is `finished` was ended by a person, and stays so.
    `resumed` says who let it go on last, and when; `resuming` that this was not carried out to its end.
    """

    id: str
    status: str
    begun: datetime
    stopped: str | None
    phase: str
    change: str
    note: str
    by: str
    total: int
    ended: datetime | None = None
    gate: str = ""
    finished: bool = False
    resumed: str = ""
    resuming: bool = False

    @property
    def is_over(self) -> bool:
        return self.status in ENDED


def begin(client: DBOSClient, plan: Plan, by: str) -> None:
    """Put a plan on the queue, for whichever worker there is. Raises WaveStoreError where it was carried out before."""
    attributes = {"control": RUN, "by": by, "change": plan.change, "note": plan.note, "total": len(plan.machines)}
    try:
        client.enqueue(
            {
                "workflow_name": ids.WAVE,
                "queue_name": ids.WAVES,
                "workflow_id": plan.id,
                "workflow_id_reuse_policy": "reject",
                "app_version": VERSION,
                "class_name": ids.CLASS,
                "instance_name": ids.INSTANCE,
                "attributes": attributes,
            },
            plan.model_dump(mode="json", by_alias=True),
        )
    except error.DBOSWorkflowIDInUseError:
        raise WaveStoreError(
            f"the plan {plan.id} was begun before: look with `hotpatch wave show {plan.id}`, or plan again"
        ) from None


def waves(client: DBOSClient, wave: str | None = None) -> list[Wave]:
    """All waves, the newest first, or the one that is named."""
    named = [wave] if wave else None
    found = client.list_workflows(
        name=ids.WAVE, workflow_ids=named, load_input=False, load_output=False, sort_desc=True
    )
    return [_wave(one) for one in found]


def one(client: DBOSClient, wave: str) -> Wave:
    """The wave of that name. Raises WaveStoreError where there is none."""
    found = waves(client, wave)
    if not found:
        raise WaveStoreError(
            f"there is no wave {wave!r} in this store: `hotpatch wave list` shows those that there are"
        )
    return found[0]


def plan_of(client: DBOSClient, wave: str) -> Plan:
    """The plan that a wave carries out."""
    found = client.list_workflows(workflow_ids=[wave], name=ids.WAVE, load_output=False)
    arguments = found[0].input or {"args": ()}
    return Plan.model_validate(arguments["args"][-1])


def why_ended(client: DBOSClient, wave: str) -> str:
    """Why a wave ended before all of its rings were done, or nothing."""
    found = client.list_workflows(workflow_ids=[wave], name=ids.WAVE, load_input=False)[0]
    if found.status == "SUCCESS":
        return str((found.output or {}).get("why", ""))
    return f"the wave failed: {found.error}" if found.status == "ERROR" else ""


def states(client: DBOSClient, wave: str) -> Mapping[str, int]:
    """How many machines are waiting, running, ended; those of later rings are in none of them."""
    found = statuses(engine_of(client), wave).values()
    return Counter("ended" if one.is_over else "queued" if one.status in QUEUED else "running" for one in found)


def outcomes(client: DBOSClient, plan: Plan) -> Iterator[MachineOutcome]:
    """The outcome of each machine of a wave, in the order of its plan."""
    found = client.list_workflows(workflow_id_prefix=ids.below(plan.id), load_input=False)
    by_id = {one.workflow_id: one for one in found}
    for machine in plan.machines:
        base = {"id": machine.id, "name": machine.name, "ring": machine.ring}
        yield _outcome(base, by_id.get(ids.machine_id(plan.id, machine)))


def live(client: DBOSClient) -> list[Wave]:
    """The waves that are not over."""
    return [wave for wave in waves(client) if wave.status in _LIVE]


def over_since(client: DBOSClient, days: int, now: datetime) -> list[str]:
    """The ids of waves that ended so many days ago."""
    before = (now - timedelta(days=days)).isoformat()
    found = client.list_workflows(
        name=ids.WAVE, status=list(ENDED), completed_before=before, load_input=False, load_output=False
    )
    return ids_of(found)


def forget(client: DBOSClient, wave: str) -> list[str]:
    """Delete a wave that is over, with its machines; their ids. Its plan can then be begun again."""
    machines = ids_of(client.list_workflows(**machines_below(wave)))
    for start in range(0, len(machines), _AT_ONCE):
        client.delete_workflows(machines[start : start + _AT_ONCE])
    client.delete_workflows([wave])
    return machines


def engine_of(client: DBOSClient) -> Engine:
    """The database of a client, which has no public name for it."""
    return client._sys_db.engine


def machines_below(wave: str) -> dict[str, Any]:
    """What lists the workflows of a wave's machines, without their inputs and outputs."""
    return {"workflow_id_prefix": ids.below(wave), "load_input": False, "load_output": False}


def ids_of(found: Sequence[WorkflowStatus]) -> list[str]:
    return [one.workflow_id for one in found]


def state_of(found: WorkflowStatus) -> State | None:
    """The state that a machine's workflow ended with, None where it gave none."""
    state = (found.output or {}).get("state")
    return State(state) if state else None


def _outcome(base: dict[str, Any], found: WorkflowStatus | None) -> MachineOutcome:
    if found is None or found.status in (*QUEUED, "CANCELLED"):
        return MachineOutcome(**base, state=State.NOT_STARTED)
    if found.status == "SUCCESS":
        return MachineOutcome.model_validate(found.output)
    if found.status == "PENDING":
        return MachineOutcome(**base, state=State.UNKNOWN, message="it is being worked on")
    return MachineOutcome(**base, state=State.UNKNOWN, message=f"the workflow ended with {found.status}: {found.error}")


def _wave(found: WorkflowStatus) -> Wave:
    attributes = found.attributes or {}
    return Wave(
        id=found.workflow_id,
        status=found.status,
        begun=datetime.fromtimestamp((found.created_at or 0) / 1000, UTC),
        stopped=why_stopped(attributes),
        phase=str(attributes.get("phase", "")),
        change=str(attributes.get("change", "")),
        note=str(attributes.get("note", "")),
        by=str(attributes.get("by", "")),
        total=int(attributes.get("total", 0)),
        ended=datetime.fromtimestamp(found.completed_at / 1000, UTC) if found.completed_at else None,
        gate=str(attributes.get("gate", "")),
        finished=bool(attributes.get("finished")),
        resumed=str(attributes.get("resumed", "")),
        resuming=bool(attributes.get(RESUMING)),
    )
