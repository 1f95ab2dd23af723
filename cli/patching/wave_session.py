"""Open a store of waves to read it, or to work at it: in this process, unless another works there."""

import os
import shlex
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.patching.options import DATABASE_URL
from azure_hotpatch.cli.patching.progress import say

if TYPE_CHECKING:
    from dbos import DBOSClient

    from azure_hotpatch.operations.durable.runtime import WaveRuntime
    from azure_hotpatch.operations.durable.wave_store import WaveStore

# A service that restarts its worker has it back long before.
GRACE_SECONDS = 15.0


class WaveSession:
    """A store with a worker. `client` reads it; `look` is to be called now and then by whoever follows a wave."""

    def __init__(self, client: "DBOSClient", look: Callable[[], None] = lambda: None) -> None:
        self.client, self.look = client, look


class Heir:
    """Takes up the work of another process that is gone, once nobody else did so for a while."""

    def __init__(self, is_free: Callable[[], bool], take: Callable[[], bool]) -> None:
        self._is_free, self._take = is_free, take
        self._since: float | None = None  # when it was first seen to be gone

    def look(self) -> None:
        if not self._is_free():
            self._since = None
            return
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        if now - self._since >= GRACE_SECONDS and self._take():
            self._is_free = lambda: False  # this process works now
            say("the other process is gone: the wave is carried out here from now on")


@contextmanager
def looking(store: "WaveStore") -> Iterator["DBOSClient"]:
    """A client of an existing store."""
    from azure_hotpatch.operations.durable.wave_store import exists, opened
    from azure_hotpatch.operations.durable.worker import reaching

    if not exists(store):
        raise Failure(f"{store} is not there: no wave was begun with it")
    with reaching(store), opened(store) as client:
        yield client


@contextmanager
def working(store: "WaveStore", poll: float, *, detached: bool = False) -> Iterator[WaveSession]:
    """Give a store a worker: this process, unless another works there already; once that is gone, this one does."""
    from azure_hotpatch.operations.durable.wave_store import make
    from azure_hotpatch.operations.durable.worker import prepare

    make(store)
    with ExitStack() as stack:
        if detached:
            prepare(store)
            yield WaveSession(stack.enter_context(looking(store)))
        elif runtime := _worker(store, poll, stack):
            yield WaveSession(runtime.client)
        else:
            say(f"another process works at {store}: it carries the wave out, and it is followed here")
            heir = Heir(lambda: _is_free(store), lambda: _worker(store, poll, stack) is not None)
            yield WaveSession(stack.enter_context(looking(store)), heir.look)


def option_of(client: "DBOSClient") -> str:
    """The option that names the store of a client in a command to come; empty where none is needed."""
    from azure_hotpatch.operations.durable.wave_file import default_path
    from azure_hotpatch.operations.durable.waves import engine_of

    url = engine_of(client).url
    if url.get_backend_name() != "sqlite":
        address = url.set(drivername="postgresql").render_as_string()  # a password is hidden, and is never an option
        return "" if os.environ.get(DATABASE_URL) else f" --database-url {shlex.quote(address)}"
    return "" if url.database == str(default_path().resolve()) else f" --store {shlex.quote(str(url.database))}"


def _is_free(store: "WaveStore") -> bool:
    from azure_hotpatch.operations.durable.wave_store import held

    with held(store) as mine:
        return mine


def _worker(store: "WaveStore", poll: float, stack: ExitStack) -> "WaveRuntime | None":
    """Work at a store until the stack is closed; None where another process does."""
    from azure_hotpatch.operations.clients.connection import Connection
    from azure_hotpatch.operations.durable.runtime import pace_of
    from azure_hotpatch.operations.durable.wave_store import held
    from azure_hotpatch.operations.durable.worker import name_of, running

    with ExitStack() as tried:
        if not tried.enter_context(held(store)):
            return None
        connection = Connection()
        pace = pace_of(connection.endpoint, poll)
        runtime = tried.enter_context(running(store, connection, pace, name_of(store)))
        stack.enter_context(tried.pop_all())
    return runtime
