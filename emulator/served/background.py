"""The served emulator in a thread of this process, for as long as a block runs."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from azure_hotpatch.emulator.served import certificates
from azure_hotpatch.emulator.served.app import served_app
from azure_hotpatch.emulator.served.server import configured

_HOST = "127.0.0.1"
_ENDS_WITHIN = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class ServedAzure:
    """Where it is, and the PEM file of the authority that its clients must trust."""

    url: str
    authority: Path


class NotServedError(Exception):
    """The server ended before it listened."""


@contextmanager
def serving(folder: Path, store: Path, **settings: Any) -> Iterator[ServedAzure]:
    """Serve a store at a free port of this machine's loopback; `folder` gets the certificates.

    `settings` are those of `create_app`. Raises StoreError, NotServedError or OSError before the block.
    """
    trusted = certificates.ensure(folder)
    app = served_app(store, trusted.authority, **settings)
    config = configured(
        app,
        host=_HOST,
        port=0,
        log_config=None,  # the process's own logging is left as it is
        log_level="critical",
        timeout_graceful_shutdown=1,
        ssl_certfile=trusted.server,
        ssl_keyfile=trusted.key,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="emulated-azure", daemon=True)
    thread.start()
    try:
        yield ServedAzure(f"https://{_HOST}:{_port(server, thread)}", trusted.authority)
    finally:
        server.should_exit = True
        thread.join(_ENDS_WITHIN)


def _port(server: uvicorn.Server, thread: threading.Thread) -> int:
    while not server.started:
        if not thread.is_alive():
            raise NotServedError("the emulated Azure cannot listen at this machine's loopback")
        time.sleep(0.01)
    return int(server.servers[0].sockets[0].getsockname()[1])
