"""Served emulators: one in a process of its own, as a person starts it, and one in a thread for Microsoft's clients."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from azure.core.pipeline.policies import SansIOHTTPPolicy

from azure_hotpatch.emulator.arm.app import create_app

_HOTPATCH = (sys.executable, "-m", "azure_hotpatch.cli")
# What this machine may have of the variables that the tests are about.
_FOREIGN = re.compile(r"(ARM|AZURE|IDENTITY|HOTPATCH|REQUESTS|CURL|SSL|NODE)_|(HTTPS?|ALL|NO)_PROXY", re.IGNORECASE)


@dataclass(frozen=True)
class Served:
    """A running `hotpatch azure serve`: its addresses, its folder, and the environment to start commands with."""

    url: str
    plain_url: str
    folder: Path
    environ: dict[str, str]

    @property
    def authority(self) -> Path:
        return self.folder / "ca.pem"

    def hotpatch(self, *arguments: str, **more: Any) -> "subprocess.CompletedProcess[str]":
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [*_HOTPATCH, *arguments], env=self.environ, capture_output=True, text=True, **more
        )
        return done

    def pointed_here(self) -> dict[str, str]:
        """The environment of a program after `hotpatch azure env`."""
        printed = self.hotpatch("azure", "env", "--shell", "dotenv", check=True).stdout
        return {**self.environ, **dict(line.split("=", 1) for line in printed.splitlines())}


def clean_environment(folder: Path) -> dict[str, str]:
    """This process's environment, without what is Azure's, with `folder` for the emulator's state."""
    kept = {name: value for name, value in os.environ.items() if not _FOREIGN.match(name)}
    return {**kept, "AZURE_HOTPATCH_EMULATOR_HOME": str(folder)}


def start(folder: Path, *options: str, **variables: str) -> "tuple[subprocess.Popen[str], Served]":
    """A server on free ports, once it says where it listens."""
    environ = {**clean_environment(folder), **variables}
    command = [*_HOTPATCH, "azure", "serve", "--port", "0", "--plain-port", "0", *options]
    with (folder / "stderr.txt").open("w") as errors:  # a pipe that nobody reads would stop the server
        process = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=errors, text=True)
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(4)]
    watchdog.cancel()
    if not all(said):
        raise AssertionError(f"the server did not start: {(folder / 'stderr.txt').read_text()}")
    url, plain_url = re.search(r"https://\S+", said[0]), re.search(r"(http://\S+)/msi/token", said[1])
    assert url, said
    assert plain_url, said
    return process, Served(url[0], plain_url[1], folder, environ)


def stop(process: "subprocess.Popen[str]", folder: Path) -> str:
    """End a server as Ctrl-C does; what it wrote to standard error."""
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=20)
    finally:
        if process.poll() is None:
            process.kill()
    return (folder / "stderr.txt").read_text()


@pytest.fixture(scope="session")
def start_server() -> Iterator[Callable[..., Served]]:
    """Starts a server with its state in a folder; all end with the session, without a word on standard error."""
    running: list[tuple[subprocess.Popen[str], Path]] = []

    def begin(folder: Path, *options: str, **variables: str) -> Served:
        process, found = start(folder, *options, **variables)
        running.append((process, folder))
        return found

    yield begin
    said = {folder.name: stop(process, folder) for process, folder in running}
    assert not any(said.values()), said
    assert not any(process.returncode for process, _ in running)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, start_server: Callable[..., Served]) -> Served:
    """One server for all tests; each takes a group of its own."""
    return start_server(tmp_path_factory.mktemp("served"), "--quick")


class NoCredential:
    def get_token(self, *_scopes: str, **_options: Any) -> None:
        raise AssertionError("the emulator asks for no token")


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An emulator served by a thread; it stops after the tests of the file."""
    app = create_app(tmp_path_factory.mktemp("served") / "azure.sqlite")
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def connect(base_url: str) -> Iterator[Callable[..., Any]]:
    """Opens a client of the emulator at `base_url`, and closes it after the tests of the file.

    It sends no token, as azure-core would not over http, and does not wait between polls.
    """
    opened = []

    def open_client(kind: Callable[..., Any], *subscription: str) -> Any:
        options = {"authentication_policy": SansIOHTTPPolicy(), "polling_interval": 0, "retry_total": 0}
        client = kind(NoCredential(), *subscription, base_url=base_url, **options)
        opened.append(client)
        return client

    yield open_client
    for client in opened:
        client.close()
