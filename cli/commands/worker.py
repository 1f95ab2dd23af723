"""`hotpatch worker`: carry out the waves of a store, beside other workers if it is PostgreSQL's."""

import signal
import time
from typing import Annotated, Any

import typer

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.patching import options
from azure_hotpatch.cli.patching.extra import needing_operations
from azure_hotpatch.cli.patching.progress import say


def worker(
    store: options.StoreFile = None,
    database_url: options.DatabaseUrl = None,
    poll: options.Poll = 15.0,
    until_idle: Annotated[bool, typer.Option("--until-idle", help="End when no wave is left to carry out.")] = False,
    keep: Annotated[
        int, typer.Option("--keep", min=31, metavar="DAYS", help="Delete waves that ended longer ago than this.")
    ] = 400,
) -> None:
    """Work at waves until it is interrupted. An SQLite file has one worker, PostgreSQL as many as are started."""
    with needing_operations("worker"):
        from azure_hotpatch.cli.patching.stores import refusing, store_at

        with refusing():
            _work(store_at(store, database_url), poll, keep, until_idle=until_idle)


def _work(store: Any, poll: float, keep: int, *, until_idle: bool) -> None:
    from azure_hotpatch.operations.clients.connection import Connection
    from azure_hotpatch.operations.durable import waves
    from azure_hotpatch.operations.durable.retention import forget_old
    from azure_hotpatch.operations.durable.runtime import pace_of
    from azure_hotpatch.operations.durable.wave_store import held, make
    from azure_hotpatch.operations.durable.worker import name_of, running

    make(store)
    ended: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _frame: ended.append(number))
    with held(store) as mine:
        if not mine:
            raise Failure(f"another process works at {store}: of an SQLite file there is one worker")
        connection = Connection()
        with running(store, connection, pace_of(connection.endpoint, poll), name_of(store)) as runtime:
            forgotten = forget_old(runtime, keep)
            say(f"working at {store}" + (f"; {forgotten} old waves forgotten" if forgotten else ""))
            while not ended and not (until_idle and not waves.live(runtime.client)):
                time.sleep(0.5)
    idle = "no wave is left to carry out"
    say(f"ended: {'what is under way in Azure goes on there, and the next worker takes it up' if ended else idle}")
