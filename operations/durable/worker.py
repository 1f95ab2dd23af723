"""A worker: DBOS over a store, with the workflows and their queues."""

import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import cast

from dbos import DBOS, DBOSConfig
from sqlalchemy.exc import SQLAlchemyError

from azure_hotpatch.operations.clients.connection import Connection
from azure_hotpatch.operations.durable import ids
from azure_hotpatch.operations.durable.notes import engine_of
from azure_hotpatch.operations.durable.runtime import Pace, WaveRuntime
from azure_hotpatch.operations.durable.wave_store import WaveStore, WaveStoreError, configuration, make, opened, quiet
from azure_hotpatch.operations.durable.workflows import registered

ONLY = "worker"  # the name of the one worker of an SQLite store: it takes back what it was at when it was killed
# As many installations as may be under way at once; Azure's buckets start no more than 200 a minute and region.
_UNDER_WAY = 10_000
# Claims, not requests: the bucket at the requests is exact, and this keeps claims from running far ahead of it.
_CLAIMS = {"limit": 200, "period": 6.0}


@contextmanager
def running(store: WaveStore, connection: Connection, pace: Pace, name: str = ONLY) -> Iterator[WaveRuntime]:
    """Run the store's waves while it is open. Raises WaveStoreError where the store cannot be used."""
    make(store)
    quiet()
    with ExitStack() as stack:
        with reaching(store):
            DBOS(config=cast(DBOSConfig, configuration(store, name)))
            # Its tables are there once it is launched; the client and the notes come first, as work begins with it.
            DBOS.migrate(store.url)
            client = stack.enter_context(opened(store))
            runtime = WaveRuntime(connection, engine_of(store), client, pace)
            stack.callback(runtime.close)
            if store.shared:
                _share(runtime, store, name, stack)
            registered().use(runtime)
            DBOS.launch()
            stack.callback(DBOS.destroy)
            stack.callback(runtime.end)
            _queues()
        yield runtime


def _share(runtime: WaveRuntime, store: WaveStore, name: str, stack: ExitStack) -> None:
    """What several workers of one database need: shared buckets, and the detection of workers that died."""
    from azure_hotpatch.operations.durable.liveness import Liveness  # psycopg is not needed for SQLite
    from azure_hotpatch.operations.durable.shared_source import SharedSource, make_table

    make_table(runtime.notes)
    runtime.source = lambda name, limit: SharedSource(runtime.notes, name, limit)
    alive = Liveness(store.url, name)
    stack.callback(alive.end)
    alive.start()


def prepare(store: WaveStore) -> None:
    """Create the database and DBOS's tables if necessary, so that a wave can be put on the queue before any worker."""
    quiet()
    with reaching(store):
        DBOS.migrate(store.url)


def name_of(store: WaveStore) -> str:
    """The name of this process as a worker: always the same on SQLite, its own elsewhere."""
    return f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}" if store.shared else ONLY


@contextmanager
def reaching(store: WaveStore) -> Iterator[None]:
    """Within it, an error of the database is raised as a WaveStoreError of one line."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise WaveStoreError(f"{store} cannot be used: {_reason(error)}") from None


def _queues() -> None:
    """Rows that are made once; `never_update` keeps a pause that somebody has set."""
    DBOS.register_queue(ids.WAVES, polling_interval_sec=1.0, on_conflict="never_update")
    DBOS.register_queue(
        ids.INSTALLS,
        worker_concurrency=_UNDER_WAY,
        partition_limiter=_CLAIMS,  # type: ignore[arg-type]  # it is a dictionary of these two
        polling_interval_sec=0.5,
        on_conflict="never_update",
    )


def _reason(error: Exception) -> str:
    found = str(getattr(error, "orig", None) or error).splitlines()
    return found[0] if found else type(error).__name__
