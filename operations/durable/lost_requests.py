"""A request whose answer was lost, though it had left: it may come yet, and only a person has another one sent.

A network gives such a request up within minutes; Azure itself, or what stands before it, may hold one for longer.
"""

import time
from typing import Any

from azure_hotpatch.domain.counting import counted
from azure_hotpatch.operations.durable import ids, notes
from azure_hotpatch.operations.durable.job import Job
from azure_hotpatch.operations.durable.runtime import WaveRuntime
from azure_hotpatch.operations.install.beginning import Next, NextStep
from azure_hotpatch.operations.install.outcome import State

Json = dict[str, Any]
# So long no other wave of the store starts the machine by itself. Tokens of Microsoft Entra live 60 to 90 minutes
# ("Configurable token lifetimes in the Microsoft identity platform"): a request held before the gateway ends with its.
CLAIM_SECONDS = 90 * 60.0


async def note(runtime: WaveRuntime, request: str) -> None:
    """Note that the answer to a request was lost; a workflow's own has its id."""
    await runtime.ask(notes.attempt, runtime.notes, notes.lost_of(request))


async def is_noted(runtime: WaveRuntime, request: str) -> bool:
    return await runtime.ask(notes.attempted, runtime.notes, notes.lost_of(request)) is not None


async def keep_from_others(runtime: WaveRuntime, job: Job) -> None:
    """Keep a machine from the other waves of the store, as long as such a request may come."""
    await runtime.ask(notes.claim, runtime.notes, job.machine["id"], job.workflow, CLAIM_SECONDS)


async def found(runtime: WaveRuntime, job: Job) -> None:
    """The machine shows an installation: such a request is no longer waited for."""
    if await is_noted(runtime, job.workflow):
        await runtime.ask(notes.ask_again, runtime.notes, [job.workflow])
        await runtime.ask(notes.release, runtime.notes, job.machine["id"], job.workflow)


def given_up(runtime: WaveRuntime, job: Job, of_another: str = "") -> Json:
    """The end of a machine that does not show in time what came of such a request, ours or that of another wave."""
    if of_another:
        return job.ended(State.NOT_STARTED, of_another)
    asks = f"look at it with `hotpatch history`; `hotpatch wave resume {job.wave}` asks again"
    return job.ended(State.UNKNOWN, f"it may have been started: {not_seen(runtime)}; {asks}")


def not_seen(runtime: WaveRuntime) -> str:
    minutes = round(runtime.pace.settle / 60)
    return (
        f"the answer to the request was lost, and in {counted(minutes, 'minute')} the machine has shown nothing of it"
    )


async def of_another(runtime: WaveRuntime, job: Job) -> NextStep:
    """What to do with a machine that another wave claims: whose request was lost, that is not waited for long."""
    holder = await runtime.ask(notes.holder, runtime.notes, job.machine["id"])
    lost = None if holder is None else await runtime.ask(notes.attempted, runtime.notes, notes.lost_of(holder))
    if holder is None or lost is None or time.time() - lost < runtime.pace.settle:
        return NextStep(Next.LOOK_AGAIN)
    wave = ids.wave_of(holder)
    return NextStep(
        Next.LOST,
        f"the wave {wave} sent a request for it whose answer was lost, and that may come yet: look at the machine with "
        f"`hotpatch history`; `hotpatch wave resume {wave}` asks again",
    )
