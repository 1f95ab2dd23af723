"""Check, by what the machine itself reports, whether an update that was to repair it is in force."""

from typing import Any

from azure_hotpatch.operations.clients.refusals import Refusal
from azure_hotpatch.operations.durable.job import Job
from azure_hotpatch.operations.durable.patience import OutOfPatienceError, patiently
from azure_hotpatch.operations.durable.runtime import WaveRuntime
from azure_hotpatch.operations.durable.scripts import answer
from azure_hotpatch.operations.install.outcome import MachineOutcome, State
from azure_hotpatch.operations.install.take_back import Removal
from azure_hotpatch.operations.rollback.outcome import UnreadableAnswerError, why_not_fixed

Json = dict[str, Any]
_TO_CONFIRM = (State.INSTALLED, State.PARTLY, State.ADOPTED)


async def confirm(runtime: WaveRuntime, job: Job, target: Removal, installed: Json) -> Json:
    """The outcome of an installation, with what the machine reports about the update."""
    outcome = MachineOutcome.model_validate(installed)
    if outcome.state not in _TO_CONFIRM:
        return installed

    async def looked() -> Json:
        found = await answer(runtime, job, target, removing=False)
        return {"build": found.build, "why": why_not_fixed(found, target)}

    try:
        said = await patiently(runtime, job, looked)
    except (Refusal, UnreadableAnswerError, OutOfPatienceError) as error:
        said, state = {"why": f"Azure installed, but the machine could not be read afterwards: {error}"}, State.UNKNOWN
    else:
        state = State.FAILED if said["why"] else outcome.state
    message = said["why"] or outcome.message
    changed = {"state": state, "message": message, "build": said.get("build", "")}
    return outcome.model_copy(update=changed).model_dump(by_alias=True)
