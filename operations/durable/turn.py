"""One operator at a time decides about the waves of a store; who dies meanwhile gives the turn back."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from dbos import DBOSClient
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from azure_hotpatch.operations.durable.wave_store import WaveStoreError
from azure_hotpatch.operations.durable.waves import engine_of

_SECONDS = 60.0  # a decision about 10,000 machines takes less
_PAUSE = 0.05
_NAMESPACE, _KEY = 0x48504A, 0  # of PostgreSQL's locks: those of workers have other keys
_LOCK_NOT_AVAILABLE = "55P03"  # https://www.postgresql.org/docs/current/errcodes-appendix.html
_BUSY = (
    "another operator decides about a wave of this store at this moment: look with `hotpatch wave list`, and try again"
)


@contextmanager
def turn(engine: Engine, seconds: float = _SECONDS) -> Iterator[None]:
    """Decide alone among the operators of a store: look, keep the decision and act. Raises WaveStoreError after a wait.

    What workers do goes on meanwhile. It is not to be taken twice by one process: it would wait for itself.
    """
    with _of_database(engine, seconds) if engine.dialect.name == "postgresql" else _of_file(engine, seconds):
        yield


def turn_of(client: DBOSClient) -> AbstractContextManager[None]:
    """The same, of the store that a client reads."""
    return turn(engine_of(client))


@contextmanager
def _of_file(engine: Engine, seconds: float) -> Iterator[None]:
    descriptor = os.open(f"{engine.url.database}.turn", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + seconds
        while not _locked(descriptor):
            if time.monotonic() >= deadline:
                raise WaveStoreError(_BUSY)
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _of_database(engine: Engine, seconds: float) -> Iterator[None]:
    """By a lock of a transaction: a pool of connections in between, such as PgBouncer, keeps one of a session."""
    with engine.begin() as connection:
        connection.execute(text(f"SET LOCAL lock_timeout = {int(seconds * 1000)}"))
        try:
            connection.execute(
                text("SELECT pg_advisory_xact_lock(:namespace, :key)"), {"namespace": _NAMESPACE, "key": _KEY}
            )
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", "") != _LOCK_NOT_AVAILABLE:
                raise
            raise WaveStoreError(_BUSY) from None
        yield
