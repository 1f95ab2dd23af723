"""The estate of 2025 in a served emulator, and connections of Microsoft's clients to it."""

import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from azure.core.pipeline import PipelineRequest
from azure.core.pipeline.policies import SansIOHTTPPolicy

from azure_hotpatch.emulator.arm.app import create_app
from azure_hotpatch.operations.clients.connection import ENDPOINT, Connection
from tests.operations import estate


class NoCredential:
    def get_token(self, *_scopes: str, **_options: object) -> None:
        raise AssertionError("the emulator asks for no token over http")


@contextmanager
def served(app: object) -> Iterator[str]:
    """The address of an app that is served over http."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


class Caller(SansIOHTTPPolicy):
    """A caller of its own: Resource Graph's quota, for which clients wait, is a caller's."""

    def __init__(self) -> None:
        self._token = uuid.uuid4().hex

    def on_request(self, request: PipelineRequest) -> None:
        request.http_request.headers["Authorization"] = f"Bearer {self._token}"


def connection(url: str) -> Connection:
    """It asks for no token, which azure-core would not send over http."""
    return Connection({ENDPOINT: url}, credential=NoCredential(), authentication_policy=Caller())


@pytest.fixture(scope="module")
def azure(tmp_path_factory: pytest.TempPathFactory) -> estate.Emulator:
    """The estate as it is on its last day."""
    return estate.live(tmp_path_factory.mktemp("estate") / "azure.sqlite")


@pytest.fixture(scope="module")
def url(azure: estate.Emulator) -> Iterator[str]:
    with served(azure._app) as address:
        yield address


@pytest.fixture
def connect(url: str) -> Iterator[Callable[[], Connection]]:
    opened: list[Connection] = []

    def begin() -> Connection:
        opened.append(connection(url))
        return opened[-1]

    yield begin
    for one in opened:
        one.close()


@pytest.fixture
def empty_url(tmp_path: Path) -> Iterator[str]:
    """An emulator without resources, of a test's own."""
    with served(create_app(tmp_path / "azure.sqlite")) as address:
        yield address
