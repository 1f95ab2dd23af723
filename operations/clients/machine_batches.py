"""Read and assess many machines at once, within Azure's buckets."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from azure_hotpatch.operations.clients import compute
from azure_hotpatch.operations.clients.compute import Begun, MachinePath
from azure_hotpatch.operations.clients.connection import CONNECTIONS, Connection
from azure_hotpatch.operations.clients.machines import patches_of
from azure_hotpatch.operations.clients.refusals import Refusal, RefusalKind
from azure_hotpatch.operations.clients.tap import OwnSource, Tap
from azure_hotpatch.operations.machine import Assessment, Machine

Result = TypeVar("Result")
Tell = Callable[[int], None]
_PATIENCE = 8  # refusals of one request that are waited for
_HELD_UP = (RefusalKind.THROTTLED, RefusalKind.UNDER_WAY, RefusalKind.NOT_SENT, RefusalKind.ANSWER_LOST)


@dataclass(frozen=True, slots=True)
class Read:
    """A machine that was asked about. `error` says why it could not be read or assessed, or nothing."""

    machine: Machine
    error: str = ""
    remaining: int | None = None  # in the patch bucket, after it


def viewed(
    connection: Connection,
    machines: Sequence[Machine],
    tell: Tell = lambda _done: None,
    look: Callable[[Connection, Machine], Machine] = compute.with_view,
) -> list[Read]:
    """The machines as each of them is found by a look at it, in their order; `tell` hears how many are done.

    A Refusal that would be the same for every machine, as without a log-in, is raised.
    """
    done = 0

    def one(machine: Machine) -> Read:
        nonlocal done
        try:
            found = Read(look(connection, machine))
        except Refusal as refusal:
            if refusal.concerns_every_request:
                raise
            found = Read(machine, str(refusal))
        done += 1
        tell(done)
        return found

    for subscription in {machine.subscription for machine in machines}:
        connection.compute(subscription)  # made here, as making one is not safe from several threads
    with ThreadPoolExecutor(CONNECTIONS, "azure") as threads:
        return list(threads.map(one, machines))


def assessed(
    connection: Connection,
    machines: Sequence[Machine],
    poll: float = 5.0,
    tell: Tell = lambda _done: None,
    *,
    wait: bool = True,
) -> list[Read]:
    """The machines assessed now, with the updates that they are offered; without `wait` it is begun only."""
    return asyncio.run(_Assessing(connection, poll, tell, wait).all(machines))


@dataclass(slots=True)
class _Assessing:
    connection: Connection
    poll: float
    tell: Tell
    wait: bool
    done: int = 0

    async def all(self, machines: Iterable[Machine]) -> list[Read]:
        taps: dict[tuple[str, str], Tap] = {}
        with ThreadPoolExecutor(CONNECTIONS, "azure") as threads:
            asyncio.get_running_loop().set_default_executor(threads)
            work = []
            for machine in machines:
                place = (machine.subscription, machine.location)
                tap = taps.setdefault(place, Tap(OwnSource(time.monotonic)))
                work.append(self._one(machine, tap))
            return await asyncio.gather(*work)

    async def _one(self, machine: Machine, tap: Tap) -> Read:
        try:
            begun = await self._patiently(lambda: self._begin(machine, tap), tap)
            found = await self._end(machine, begun) if self.wait else machine
        except Refusal as refusal:
            return Read(machine, str(refusal))
        finally:
            self.done += 1
            self.tell(self.done)
        return Read(found, remaining=begun.remaining)

    async def _begin(self, machine: Machine, tap: Tap) -> Begun:
        async with tap.token() as token:
            begun, others = await asyncio.to_thread(
                lambda: token.ask(compute.begin_assess, self.connection, _place(machine))
            )
            await tap.answered(begun.remaining, others)
            return begun

    async def _end(self, machine: Machine, begun: Begun) -> Machine:
        asked = (self.connection, machine.subscription)
        while True:
            status, body = await self._patiently(lambda: asyncio.to_thread(compute.status, *asked, begun.operation))
            if status not in ("InProgress", "Accepted", "Running"):
                break
            await asyncio.sleep(self.poll)
        output = (body.get("properties") or {}).get("output")
        output = output or await self._patiently(lambda: asyncio.to_thread(compute.result, *asked, begun.result))
        return replace(machine, assessment=_assessment(output or {}))

    async def _patiently(self, ask: Callable[[], Awaitable[Result]], tap: Tap | None = None) -> Result:
        for tries in range(_PATIENCE):
            try:
                return await ask()
            except Refusal as refusal:
                if refusal.kind not in _HELD_UP or tries == _PATIENCE - 1:
                    raise
                if tap and refusal.kind is RefusalKind.THROTTLED:
                    await tap.refused(refusal.seconds)
                await asyncio.sleep(refusal.seconds or self.poll)
        raise AssertionError("the last refusal is raised")


def _place(machine: Machine) -> MachinePath:
    return MachinePath(machine.subscription, machine.resource_group, machine.name)


def _assessment(output: dict[str, Any]) -> Assessment:
    counts = {
        "criticalAndSecurity": output.get("criticalAndSecurityPatchCount") or 0,
        "other": output.get("otherPatchCount") or 0,
    }
    status = output.get("status") or "Failed"
    patches = patches_of(output.get("availablePatches") or ()) if status != "Failed" else None
    error = (output.get("error") or {}).get("message") or ""
    return Assessment(status, datetime.now(UTC), counts, output.get("rebootPending"), patches, error)
