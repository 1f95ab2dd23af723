"""Start an installation at most once: read the machine before each request, and note each request first."""

import time
from typing import Any

from azure_hotpatch.operations.clients import compute
from azure_hotpatch.operations.clients.machines import last_installation, power_of
from azure_hotpatch.operations.clients.refusals import Refusal, RefusalKind
from azure_hotpatch.operations.clients.tap import HeldToken
from azure_hotpatch.operations.durable import lost_requests, notes
from azure_hotpatch.operations.durable.control import Control
from azure_hotpatch.operations.durable.job import Job
from azure_hotpatch.operations.durable.patience import OutOfPatienceError, patiently
from azure_hotpatch.operations.durable.runtime import WaveRuntime
from azure_hotpatch.operations.install.advisory import order_with
from azure_hotpatch.operations.install.beginning import Next, NextStep, next_step
from azure_hotpatch.operations.install.hours import Hours
from azure_hotpatch.operations.install.order import Order
from azure_hotpatch.operations.install.outcome import State, from_result

Json = dict[str, Any]
_NOT_SEEN = {State.FAILED, State.UNKNOWN, State.NOT_STARTED}
_NOTHING_HAPPENED = {
    RefusalKind.THROTTLED,
    RefusalKind.UNDER_WAY,
    RefusalKind.REFUSED,
    RefusalKind.PERMISSION,
    RefusalKind.GONE,
}


async def start(runtime: WaveRuntime, control: Control, job: Job) -> Json:
    """Start one machine, or find that it need not or must not be.

    Gives `{"outcome": …}` where that is the end of it, or `{"wait": {"operation", "result"}}`; both are empty where an
    installation is under way whose operation is not known.
    """
    try:
        found = await patiently(runtime, job, lambda: _try(runtime, control, job))
    except Refusal as refusal:
        return job.ended(State.FAILED, str(refusal))
    except OutOfPatienceError as error:
        return job.ended(State.FAILED, await _gave_up(runtime, job, str(error)))
    if "wait" in found or found["outcome"]["state"] not in _NOT_SEEN:
        await lost_requests.found(runtime, job)
    return found


async def _gave_up(runtime: WaveRuntime, job: Job, said: str) -> str:
    """The message for a machine that was tried too often: whether something may have been started, and what to do."""
    reason = said or "the machine does not show what came of it"
    if await runtime.ask(notes.attempted, runtime.notes, job.workflow) is None:
        return f"nothing was started after too many tries: {reason}; then plan it again"
    return f"it may have been started: {reason}; look at it with `hotpatch history`, then plan it again"


async def _try(runtime: WaveRuntime, control: Control, job: Job) -> Json | None:
    """One attempt; None where it must be looked at again."""
    stopped = await control.stopped(job.wave)
    if stopped and await runtime.ask(notes.attempted, runtime.notes, job.workflow) is None:
        return job.ended(State.NOT_STARTED, stopped)
    finding = await _look(runtime, job)
    if finding.next is not Next.START:
        return await _without_start(runtime, job, finding)
    minutes = await minutes_left(runtime, control, job)
    async with runtime.tap(job.bucket).token() as token:
        stopped = await control.stopped(job.wave)
        if stopped:
            return job.ended(State.NOT_STARTED, stopped)
        return await _claimed(runtime, job, minutes, token)


async def _claimed(runtime: WaveRuntime, job: Job, minutes: int | None, token: HeldToken) -> Json | None:
    """Look once more and send the request, while no other wave of this store is between the two."""
    identifier = job.machine["id"]
    if not await runtime.ask(notes.claim, runtime.notes, identifier, job.workflow, runtime.pace.claim):
        return await _without_start(runtime, job, await lost_requests.of_another(runtime, job))
    try:
        finding = await _look(runtime, job)
        if finding.next is Next.START:
            return await _send(runtime, job, minutes, token)
    finally:
        # Else the machine may not show it yet, and another wave would start it as well.
        if not await lost_requests.is_noted(runtime, job.workflow):
            await runtime.ask(notes.release, runtime.notes, identifier, job.workflow)
    return await _without_start(runtime, job, finding)


async def _send(runtime: WaveRuntime, job: Job, minutes: int | None, token: HeldToken) -> Json:
    order = await _order(runtime, job)
    if order.is_empty:
        return job.ended(State.NOT_STARTED, "the updates that it was to install have turned out bad")
    body = order.body(minutes)
    before = await runtime.ask(notes.attempted, runtime.notes, job.workflow)
    await runtime.ask(notes.attempt, runtime.notes, job.workflow)
    try:
        asked = (compute.begin_install, runtime.connection, job.place, body)
        begun, others = await runtime.ask(token.ask, *asked)
    except Refusal as refusal:
        if refusal.kind is RefusalKind.ANSWER_LOST:  # it may have left only now: its time to show begins again
            await runtime.ask(notes.attempt, runtime.notes, job.workflow)
            await lost_requests.note(runtime, job.workflow)
            await lost_requests.keep_from_others(runtime, job)
        elif before is None and refusal.kind in _NOTHING_HAPPENED:
            await runtime.ask(notes.forget, runtime.notes, [job.workflow])
        raise
    await runtime.tap(job.bucket).answered(begun.remaining, others)
    return {"wait": {"operation": begun.operation, "result": begun.result}}


async def _order(runtime: WaveRuntime, job: Job) -> Order:
    """The order without what turned out bad, and without what was taken off the machine."""
    advisories = await runtime.ask(notes.bans, runtime.notes, runtime.now())
    taken_off = await runtime.ask(notes.taken_off, runtime.notes, job.machine["id"])
    order = order_with(Order.model_validate(dict(job.order)), advisories)
    return order.without(taken_off) if taken_off else order


async def _look(runtime: WaveRuntime, job: Job) -> NextStep:
    looked = time.time()  # before the request: the view shows the machine as of then, however late it arrives
    view = await runtime.ask(compute.view, runtime.connection, job.place)
    at = await runtime.ask(notes.attempted, runtime.notes, job.workflow)
    since = None if at is None else max(0.0, looked - at)
    is_lost = at is not None and await lost_requests.is_noted(runtime, job.workflow)
    last, settle = last_installation(view), runtime.pace.settle
    return next_step(power_of(view), last, job.machine["lastActivity"], since, settle, is_lost=is_lost)


async def _without_start(runtime: WaveRuntime, job: Job, finding: NextStep) -> Json | None:
    if finding.next is Next.WAIT:
        return {"wait": {}}
    if finding.next is Next.REFUSE:
        return job.ended(State.FAILED, finding.reason)
    if finding.next is Next.LOST:
        return lost_requests.given_up(runtime, job, finding.reason)
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
                "message": "something was installed on it since the plan was made: nothing was started",
            }
        )
    return outcome.model_dump(by_alias=True)


async def minutes_left(runtime: WaveRuntime, control: Control, job: Job) -> int | None:
    """Wait for the maintenance hours; the minutes that they are open, None where all hours are good."""
    if job.hours is None:
        return None
    hours = Hours.model_validate(dict(job.hours))
    while True:
        now = runtime.now()
        closes = hours.closes(now)
        opens = hours.starts(now)
        if closes and opens <= now:
            return int((closes - now).total_seconds() // 60)
        if await control.stopped(job.wave):
            return 0
        await runtime.sleep(min(60.0, max(1.0, (opens - now).total_seconds())))
