"""How long the emulator waits for a client, and how long it tells a client to wait."""

import asyncio
import socket
import threading
import time

import httpx
import pytest
import uvicorn

from azure_hotpatch.emulator.arm.app import SERVED, create_app
from azure_hotpatch.emulator.served import protocol
from azure_hotpatch.emulator.served.app import QUICK
from azure_hotpatch.emulator.served.guard import Guard

GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/g"
VERSION = {"api-version": "2022-09-01"}


def _ask(app, *requests):
    async def ask():
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="https://localhost") as client:
            return [await client.request(method, path, params=VERSION, **more) for method, path, more in requests]

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("pause", "expected"),
    [
        ({"Retry-After": "0"}, {"retry-after": "0"}),
        (SERVED, {"retry-after": "1", "retry-after-ms": "50", "x-ms-retry-after-ms": "50"}),
        (QUICK, {"retry-after-ms": "20", "x-ms-retry-after-ms": "20"}),
    ],
)
def test_a_client_is_told_when_to_ask_again(pause, expected):
    app = create_app(":memory:", pause=pause)
    made, deleted = _ask(app, ("PUT", GROUP, {"json": {"location": "westeurope"}}), ("DELETE", GROUP, {}))
    assert not {name for name in made.headers if "retry-after" in name}
    assert {name: value for name, value in deleted.headers.items() if "retry-after" in name} == expected
    [polled] = _ask(app, ("GET", str(httpx.URL(deleted.headers["Location"]).path), {}))
    assert polled.status_code == 202
    assert {name: value for name, value in polled.headers.items() if "retry-after" in name} == expected


def test_a_body_that_does_not_come_is_not_waited_for():
    async def nothing_more(*_arguments):
        raise AssertionError("the application is not asked")

    started = time.monotonic()
    messages = []

    async def ask():
        waiting = asyncio.Event()

        async def receive():
            await waiting.wait()

        async def send(message):
            messages.append(message)

        scope = {
            "type": "http",
            "scheme": "https",
            "method": "POST",
            "path": "/x",
            "headers": [(b"host", b"localhost")],
        }
        await Guard(nothing_more, body_seconds=0.05)(scope, receive, send)

    asyncio.run(ask())
    assert messages[0]["status"] == 408
    assert time.monotonic() - started < 4


@pytest.fixture
def port(monkeypatch):
    """A server that waits a quarter of a second for a request's head."""
    monkeypatch.setattr(protocol, "HEADER_SECONDS", 0.25)
    config = uvicorn.Config(
        create_app(":memory:"), port=0, http=protocol.ImpatientProtocol, log_level="error", access_log=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("sent", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: localhost\r\n"])
def test_a_head_that_does_not_come_to_its_end_is_not_waited_for(port, sent):
    with socket.create_connection(("127.0.0.1", port), 10) as opened:
        opened.sendall(sent)
        assert opened.recv(1) == b""  # closed by the server; a timeout would raise


def test_a_client_that_asks_twice_on_one_connection_is_waited_for(port):
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        assert client.get("/emulator/clock").status_code == 200
        time.sleep(0.5)
        assert client.get("/emulator/clock").status_code == 200
