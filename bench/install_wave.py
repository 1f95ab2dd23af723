"""A wave over thousands of machines in three regions, buckets enforced: no 429, and as soon as they allow."""

import argparse
import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from azure_hotpatch.operations.clients import compute  # noqa: E402 - as above
from azure_hotpatch.operations.clients.connection import Connection  # noqa: E402 - as above
from azure_hotpatch.operations.clients.tap import OwnSource  # noqa: E402 - as above
from azure_hotpatch.operations.durable import waves  # noqa: E402 - as above
from azure_hotpatch.operations.durable.runtime import Pace  # noqa: E402 - as above
from azure_hotpatch.operations.durable.wave_store import store_of  # noqa: E402 - as above
from azure_hotpatch.operations.durable.worker import running  # noqa: E402 - as above
from azure_hotpatch.operations.install.order import Order  # noqa: E402 - as above
from azure_hotpatch.operations.install.outcome import State  # noqa: E402 - as above
from azure_hotpatch.operations.install.plan import Plan  # noqa: E402 - as above
from azure_hotpatch.operations.install.planning import WaveRequest, make  # noqa: E402 - as above
from azure_hotpatch.operations.install.wave_settings import WaveSettings  # noqa: E402 - as above
from tests.operations.azure import SUBSCRIPTION, seed  # noqa: E402 - found by the path that was added above
from tests.operations.conftest import environment  # noqa: E402 - as above

REGIONS = ("westeurope", "northeurope", "uksouth")
BOUND_BAR, PLAN_BAR = 0.10, 0.05
PLAN_WAVE = "wave-bench"


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--machines", type=int, default=10_000)
    parser.add_argument("--speed", type=float, default=1.0, help="how much faster the emulator's clock, and ours, goes")
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="hotpatch-bench-"))
    seed(folder / "azure.sqlite", given.machines, REGIONS)
    command = [sys.executable, "-m", "tests.operations.azure", str(folder), "--throttle", "--speed", str(given.speed)]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        os.environ.update(environment(folder, server.stdout.readline().strip() if server.stdout else ""))
        return measure(folder, given.speed)
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def measure(folder: Path, speed: float) -> int:
    begun, connection = time.monotonic(), Connection()
    machines = list(compute.machines(connection, SUBSCRIPTION))
    print(f"{len(machines)} machines listed in {time.monotonic() - begun:.1f} s")
    clock = lambda: time.monotonic() * speed  # noqa: E731 - the one clock of this wave

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds / speed)

    with running(
        store_of(str(folder / "waves.sqlite"), None), connection, Pace(poll=30.0, settle=30.0, asks_a_second=25.0)
    ) as runtime:
        runtime.source, runtime.sleep = lambda _partition: OwnSource(clock), sleep
        plan = make(WaveRequest(PLAN_WAVE, Order(), WaveSettings(), "all"), machines, datetime.now(UTC))
        waves.begin(runtime.client, plan, "bench")
        last = 0.0
        while not waves.one(runtime.client, plan.id).is_over:
            time.sleep(10)
            if time.monotonic() - last > 30:
                last = time.monotonic()
                print(f"{last - begun:5.0f} s: {dict(waves.states(runtime.client, plan.id))}", flush=True)
        outcomes = list(waves.outcomes(runtime.client, plan))
    return judge(folder, plan, [(o.name, o.begun, o.state) for o in outcomes], connection)


def judge(folder: Path, plan: Plan, outcomes: list[tuple[str, str, State]], connection: Connection) -> int:
    import httpx

    answer = httpx.get(f"{connection.endpoint}/test/throttled", verify=False)  # noqa: S501 - this process's own server
    throttled = answer.json()["throttled"]
    installs = (folder / "installs.log").read_text().split()
    times = {name: datetime.fromisoformat(begun) for name, begun, _ in outcomes if begun}
    first = min(times.values())
    span = max(times.values()) - first
    bound = max(machine.begins for machine in plan.machines) - plan.made
    # The plan against what happened, machine by machine: the n-th start of each region, since ids are not its order.
    worst = max(worst_of(plan, times, region) for region in REGIONS)
    good = sum(state is State.INSTALLED for *_, state in outcomes)
    print(f"installed {good} of {len(outcomes)}; {len(installs)} requests to {len(set(installs))} machines")
    print(f"answers of 429: {throttled}; starts took {span}, the buckets' bound is {bound}: {ratio(span, bound)}")
    print(f"the plan's starts are off by {worst} at most, of {bound}")
    held = not throttled and good == len(outcomes) and len(installs) == len(set(installs))
    return 0 if held and span <= bound * (1 + BOUND_BAR) and worst <= bound * PLAN_BAR else 1


def ratio(span: timedelta, bound: timedelta) -> str:
    return f"{span / bound - 1:+.1%}" if bound else "at once"


def worst_of(plan: Plan, times: dict[str, datetime], region: str) -> timedelta:
    """How far the n-th start of a region was from the n-th that was planned, at most, on the clock of the starts."""
    members = [machine for machine in plan.machines if machine.location == region]
    planned = sorted(machine.begins - plan.made for machine in members)
    happened = sorted(times[machine.name] - min(times.values()) for machine in members if machine.name in times)
    later = [(after - before) for before, after in zip(planned, happened, strict=True)]
    return max(
        abs(one) for one in later[-len(later) // 2 :]
    )  # the first 600 are due at one moment, which no client keeps


if __name__ == "__main__":
    sys.exit(main())
