"""Run the script in a machine, and wait for its output."""

from datetime import timedelta
from typing import Any

from azure_hotpatch.operations.clients import guest
from azure_hotpatch.operations.clients.refusals import Refusal, RefusalKind
from azure_hotpatch.operations.durable.job import Job
from azure_hotpatch.operations.durable.runtime import WaveRuntime
from azure_hotpatch.operations.durable.waiting import result_of
from azure_hotpatch.operations.install.take_back import Removal
from azure_hotpatch.operations.rollback.outcome import ScriptAnswer, answer_of
from azure_hotpatch.operations.rollback.removal import script

Json = dict[str, Any]
_LONGEST = timedelta(minutes=90)  # "Run scripts in your Windows VM": a script may run for 90 minutes


async def answer(runtime: WaveRuntime, job: Job, target: Removal, *, removing: bool) -> ScriptAnswer:
    """The machine's answer. Raises Refusal, and UnreadableAnswerError where it is not the script's."""
    text = script(target, removing=removing)
    begun = await runtime.ask(guest.begin_script, runtime.connection, job.place, text)
    found = await over(runtime, job, {"operation": begun.operation, "result": begun.result})
    return answer_of(guest.printed(found), target.kb)


async def over(runtime: WaveRuntime, job: Job, begun: Json) -> Json:
    """Wait for the end of an operation; its result. Raises Refusal where it failed or is lost."""
    deadline = runtime.now() + _LONGEST
    runtime.waiting += 1
    try:
        while (ended := await result_of(runtime, job, begun)) is None:
            if runtime.now() > deadline:
                raise Refusal(RefusalKind.ANSWER_LOST, "the operation on the machine did not end in time")
            await runtime.sleep(min(runtime.poll, 5.0))
    finally:
        runtime.waiting -= 1
    found, error = ended
    if error:
        raise Refusal(RefusalKind.REFUSED, error)
    return found or {}
