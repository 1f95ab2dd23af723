"""Wait for the end of an installation: by its operation, or by the machine's instance view."""

from datetime import timedelta
from typing import Any

from azure_hotpatch.operations.clients import compute
from azure_hotpatch.operations.clients.machines import last_installation
from azure_hotpatch.operations.clients.refusals import Refusal, RefusalKind
from azure_hotpatch.operations.durable.job import Job
from azure_hotpatch.operations.durable.runtime import WaveRuntime
from azure_hotpatch.operations.durable.starting import installed
from azure_hotpatch.operations.install.outcome import State, from_result
from azure_hotpatch.operations.install.text import minutes_of

Json = dict[str, Any]
# What an installation may take beyond its maximum duration, the restart above all.
_GRACE = timedelta(hours=1)


async def wait(runtime: WaveRuntime, job: Job, begun: Json) -> Json:
    """The outcome of an installation; whatever Azure refuses meanwhile is asked again until its time is long over."""
    deadline = runtime.now() + timedelta(minutes=minutes_of(job.order["maximumDuration"])) + _GRACE
    said = ""
    runtime.waiting += 1
    try:
        while runtime.now() < deadline:
            try:
                ended = await _look(runtime, job, begun)
            except Refusal as refusal:
                ended, said = None, str(refusal)
                begun = (
                    {} if refusal.kind in (RefusalKind.GONE, RefusalKind.REFUSED) else begun
                )  # the operation is forgotten
            if ended is not None:
                return ended
            await runtime.sleep(runtime.poll)
    finally:
        runtime.waiting -= 1
    message = f"it was started, but its end could not be read in time{': ' + said if said else ''}"
    return job.outcome(State.UNKNOWN, message)


async def _look(runtime: WaveRuntime, job: Job, begun: Json) -> Json | None:
    """The outcome, or None while it goes on."""
    if begun.get("operation"):
        return await _by_operation(runtime, job, begun)
    view = await runtime.ask(compute.view, runtime.connection, job.place)
    last = last_installation(view)
    if (
        not last
        or last.get("status") == "InProgress"
        or last.get("installationActivityId") == job.machine["lastActivity"]
    ):
        return None
    return await installed(runtime, job, dict(last))


async def _by_operation(runtime: WaveRuntime, job: Job, begun: Json) -> Json | None:
    ended = await result_of(runtime, job, begun)
    if ended is None:
        return None
    found, error = ended
    nothing = {"status": "Failed", "error": {"message": error or "Azure does not say what it installed"}}
    shown = nothing if found is None else found
    return from_result(job.base, shown).model_dump(by_alias=True)


async def result_of(runtime: WaveRuntime, job: Job, begun: Json) -> tuple[Json | None, str] | None:
    """What an operation gave, or None while it goes on; the result is None where it failed, with what Azure says."""
    subscription = job.place.subscription
    status, body = await runtime.ask(compute.status, runtime.connection, subscription, begun["operation"])
    if status not in ("Succeeded", "Failed", "Canceled"):
        return None
    found = (body.get("properties") or {}).get("output")
    if found is None and begun.get("result") and status == "Succeeded":
        found = await runtime.ask(compute.result, runtime.connection, subscription, begun["result"])
    words = (body.get("error") or {}).get("message") or f"Azure says: {status}"
    return found, "" if status == "Succeeded" else str(words)
