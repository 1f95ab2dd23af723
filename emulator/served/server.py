"""The process that serves: its sockets, its two listeners, and the file that says where it is."""

import asyncio
import contextlib
import errno
import json
import os
import signal
import socket
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import uvicorn

from azure_hotpatch.emulator.arm.app import SERVED
from azure_hotpatch.emulator.arm.windows_update.events import EventFile
from azure_hotpatch.emulator.served import certificates
from azure_hotpatch.emulator.served.addresses import Addresses
from azure_hotpatch.emulator.served.app import plain_app, served_app
from azure_hotpatch.emulator.served.folder import private, write_private
from azure_hotpatch.emulator.served.protocol import ImpatientProtocol

_MOST_CONNECTIONS = 1000
_LOOPBACKS = ("127.0.0.1", "::1")


class PortTakenError(Exception):
    """A port, or an address, that cannot be listened at; the message says what to do."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What to serve and where. Ports of 0 take free ones."""

    folder: Path
    store: Path | str
    port: int
    plain_port: int
    listen: str = ""  # an address; "" for this machine's loopback addresses
    names: tuple[str, ...] = ()  # host names beside localhost
    pause: Mapping[str, str] = field(default_factory=lambda: SERVED)
    start: datetime | None = None  # the time of a new store
    events: EventFile | None = None
    throttling: bool | None = None
    graph_delay: float | None = None  # seconds

    def of_arm(self) -> dict[str, Any]:
        """The arguments of create_app."""
        return {name: getattr(self, name) for name in ("pause", "start", "events", "throttling", "graph_delay")}


class _Server(uvicorn.Server):
    """A server that leaves the signals of the process alone: they end both."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serve(settings: ServerSettings, started: Callable[[Addresses], None]) -> None:
    """Serve until a signal comes. Raises StoreError, PortTakenError or OSError before anything is served."""
    trusted = certificates.ensure(private(settings.folder), settings.names)
    app = served_app(settings.store, trusted.authority, names=settings.names, **settings.of_arm())
    sockets = _bound(settings.listen, settings.port)
    plain_sockets = _bound(settings.listen, settings.plain_port)
    addresses = Addresses(_port(sockets), _port(plain_sockets))
    servers = {
        _Server(configured(app, ssl_certfile=trusted.server, ssl_keyfile=trusted.key)): sockets,
        _Server(configured(plain_app(trusted.authority, names=settings.names), lifespan="off")): plain_sockets,
    }
    with _announced(settings, addresses), _ended_by_signals(servers):
        asyncio.run(_run(servers, lambda: started(addresses)))


async def _run(servers: Mapping[_Server, list[socket.socket]], started: Callable[[], None]) -> None:
    serving = [asyncio.create_task(server.serve(sockets)) for server, sockets in servers.items()]
    while not all(server.started for server in servers) and not any(task.done() for task in serving):
        await asyncio.sleep(0.01)
    if all(server.started for server in servers):
        started()
    await asyncio.wait(serving, return_when=asyncio.FIRST_COMPLETED)
    for server in servers:
        server.should_exit = True
    await asyncio.gather(*serving)


@contextlib.contextmanager
def _ended_by_signals(servers: Iterable[_Server]) -> Iterator[None]:
    def end(_number: int, _frame: Any) -> None:
        for server in servers:
            server.should_exit = True

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def configured(app: Any, **more: Any) -> uvicorn.Config:
    """uvicorn's settings for an app that is served; `more` adds to them, or takes the place of one."""
    common: dict[str, Any] = {
        "http": ImpatientProtocol,
        "log_level": "error",
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": 5,
        "limit_concurrency": _MOST_CONNECTIONS,
    }
    return uvicorn.Config(app, **{**common, **more})


def _bound(listen: str, port: int) -> list[socket.socket]:
    """Sockets at one port: of the address given, or of each loopback address that this machine has."""
    first = _socket(listen or _LOOPBACKS[0], port)
    if listen:
        return [first]
    try:
        return [first, _socket(_LOOPBACKS[1], _port([first]))]
    except (PortTakenError, OSError):
        return [first]  # no IPv6 here: "localhost" is 127.0.0.1


def _socket(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    # asyncio turns Nagle's algorithm off where the protocol is said; otherwise each answer waits 40 ms for an ACK.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # on Windows it would let a second server take the same port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((address, port))
    except OSError as error:
        made.close()
        raise _taken(address, port, error) from error
    return made


def _taken(address: str, port: int, error: OSError) -> PortTakenError:
    why = "another program listens there" if error.errno == errno.EADDRINUSE else (error.strerror or str(error))
    return PortTakenError(f"cannot listen at {address}, port {port}: {why}; give another --port or --plain-port")


def _port(sockets: list[socket.socket]) -> int:
    return int(sockets[0].getsockname()[1])


@contextlib.contextmanager
def _announced(settings: ServerSettings, addresses: Addresses) -> Iterator[None]:
    """While it is served, the folder says where; a server that was killed leaves a file that the next one replaces."""
    file = settings.folder / "server.json"
    content = {"pid": os.getpid(), "port": addresses.port, "plainPort": addresses.plain_port}
    write_private(file, json.dumps(content).encode())
    try:
        yield
    finally:
        with contextlib.suppress(OSError, ValueError):
            if json.loads(file.read_bytes())["pid"] == os.getpid():
                file.unlink()
