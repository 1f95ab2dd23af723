"""A wave over thousands of machines, buckets enforced: no 429, as soon as they allow, and as the plan says.

    python bench/install_wave.py [--machines N] [--regions N] [--paced] [--thief]

With --thief another client draws half of what comes back to each bucket, and 429 are bounded and not absent. With
--paced the clock of the wave and of the emulated Azure stands still while requests wait for this computer's processor:
what is measured is the order of the requests, not how busy the computer is. Ends with 1 where a bar is not held.
"""

import argparse
import asyncio
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from dbos._dbos import _get_dbos_instance

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from azure_hotpatch.operations.clients import compute  # noqa: E402 - as above
from azure_hotpatch.operations.clients.connection import Connection  # noqa: E402 - as above
from azure_hotpatch.operations.clients.tap import OwnSource  # noqa: E402 - as above
from azure_hotpatch.operations.durable import waves  # noqa: E402 - as above
from azure_hotpatch.operations.durable.runtime import Pace, WaveRuntime  # noqa: E402 - as above
from azure_hotpatch.operations.durable.wave_store import store_of  # noqa: E402 - as above
from azure_hotpatch.operations.durable.worker import running  # noqa: E402 - as above
from azure_hotpatch.operations.install.buckets import PATCH  # noqa: E402 - as above
from azure_hotpatch.operations.install.order import Order  # noqa: E402 - as above
from azure_hotpatch.operations.install.outcome import State  # noqa: E402 - as above
from azure_hotpatch.operations.install.plan import Plan  # noqa: E402 - as above
from azure_hotpatch.operations.install.planning import WaveRequest, make  # noqa: E402 - as above
from azure_hotpatch.operations.install.wave_settings import WaveSettings  # noqa: E402 - as above
from tests.operations.azure import SUBSCRIPTION, seed  # noqa: E402 - found by the path that was added above
from tests.operations.clock import Shared  # noqa: E402 - as above
from tests.operations.conftest import environment  # noqa: E402 - as above

REGIONS = ("westeurope", "northeurope", "uksouth")
BOUND_BAR, PLAN_BAR = 0.10, 0.05
# Of a bucket that another draws from: such a share of the requests may be refused, and more is a storm.
THROTTLED_BAR = 0.05
TICK = 0.02
PACE = Pace(poll=30.0, settle=30.0, asks_a_second=25.0)
PLAN_WAVE = "wave-bench"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is measured."""

    machines: int
    regions: tuple[str, ...]
    paced: bool
    thief: bool


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--machines", type=int, default=10_000)
    parser.add_argument("--regions", type=int, choices=(1, 2, 3), default=3)
    parser.add_argument("--paced", action="store_true", help="the clock stands still while requests wait")
    parser.add_argument("--thief", action="store_true", help="another client draws half of what comes back")
    given = parser.parse_args()
    wanted = Wanted(given.machines, REGIONS[: given.regions], given.paced, given.thief)
    folder = Path(tempfile.mkdtemp(prefix="hotpatch-bench-", dir=given_folder()))
    seed(folder / "azure.sqlite", wanted.machines, wanted.regions)
    clock = Shared(folder / "clock")
    command = [sys.executable, "-m", "tests.operations.azure", str(folder), "--throttle", "--clock"]
    server = subprocess.Popen([*command, str(folder / "clock")], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        os.environ.update(environment(folder, server.stdout.readline().strip() if server.stdout else ""))
        return measure(folder, clock, wanted)
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def given_folder() -> str | None:
    """Memory, where there is some: what else writes to the disk does not count."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - a folder of this run is made in it


def measure(folder: Path, clock: Shared, wanted: Wanted) -> int:
    begun, connection = time.monotonic(), Connection()
    machines = list(compute.machines(connection, SUBSCRIPTION))
    print(f"{len(machines)} machines listed in {time.monotonic() - begun:.1f} s")

    with running(store_of(str(folder / "waves.sqlite"), None), connection, PACE) as runtime:
        pacer = Pacer(clock, runtime, paced=wanted.paced)
        runtime.source, runtime.sleep = lambda _name, limit: OwnSource(lambda: clock.seconds, limit), pacer.sleep
        runtime.now = clock.now
        plan = make(WaveRequest(PLAN_WAVE, Order(), WaveSettings(), "all"), machines, clock.now())
        threads = [threading.Thread(target=pacer.run, daemon=True)]
        if wanted.thief:
            threads += [threading.Thread(target=steal, args=(clock, plan, one, pacer.ended)) for one in wanted.regions]
        for thread in threads:
            thread.start()
        waves.begin(runtime.client, plan, "bench")
        last = time.monotonic()
        while not waves.one(runtime.client, plan.id).is_over:
            time.sleep(5)
            if time.monotonic() - last > 30:
                last, passed = time.monotonic(), clock.now() - plan.made
                print(f"{passed} passed: {dict(waves.states(runtime.client, plan.id))}", flush=True)
        pacer.ended.set()
        outcomes = list(waves.outcomes(runtime.client, plan))
    return judge(folder, plan, [(o.name, o.begun, o.state) for o in outcomes], connection, wanted)


