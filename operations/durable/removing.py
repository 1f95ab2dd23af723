"""Uninstall an update from a machine: run the script, restart once, and check the result.

Each step can be repeated at any point. The script removes nothing that is removed already, and the restart is requested
only while the machine itself reports that the removal waits for it.
"""

import time
from typing import Any

from azure_hotpatch.operations.clients import compute, guest
from azure_hotpatch.operations.clients.machines import last_installation, power_of
from azure_hotpatch.operations.clients.refusals import Refusal, RefusalKind
from azure_hotpatch.operations.durable import lost_requests, notes
from azure_hotpatch.operations.durable.control import Control
from azure_hotpatch.operations.durable.job import Job
from azure_hotpatch.operations.durable.patience import OutOfPatienceError, patiently
from azure_hotpatch.operations.durable.runtime import WaveRuntime
from azure_hotpatch.operations.durable.scripts import answer, over
from azure_hotpatch.operations.durable.starting import minutes_left
from azure_hotpatch.operations.install.outcome import State
from azure_hotpatch.operations.install.take_back import Removal
from azure_hotpatch.operations.rollback.outcome import (
    Said,
    ScriptAnswer,
    UnreadableAnswerError,
    why_not_gone,
    why_not_removed,
)

Json = dict[str, Any]
# A machine is one wave's from the removal to the look after the restart; that of a wave which nobody resumes is let go.
_HELD_SECONDS = 3 * 3600.0
_LEFT = "it is removed, and gone after a restart"


async def remove(runtime: WaveRuntime, control: Control, job: Job, target: Removal) -> Json:
    """Uninstall the update: `{"outcome": …}` where the workflow ends here, else `{"begun": when}`: a restart is due."""
    begun = runtime.now().isoformat()
    try:
        found = await patiently(runtime, job, lambda: _try(runtime, control, job, target))
    except (Refusal, UnreadableAnswerError) as error:
        found = job.ended(State.FAILED, str(error))
    except OutOfPatienceError as error:
        found = job.ended(State.FAILED, await _gave_up(runtime, job, str(error)))
    if "outcome" in found:
        await _let_go(runtime, job)
    return {"begun": begun, **found}


async def _gave_up(runtime: WaveRuntime, job: Job, said: str) -> str:
    """The message for a machine that was tried too often: whether it may be removed, and what to do."""
    if not said:
        return "it could not be started in time; another wave removes it, or did, and the machine did not restart"
    if await runtime.ask(notes.attempted, runtime.notes, job.workflow) is None:
        return f"nothing was removed after too many tries: {said}; then roll it back again"
    return f"it may have been removed, and waits for a restart then: {said}; `hotpatch rollback` looks again"


async def restart(runtime: WaveRuntime, job: Job, target: Removal) -> Json:
    """Restart the machine unless it has restarted since; `{"outcome": …}` where it cannot be restarted."""
    try:
        return await patiently(runtime, job, lambda: _try_restart(runtime, job, target))
    except (Refusal, UnreadableAnswerError, OutOfPatienceError) as error:
        await _let_go(runtime, job)
        return job.ended(State.FAILED, f"{str(error) or 'it could not be restarted'}; {_LEFT}")


async def read_back(runtime: WaveRuntime, job: Job, target: Removal, begun: str) -> Json:
    """The outcome, by what the machine itself reports."""
    try:
        found = await patiently(runtime, job, lambda: _looked(runtime, job, target))
    except (Refusal, UnreadableAnswerError, OutOfPatienceError) as error:
        await _let_go(runtime, job)
        return job.outcome(State.UNKNOWN, f"it was restarted, but could not be read afterwards: {error}", begun=begun)
    said = ScriptAnswer(Said(found["said"]), found["build"], tuple(found["packages"]), found["code"])
    why = why_not_gone(said, target)
    if not why and job.take_back:
        await runtime.ask(notes.took_off, runtime.notes, job.machine["id"], job.take_back.kb)
    await _let_go(runtime, job)
    state, words = (State.FAILED, why) if why else (State.UNINSTALLED, f"{target.kb} is off it")
    more = {"build": said.build, "begun": begun, "ended": runtime.now().isoformat()}
    return job.outcome(state, words, reboot="Required" if why and _waits(said) else "Completed", **more)


