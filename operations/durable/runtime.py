"""What a worker works with: Azure, notes, buckets, a clock, and a pool of threads for Azure's clients."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from dbos import DBOSClient
from sqlalchemy import Engine

from azure_hotpatch.operations.clients.connection import CONNECTIONS, Connection
from azure_hotpatch.operations.clients.tap import OwnSource, Sleep, Tap, TokenSource
from azure_hotpatch.operations.install.buckets import Limit

Result = TypeVar("Result")


# A request whose sender was killed can still arrive. Linux goes on sending it for about two minutes
# (tcp_orphan_retries), and proxies keep what they have for about four; after that it is lost for good.
SETTLE_SECONDS = 300.0
_SETTLE_ON_THIS_MACHINE = 30.0
# Beyond that, the time between the claim of a machine and the end of the request: its token, and its answer.
_REQUEST_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Pace:
    """How often Azure is polled, in seconds."""

    poll: float = 15.0  # an operation may be asked about 15 times a minute
    settle: float = SETTLE_SECONDS  # how long a request that was sent may take to show in the instance view
    ring: float = 2.0  # how often the machines of a ring are counted
    asks_a_second: float = 50.0  # about all operations together; Azure's bucket has 83 for a subscription and region

    @property
    def claim(self) -> float:
        """How long a machine is a wave's whose request has no answer: no other wave looks before it would show."""
        return self.settle + _REQUEST_SECONDS


def pace_of(endpoint: str, poll: float) -> Pace:
    """The pace for an Azure: no network holds back what one on this machine is asked."""
    host = urlsplit(endpoint).hostname or ""
    is_here = host == "localhost" or host.startswith("127.") or host == "::1"
    return Pace(poll=poll, settle=_SETTLE_ON_THIS_MACHINE if is_here else SETTLE_SECONDS)


@dataclass(slots=True)
class WaveRuntime:
    """Everything that the steps of a wave need and that is stored nowhere."""

    connection: Connection
    notes: Engine
    client: DBOSClient
    pace: Pace = Pace()
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Sleep = asyncio.sleep
    source: Callable[[str, Limit], TokenSource] = lambda _name, limit: OwnSource(time.monotonic, limit)
    taps: dict[str, Tap] = field(default_factory=dict)
    waiting: int = 0  # installations whose end is awaited here
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(CONNECTIONS, "azure"))

    ending: bool = False

    def tap(self, bucket: tuple[str, Limit]) -> Tap:
        name, limit = bucket
        if name not in self.taps:
            self.taps[name] = Tap(self.source(name, limit), self.sleep)
        return self.taps[name]

    async def ask(self, function: Callable[..., Result], *arguments: Any) -> Result:
        """Run a blocking call on a thread of the pool.

        Once the worker ends nothing is answered any more: a step that failed then would be kept as failed, and one that
        hangs is taken up by the next worker.
        """
        if self.ending:
            await asyncio.Event().wait()
        try:
            return await asyncio.get_running_loop().run_in_executor(self.threads, lambda: function(*arguments))
        except Exception:
            if self.ending:
                await asyncio.Event().wait()
            raise

    @property
    def poll(self) -> float:
        """Seconds until an operation is polled again; the more operations, the less often each is."""
        return max(self.pace.poll, self.waiting / self.pace.asks_a_second)

    def end(self) -> None:
        """Answer no further step."""
        self.ending = True

    def close(self) -> None:
        self.threads.shutdown(wait=False, cancel_futures=True)
        self.connection.close()
        self.notes.dispose()