class Pacer:
    """Moves the clock as time goes on; if it is paced, not while this process has work that waits for the processor."""

    def __init__(self, clock: Shared, runtime: WaveRuntime, *, paced: bool) -> None:
        self._clock, self._runtime, self._paced = clock, runtime, paced
        self._loop: asyncio.AbstractEventLoop | None = None
        self._answered = threading.Event()
        self._answered.set()
        self.ended = threading.Event()

    async def sleep(self, seconds: float) -> None:
        """What the wave sleeps by."""
        self._loop = asyncio.get_running_loop()
        until = self._clock.seconds + seconds
        while (left := until - self._clock.seconds) > 0:
            await asyncio.sleep(max(left, TICK))

    def run(self) -> None:
        last = time.monotonic()
        while not self.ended.is_set():
            time.sleep(TICK)
            now = time.monotonic()
            if not self._paced:
                self._clock.move(now - last)
            elif not self._is_behind():
                self._clock.move(min(now - last, TICK))
            last = now

    def _is_behind(self) -> bool:
        """Whether requests wait for a thread, DBOS's work for one of its own, or the loop has not come round yet."""
        if not self._answered.is_set() or any(one._work_queue.qsize() for one in self._pools()):
            return True
        if self._loop:
            self._answered.clear()
            self._loop.call_soon_threadsafe(self._answered.set)
        return False

    def _pools(self) -> list[ThreadPoolExecutor]:
        return [self._runtime.threads, _get_dbos_instance()._executor]


def steal(clock: Shared, plan: Plan, region: str, ended: threading.Event) -> None:
    """Assess machines of a region, at half of what comes back to its bucket."""
    names = [machine.id for machine in plan.machines if machine.location == region]
    endpoint, due = os.environ["ARM_RESOURCE_MANAGER_ENDPOINT"], clock.seconds
    with httpx.Client(verify=False) as client:  # noqa: S501 - this process's own server
        for name in itertools.cycle(names):
            while clock.seconds < due and not ended.is_set():
                time.sleep(TICK)
            if ended.is_set():
                return
            client.post(f"{endpoint}{name}/assessPatches?api-version=2024-11-01")
            due += 2 * PATCH.seconds


def judge(
    folder: Path, plan: Plan, outcomes: list[tuple[str, str, State]], connection: Connection, wanted: Wanted
) -> int:
    answer = httpx.get(f"{connection.endpoint}/test/throttled", verify=False)  # noqa: S501 - this process's own server
    throttled = answer.json()["throttled"]
    installs = (folder / "installs.log").read_text().split()
    times = {name: datetime.fromisoformat(begun) for name, begun, _ in outcomes if begun}
    span = max(times.values()) - min(times.values())
    bound = max(machine.begins for machine in plan.machines) - plan.made
    good = sum(state is State.INSTALLED for *_, state in outcomes)
    print(f"installed {good} of {len(outcomes)}; {len(installs)} requests to {len(set(installs))} machines")
    print(f"answers of 429: {throttled}; starts took {span}, the buckets' bound is {bound}: {ratio(span, bound)}")
    once = good == len(outcomes) and len(installs) == len(set(installs)) == len(outcomes)
    if (
        wanted.thief
    ):  # half of what comes back is another's: what the plan said does not hold, and a storm must not come
        bar = THROTTLED_BAR * len(outcomes)
        print(f"at most {bar:.0f} answers of 429 are no storm")
        return 0 if once and throttled <= bar else 1
    # The plan against what happened, machine by machine: the n-th start of each region, since ids are not its order.
    worst = max(worst_of(plan, times, region) for region in wanted.regions)
    for region in wanted.regions:
        print(f"{region}, off at each tenth of its starts, in s: {tenths(plan, times, region)}")
    print(f"the plan's starts are off by {worst} at most, of {bound}: {worst / bound:.1%}" if bound else "")
    return 0 if once and not throttled and span <= bound * (1 + BOUND_BAR) and worst <= bound * PLAN_BAR else 1


def ratio(span: timedelta, bound: timedelta) -> str:
    return f"{span / bound - 1:+.1%}" if bound else "at once"


def worst_of(plan: Plan, times: dict[str, datetime], region: str) -> timedelta:
    """How far the n-th start of a region was from the n-th that was planned, at most, on the clock of the starts."""
    later = off(plan, times, region)
    # The first 600 are due at one moment, which no client keeps.
    return max(abs(one) for one in later[-len(later) // 2 :])


def tenths(plan: Plan, times: dict[str, datetime], region: str) -> str:
    found = off(plan, times, region)
    return " ".join(f"{found[(len(found) - 1) * part // 10].total_seconds():+.1f}" for part in range(11))


def off(plan: Plan, times: dict[str, datetime], region: str) -> list[timedelta]:
    """How much later than planned each start of a region was, in their order."""
    members = [machine for machine in plan.machines if machine.location == region]
    planned = sorted(machine.begins - plan.made for machine in members)
    happened = sorted(times[machine.name] - min(times.values()) for machine in members if machine.name in times)
    return [after - before for before, after in zip(planned, happened, strict=True)]


if __name__ == "__main__":
    sys.exit(main())