async def _try(runtime: WaveRuntime, control: Control, job: Job, target: Removal) -> Json | None:
    """One attempt; None where it must be retried."""
    stopped = await control.stopped(job.wave)
    if stopped:
        return job.ended(State.NOT_STARTED, stopped)
    view = await runtime.ask(compute.view, runtime.connection, job.place)
    power = power_of(view)
    if power not in (None, "running"):
        return job.ended(State.FAILED, f"it is {power}: start it, and plan again")
    is_busy = (last_installation(view) or {}).get("status") == "InProgress"
    if is_busy or not await runtime.ask(notes.claim, runtime.notes, job.machine["id"], job.workflow, _HELD_SECONDS):
        await runtime.sleep(runtime.pace.poll)
        return None
    await minutes_left(runtime, control, job)
    # The token stands for all four requests of the machine (buckets.UNINSTALL), of which the first takes as long as its
    # script. It is spent once it is taken; to hold it counts requests under way, by which an answer's figure of what is
    # left is read, and no answer to these requests has that figure.
    async with runtime.tap(job.bucket).token():
        stopped = await control.stopped(job.wave)
    if stopped:
        return job.ended(State.NOT_STARTED, stopped)
    return await _removed(runtime, job, target)


async def _removed(runtime: WaveRuntime, job: Job, target: Removal) -> Json | None:
    before = await runtime.ask(notes.attempted, runtime.notes, job.workflow)
    await runtime.ask(notes.attempt, runtime.notes, job.workflow)
    try:
        found = await answer(runtime, job, target, removing=True)
    except Refusal as refusal:
        if before is None and refusal.kind not in (RefusalKind.ANSWER_LOST, RefusalKind.NOT_SENT):
            await runtime.ask(notes.forget, runtime.notes, [job.workflow])
        raise
    if found.said is Said.REMOVED or (before is not None and found.said in (Said.REMOVAL_PENDING, Said.ABSENT)):
        return {}
    await runtime.ask(notes.forget, runtime.notes, [job.workflow])
    if found.said is Said.REMOVAL_PENDING:  # another's, who restarts it as well
        await runtime.sleep(runtime.pace.poll)
        return None
    why = why_not_removed(found, target)
    state, words = (State.FAILED, why) if why else (State.ADOPTED, f"{target.kb} is not installed: nothing was done")
    return {"outcome": job.outcome(state, words, build=found.build)}


async def _try_restart(runtime: WaveRuntime, job: Job, target: Removal) -> Json | None:
    looked = time.time()  # before the script: its answer shows the machine as of then, however late it arrives
    found = await answer(runtime, job, target, removing=False)
    if found.said is not Said.REMOVAL_PENDING:
        return {}
    name = notes.restart_of(job.workflow)
    at = await runtime.ask(notes.attempted, runtime.notes, name)
    if at is not None and looked - at < runtime.pace.settle:
        await runtime.sleep(min(runtime.pace.settle, runtime.pace.poll) / 3)
        return None
    if at is not None and await lost_requests.is_noted(runtime, name):
        await _let_go(runtime, job)
        return job.ended(State.FAILED, f"{lost_requests.not_seen(runtime)}: look before you restart it; {_LEFT}")
    await runtime.ask(notes.attempt, runtime.notes, name)
    try:
        begun = await runtime.ask(guest.begin_restart, runtime.connection, job.place)
    except Refusal as refusal:
        if refusal.kind is RefusalKind.ANSWER_LOST:  # it may have left only now: its time to show begins again
            await runtime.ask(notes.attempt, runtime.notes, name)
            await lost_requests.note(runtime, name)
        raise
    await over(runtime, job, {"operation": begun.operation, "result": begun.result})
    return None


async def _looked(runtime: WaveRuntime, job: Job, target: Removal) -> Json:
    found = await answer(runtime, job, target, removing=False)
    return {"said": str(found.said), "build": found.build, "packages": list(found.packages), "code": found.code}


def _waits(found: ScriptAnswer) -> bool:
    return found.said in (Said.REMOVAL_PENDING, Said.RESTART_PENDING)


async def _let_go(runtime: WaveRuntime, job: Job) -> None:
    await runtime.ask(notes.release, runtime.notes, job.machine["id"], job.workflow)
