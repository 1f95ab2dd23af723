"""Wait for a token of Azure's bucket, in the order of the requests; Azure's answers correct its level."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Protocol, TypeVar

from azure_hotpatch.operations.install.buckets import PATCH, Bucket, Limit

Result = TypeVar("Result")
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
        self._counting = threading.Lock()
        self._out = 0  # tokens that were taken and whose requests have no answer yet

    @asynccontextmanager
    async def token(self) -> AsyncIterator["HeldToken"]:
        """Wait for a token, and hold it while a request is made."""
        async with self._turn:
            while wait := await self._source.take():
                await self._sleep(min(wait, _LONGEST_SLEEP))
        self.count(1)
        token = HeldToken(self)
        try:
            yield token
        finally:
            token.end()

    def count(self, change: int) -> int:
        """Count tokens in or out, on any thread; how many are out then."""
        with self._counting:
            self._out += change
            return self._out

    async def answered(self, remaining: int | None, others: int) -> None:
        """An answer came; `remaining` is what it says is left, `others` the requests that were under way then."""
        if remaining is not None:
            await self._source.tell(remaining, others)

    async def refused(self, seconds: float) -> None:
        await self._source.close(seconds)


class HeldToken:
    """A token that is held. A request is over when its answer is here, not when somebody has the time to look at it:
    Azure has counted it then, and to count it again would waste a token for each answer that waits."""

    def __init__(self, tap: Tap) -> None:
        self._tap = tap
        self._is_out = True

    def ask(self, function: Callable[..., Result], *arguments: Any) -> tuple[Result, int]:
        """Make the request, on a thread: its answer, and how many others were under way when it came."""
        try:
            found = function(*arguments)
        finally:
            others = self.end()
        return found, others

    def end(self) -> int:
        """Count it as answered, once; how many are out then."""
        change, self._is_out = (-1 if self._is_out else 0), False
        return self._tap.count(change)
