"""Starting an installation at most once: the machine is read before each request, and each request is noted before."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from azure_hotpatch.operations.clients import compute
from azure_hotpatch.operations.clients.compute import Begun, MachinePath
from azure_hotpatch.operations.clients.machines import last_installation, power_of
from azure_hotpatch.operations.clients.refusals import Refusal, RefusalKind
from azure_hotpatch.operations.durable import notes
from azure_hotpatch.operations.durable.control import Control
from azure_hotpatch.operations.durable.runtime import WaveRuntime
from azure_hotpatch.operations.install.advisory import order_with
from azure_hotpatch.operations.install.beginning import Next, NextStep, next_step
from azure_hotpatch.operations.install.hours import Hours
from azure_hotpatch.operations.install.order import Order
from azure_hotpatch.operations.install.outcome import MachineOutcome, State, from_result

Json = dict[str, Any]
# Azure starts an update only with 25 minutes left ("Maintenance configurations").
_LEAST_LEFT = timedelta(minutes=30)
_PATIENCE = 20  # refusals of one machine that are waited for
_NOTHING_HAPPENED = {
    RefusalKind.THROTTLED,
    RefusalKind.UNDER_WAY,
    RefusalKind.REFUSED,
    RefusalKind.PERMISSION,
    RefusalKind.GONE,
}
_HELD_UP = {RefusalKind.NOT_SENT, RefusalKind.ANSWER_LOST, RefusalKind.UNDER_WAY, RefusalKind.THROTTLED}


@dataclass(frozen=True, slots=True)
class Job:
    """One machine of a wave, as its workflow is given it; all of it is plain JSON."""

    wave: str
    workflow: str
    machine: Mapping[str, Any]  # id, name, ring, group, subscription, location, lastActivity
    order: Mapping[str, Any]
    hours: Mapping[str, Any] | None

    @property
    def place(self) -> MachinePath:
        return MachinePath(self.machine["subscription"], self.machine["group"], self.machine["name"])

    @property
    def partition(self) -> str:
        return f"{self.machine['subscription']}/{self.machine['location']}".lower()

    @property
    def base(self) -> Json:
        return {name: self.machine[name] for name in ("id", "name", "ring")}


async def start(runtime: WaveRuntime, control: Control, job: Job) -> Json:
    """Start one machine, or find that it need not or must not be.

    Gives `{"outcome": …}` where that is the end of it, or `{"wait": {"operation", "result"}}`; both are empty where an
    installation is under way whose operation is not known.
    """
    for tries in range(_PATIENCE):
        try:
            found = await _try(runtime, control, job)
        except Refusal as refusal:
            if refusal.kind not in _HELD_UP:
                return _ended(job, State.FAILED, str(refusal))
            await _held_up(runtime, job, refusal, tries)
        else:
            if found is not None:
                return found
    return _ended(job, State.FAILED, "Azure held the request up too often: look at the machine, and plan anew")


async def _try(runtime: WaveRuntime, control: Control, job: Job) -> Json | None:
    """One attempt; None where it must be looked at again."""
    stopped = await control.stopped(job.wave)
    if stopped:
        return _ended(job, State.NOT_STARTED, stopped)
    finding = await _look(runtime, job)
    if finding.next is not Next.START:
        return await _without_start(runtime, job, finding)
    minutes = await _minutes_left(runtime, control, job)
    async with runtime.tap(job.partition).token():
        stopped = await control.stopped(job.wave)
        if stopped:
            return _ended(job, State.NOT_STARTED, stopped)
        return await _claimed(runtime, job, minutes)


async def _claimed(runtime: WaveRuntime, job: Job, minutes: int | None) -> Json | None:
    """Look once more and send the request, while no other wave of this store is between the two."""
    identifier = job.machine["id"]
    if not await runtime.ask(notes.claim, runtime.notes, identifier, job.workflow):
        return await _without_start(runtime, job, NextStep(Next.LOOK_AGAIN))
    try:
        finding = await _look(runtime, job)
        if finding.next is Next.START:
            return await _send(runtime, job, minutes)
    finally:
        await runtime.ask(notes.release, runtime.notes, identifier, job.workflow)
    return await _without_start(runtime, job, finding)


async def _send(runtime: WaveRuntime, job: Job, minutes: int | None) -> Json:
    advisories = await runtime.ask(notes.bans, runtime.notes)
    body = order_with(Order.model_validate(dict(job.order)), advisories).body(minutes)
    before = await runtime.ask(notes.attempted, runtime.notes, job.workflow)
    await runtime.ask(notes.attempt, runtime.notes, job.workflow)
    try:
        begun: Begun = await runtime.ask(compute.begin_install, runtime.connection, job.place, body)
    except Refusal as refusal:
        if before is None and refusal.kind in _NOTHING_HAPPENED:
            await runtime.ask(notes.forget, runtime.notes, [job.workflow])
        raise
    await runtime.tap(job.partition).answered(begun.remaining)
    return {"wait": {"operation": begun.operation, "result": begun.result}}


async def _look(runtime: WaveRuntime, job: Job) -> NextStep:
    view = await runtime.ask(compute.view, runtime.connection, job.place)
    at = await runtime.ask(notes.attempted, runtime.notes, job.workflow)
    since = None if at is None else max(0.0, time.time() - at)
    last = last_installation(view)
    return next_step(power_of(view), last, job.machine["lastActivity"], since, runtime.pace.settle)


async def _without_start(runtime: WaveRuntime, job: Job, finding: NextStep) -> Json | None:
    if finding.next is Next.WAIT:
        return {"wait": {}}
    if finding.next is Next.REFUSE:
        return _ended(job, State.FAILED, finding.reason)
    if finding.next is Next.LOOK_AGAIN:
        await runtime.sleep(min(runtime.pace.settle, runtime.pace.poll) / 3)
        return None
    return {"outcome": await installed(runtime, job, dict(finding.summary or {}))}


async def installed(runtime: WaveRuntime, job: Job, summary: Json) -> Json:
    """The outcome of an installation that the instance view tells of: ours if we had sent a request, else another's."""
    outcome = from_result(job.base, summary)
    if await runtime.ask(notes.attempted, runtime.notes, job.workflow) is None:
        outcome = outcome.model_copy(
            update={
                "state": State.ADOPTED,
                "message": "it was installed on since the plan was made: nothing was started",
            }
        )
    return outcome.model_dump(by_alias=True)


async def _held_up(runtime: WaveRuntime, job: Job, refusal: Refusal, tries: int) -> None:
    seconds = refusal.seconds or min(60.0, runtime.pace.poll / 4 * 2 ** min(tries, 4))
    if refusal.kind is RefusalKind.THROTTLED:
        await runtime.tap(job.partition).refused(seconds)
    await runtime.sleep(seconds)


async def _minutes_left(runtime: WaveRuntime, control: Control, job: Job) -> int | None:
    """Wait for the maintenance hours; the minutes that they are open, None where all hours are good."""
    if job.hours is None:
        return None
    hours = Hours.model_validate(dict(job.hours))
    while True:
        now = runtime.now()
        closes = hours.closes(now)
        if closes and closes - now >= _LEAST_LEFT:
            return int((closes - now).total_seconds() // 60)
        if await control.stopped(job.wave):
            return 0
        opens = hours.opens(closes or now)
        await runtime.sleep(min(60.0, max(1.0, (opens - now).total_seconds())))


def _ended(job: Job, state: State, message: str) -> Json:
    return {"outcome": MachineOutcome(**job.base, state=state, message=message).model_dump(by_alias=True)}
