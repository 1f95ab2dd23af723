"""An emulated Azure for the operations: served over https, with the environment that points Azure's clients at it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from azure_hotpatch.operations.clients.connection import Connection
from tests.operations import postgres
from tests.operations.azure import seed

REPOSITORY = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Azure:
    """A served emulator. `environ` is what a process needs to reach it."""

    folder: Path
    url: str
    environ: dict[str, str]

    def installs(self) -> list[str]:
        """The machine of each accepted installPatches, in their order."""
        return self.log("installs")

    def log(self, name: str) -> list[str]:
        """The machines of a log of what they went through, in their order: installs, removals, restarts."""
        log = self.folder / f"{name}.log"
        return log.read_text().split() if log.exists() else []


def environment(folder: Path, port: str) -> dict[str, str]:
    url = f"https://localhost:{port}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AZURE_", "ARM_", "IDENTITY_"))}
    return {
        **kept,
        "REQUESTS_CA_BUNDLE": str(folder / "ca.pem"),
        "ARM_RESOURCE_MANAGER_ENDPOINT": url,
        "IDENTITY_ENDPOINT": f"{url}/msi/token",
        "IDENTITY_HEADER": "x",
        "AZURE_TOKEN_CREDENTIALS": "ManagedIdentityCredential",
        "no_proxy": "localhost,127.0.0.1",
    }


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Azure]]:
    """Serves an emulator with so many machines: serve(5), serve(20, "--lose", "10")."""
    running: list[subprocess.Popen[str]] = []

    def begin(count: int, *options: str, prepare: Callable[[Path], None] | None = None, **more: Any) -> Azure:
        folder = tmp_path / f"azure-{len(running)}"
        folder.mkdir()
        seed(folder / "azure.sqlite", count, **more)
        if prepare:
            prepare(folder / "azure.sqlite")
        command = [sys.executable, "-m", "tests.operations.azure", str(folder), *options]
        process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
        running.append(process)
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        return Azure(folder, f"https://localhost:{port}", environment(folder, port))

    yield begin
    for process in running:
        process.kill()
        process.communicate()


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Azure], Connection]]:
    """Opens the clients of this process for a served emulator."""
    opened: list[Connection] = []

    def connection(azure: Azure) -> Connection:
        for name, value in azure.environ.items():
            monkeypatch.setenv(name, value)
        opened.append(Connection())
        return opened[-1]

    yield connection
    for one in opened:
        one.close()


@pytest.fixture
def postgresql(tmp_path: Path) -> Iterator[str]:
    """The address of a server of the test's own, which has no database yet; without PostgreSQL the test is skipped."""
    if postgres.why_not():
        pytest.skip(str(postgres.why_not()))
    with postgres.server(tmp_path / "postgres") as url:
        yield url
