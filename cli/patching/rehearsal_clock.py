"""A clock that jumps over waits, so that a wave's installations, soak and hours pass in seconds.

It stands at the time of this computer, moved on. Whoever waits the shortest has it moved to their moment, but not while
others are at work: what they do would seem to take as long as the wait.
"""

import asyncio
import heapq
import itertools
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

GLANCE = 0.2  # seconds; a shorter wait moves nothing: it ends with its time, or as soon as the clock was moved
_BLINK, _BLINKS = 0.005, 4  # so long nobody may have been at work before the clock is moved


class CountedThreads(ThreadPoolExecutor):
    """A pool of threads that knows whether any of its work is not done yet."""

    _under_way = 0

    def submit(self, fn: Any, /, *arguments: Any, **options: Any) -> Future[Any]:
        self._under_way += 1
        future = super().submit(fn, *arguments, **options)
        future.add_done_callback(self._done)
        return future

    @property
    def are_busy(self) -> bool:
        return self._under_way > 0

    def _done(self, _future: Future[Any]) -> None:
        self._under_way -= 1


class RehearsalClock:
    """`is_busy` says whether anybody is at work, `moved` hears by how many seconds the clock is moved."""

    def __init__(
        self, is_busy: Callable[[], bool] = lambda: False, moved: Callable[[float], None] = lambda _seconds: None
    ) -> None:
        self._is_busy, self._moved = is_busy, moved
        self._ahead = 0.0
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []  # by the moment that they wait for
        self._glancing: set[asyncio.Future[None]] = set()
        self._numbers = itertools.count()
        self._mover: asyncio.Task[None] | None = None

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._ahead)

    def monotonic(self) -> float:
        """Seconds, as time.monotonic."""
        return time.monotonic() + self._ahead

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if seconds < GLANCE:
            await self._glance(woken, seconds)
            return
        heapq.heappush(self._waiting, (self.monotonic() + seconds, next(self._numbers), woken))
        if self._mover is None or self._mover.done():
            self._mover = asyncio.create_task(self._move())
        await woken

    async def _glance(self, woken: asyncio.Future[None], seconds: float) -> None:
        self._glancing.add(woken)
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(woken, seconds)
        finally:
            self._glancing.discard(woken)

    async def _move(self) -> None:
        while self._waiting:
            await self._stillness()
            self._jump()

    async def _stillness(self) -> None:
        quiet = 0
        while quiet < _BLINKS:
            await asyncio.sleep(_BLINK)
            quiet = 0 if self._is_busy() else quiet + 1

    def _jump(self) -> None:
        by = max(0.0, self._waiting[0][0] - self.monotonic())
        self._ahead += by
        self._moved(by)
        due = [woken for _, _, woken in self._due()]
        for woken in (*due, *self._glancing):
            if not woken.done():  # whoever waited may have given up
                woken.set_result(None)

    def _due(self) -> list[tuple[float, int, "asyncio.Future[None]"]]:
        found, now = [], self.monotonic()
        while self._waiting and self._waiting[0][0] <= now:
            found.append(heapq.heappop(self._waiting))
        return found
