"""Waiting for a token of Azure's bucket, one after the other, as Azure's own answers correct it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Protocol

from azure_hotpatch.operations.install.buckets import PATCH, Bucket, Limit

Sleep = Callable[[float], Awaitable[None]]
# Nobody sleeps longer without looking again: others may have drawn from the bucket, or given it up.
_LONGEST_SLEEP = 5.0


class TokenSource(Protocol):
    """A bucket: of this process alone, or shared with other workers."""

    async def take(self) -> float:
        """Take a token, and 0; or nothing, and the seconds after which to try again."""

    async def tell(self, remaining: int, in_flight: int) -> None:
        """Azure says how many tokens are left."""

    async def close(self, seconds: float) -> None:
        """Azure refused a request, and wants to be left alone so long."""


class OwnSource:
    """The bucket of the one worker of a store. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float], limit: Limit = PATCH) -> None:
        self._clock = clock
        self._bucket = Bucket(limit, float(limit.cap), clock())

    async def take(self) -> float:
        now = self._clock()
        wait = self._bucket.wait(now)
        if not wait:
            self._bucket.take(now)
        return wait

    async def tell(self, remaining: int, in_flight: int) -> None:
        self._bucket.tell(self._clock(), remaining, in_flight)

    async def close(self, seconds: float) -> None:
        self._bucket.close(self._clock(), seconds)


class Tap:
    """The requests of this process to one bucket, in the order in which they came."""

    def __init__(self, source: TokenSource, sleep: Sleep = asyncio.sleep) -> None:
        self._source = source
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self._in_flight = 0

    @asynccontextmanager
    async def token(self) -> AsyncIterator[None]:
        """Wait for a token, and hold it while a request is made."""
        async with self._turn:
            while wait := await self._source.take():
                await self._sleep(min(wait, _LONGEST_SLEEP))
        self._in_flight += 1
        try:
            yield
        finally:
            self._in_flight -= 1

    async def answered(self, remaining: int | None) -> None:
        """An answer came; `remaining` is what it says is left."""
        if remaining is not None:
            await self._source.tell(remaining, self._in_flight - 1)

    async def refused(self, seconds: float) -> None:
        await self._source.close(seconds)
