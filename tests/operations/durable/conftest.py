"""A worker in this process over a store of the test's own, at a served emulator."""

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from azure_hotpatch.operations.clients import compute
from azure_hotpatch.operations.clients.connection import Connection
from azure_hotpatch.operations.clients.machine_batches import viewed
from azure_hotpatch.operations.durable import waves
from azure_hotpatch.operations.durable.runtime import Pace, WaveRuntime
from azure_hotpatch.operations.durable.wave_store import WaveStore, store_of
from azure_hotpatch.operations.durable.worker import running
from azure_hotpatch.operations.install.order import Order
from azure_hotpatch.operations.install.outcome import MachineOutcome
from azure_hotpatch.operations.install.plan import Plan
from azure_hotpatch.operations.install.planning import WaveRequest, make
from azure_hotpatch.operations.install.wave_settings import WaveSettings
from tests.operations.azure import SUBSCRIPTION
from tests.operations.conftest import Azure

PACE = Pace(poll=0.1, settle=1.0, ring=0.1)


@dataclass
class Bench:
    """A store, an emulated Azure and a worker that can be started and ended."""

    azure: Azure
    connection: Connection
    store: WaveStore
    stack: ExitStack
    runtime: WaveRuntime | None = None

    def start(self) -> WaveRuntime:
        # A connection of its own: a worker closes it at its end.
        self.runtime = self.stack.enter_context(running(self.store, Connection(), PACE))
        return self.runtime

    def plan(self, name: str = "wave-1", order: Order | None = None, **settings: Any) -> Plan:
        listed = list(compute.machines(self.connection, SUBSCRIPTION))
        machines = [read.machine for read in viewed(self.connection, listed)]
        request = WaveRequest(name, order or Order(), WaveSettings.model_validate(settings), selection="all")
        return make(request, machines, datetime.now(UTC))

    def begin(self, plan: Plan) -> None:
        waves.begin(self.runtime.client, plan, "ops@test")

    def end(self, plan: Plan, seconds: float = 60) -> list[MachineOutcome]:
        """Wait until a wave is over; what became of its machines."""
        self.until(lambda: waves.one(self.runtime.client, plan.id).is_over, seconds)
        return list(waves.outcomes(self.runtime.client, plan))

    def until(self, condition: Callable[[], bool], seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "it does not come to be"
            time.sleep(0.05)

    def put(self, path: str, body: Any) -> None:
        self._request("PUT", path, body)

    def post(self, path: str) -> None:
        """Ask for an action, and wait until it is done."""
        self._finish(self._request("POST", path, None))

    def delete(self, path: str) -> None:
        self._finish(self._request("DELETE", path, None))

    def _request(self, method: str, path: str, body: Any) -> httpx.Response:
        context = ssl.create_default_context(cafile=str(self.azure.folder / "ca.pem"))
        answer = httpx.request(method, f"{self.azure.url}{path}", json=body, verify=context)
        answer.raise_for_status()
        return answer

    def _finish(self, answer: httpx.Response) -> None:
        url = answer.headers["Azure-AsyncOperation"].removeprefix(self.azure.url)
        while self._request("GET", url, None).json()["status"] == "InProgress":
            pass

    def why(self, plan: Plan) -> str:
        return waves.why_ended(self.runtime.client, plan.id)


@pytest.fixture
def bench(
    serve: Callable[..., Azure], connect: Callable[[Azure], Connection], tmp_path: Path
) -> Iterator[Callable[..., Bench]]:
    """Serves Azure with so many machines and starts a worker: bench(5)."""
    with ExitStack() as stack:

        def made(count: int, *options: str, started: bool = True, **more: Any) -> Bench:
            azure = serve(count, *options, **more)
            found = Bench(azure, connect(azure), store_of(str(tmp_path / "waves.sqlite"), None), stack)
            if started:
                found.start()
            return found

        yield made
