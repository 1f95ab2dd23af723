"""Retry requests that Azure throttles or loses, until they are answered or refused, or their time is over."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from azure_hotpatch.operations.clients.refusals import Refusal, RefusalKind
from azure_hotpatch.operations.durable.job import Job
from azure_hotpatch.operations.durable.runtime import WaveRuntime

Json = dict[str, Any]
HELD_UP = {RefusalKind.NOT_SENT, RefusalKind.ANSWER_LOST, RefusalKind.UNDER_WAY, RefusalKind.THROTTLED}
_REFUSALS = 20  # of one machine, one after the other, that are waited for
_TIME = timedelta(hours=2)


class OutOfPatienceError(Exception):
    """Retried for too long; `str()` is the last reason, or empty."""


async def patiently(runtime: WaveRuntime, job: Job, attempt: Callable[[], Awaitable[Json | None]]) -> Json:
    """The result of an attempt; None is retried. Raises OutOfPatienceError, and a Refusal that waiting cannot cure."""
    since: datetime | None = None  # the first attempt was in vain: before, it may have waited for the maintenance hours
    refused, said = 0, ""
    while refused < _REFUSALS and (since is None or runtime.now() - since < _TIME):
        try:
            found = await attempt()
        except Refusal as refusal:
            if refusal.kind not in HELD_UP:
                raise
            refused, said = refused + 1, str(refusal)
            await _held_up(runtime, job, refusal, refused)
        else:
            refused = 0
            if found is not None:
                return found
        since = since or runtime.now()
    raise OutOfPatienceError(said)


async def _held_up(runtime: WaveRuntime, job: Job, refusal: Refusal, tries: int) -> None:
    seconds = refusal.seconds or min(60.0, runtime.pace.poll / 4 * 2 ** min(tries - 1, 4))
    if refusal.kind is RefusalKind.THROTTLED:
        await runtime.tap(job.bucket).refused(seconds)
    await runtime.sleep(seconds)
