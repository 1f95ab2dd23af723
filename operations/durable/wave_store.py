"""Where waves are stored: the user's own SQLite file, or a PostgreSQL database that several workers share."""

import fcntl
import logging
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dbos import DBOSClient, DBOSPortableJSONSerializer

from azure_hotpatch.operations.durable.wave_file import APPLICATION, default_path, why_not_waves

# Work of another version is not run: it is raised only with steps that an older wave could not go on with.
VERSION = "waves-1"
_POSTGRESQL = ("postgresql://", "postgresql+psycopg://", "postgres://")
# DBOS reads dates that older SQLite leaves empty with Python 3.12 and later.
_LEAST_SQLITE = (3, 42, 0)


class WaveStoreError(Exception):
    """A store that cannot be used; `str()` is one line with what to do."""


@dataclass(frozen=True, slots=True)
class WaveStore:
    """The database of waves. `path` is the file of an SQLite store, None for PostgreSQL."""

    url: str
    path: Path | None = None

    @property
    def shared(self) -> bool:
        return self.path is None

    def __str__(self) -> str:
        return str(self.path) if self.path else "the PostgreSQL database"  # its address may hold a password


def store_of(path: str | None, database_url: str | None) -> WaveStore:
    """The store that the user names; nothing is created. Raises StoreError."""
    if path and database_url:
        raise WaveStoreError("give --store or --database-url, not both")
    if not database_url:
        return _local(Path(path) if path else default_path())
    if not database_url.startswith(_POSTGRESQL):
        raise WaveStoreError(
            "--database-url is not an address of PostgreSQL: write it as postgresql://user@host:5432/waves"
        )
    return WaveStore(database_url.replace("postgres://", "postgresql://", 1))


def _local(path: Path) -> WaveStore:
    if sys.version_info >= (3, 12) and sqlite3.sqlite_version_info < _LEAST_SQLITE:
        raise WaveStoreError(
            f"this Python has SQLite {sqlite3.sqlite_version}, and Python 3.12 and later need 3.42: "
            "use Python 3.11, a newer SQLite, or --database-url"
        )
    whole = path.resolve()
    reason = why_not_waves(whole)
    if reason:
        raise WaveStoreError(f"{path}: {reason}")
    return WaveStore(f"sqlite:///{whole}", whole)


def make(store: WaveStore) -> None:
    """Create an SQLite file that only its user can read, before a library creates it. Raises StoreError."""
    if store.path is None:
        return
    try:
        store.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(store.path, os.O_RDWR | os.O_CREAT, 0o600))
        with sqlite3.connect(store.path, timeout=30) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
        connection.close()
    except (OSError, sqlite3.Error) as error:
        raise WaveStoreError(f"{store.path} cannot be used as a store: {error}") from None


def exists(store: WaveStore) -> bool:
    """Whether something was begun with it: an SQLite file without a byte was made by nobody who works at waves."""
    return store.path is None or (store.path.exists() and store.path.stat().st_size > 0)


@contextmanager
def held(store: WaveStore) -> Iterator[bool]:
    """Hold an SQLite store as its one worker; False where another process is that already."""
    if store.path is None:
        yield True
        return
    descriptor = os.open(f"{store.path}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


def configuration(store: WaveStore, worker: str) -> dict[str, Any]:
    """DBOS's configuration. `worker` names one live process; on SQLite its name stays, to take its work back."""
    return {
        "name": APPLICATION,
        "system_database_url": store.url,
        "application_version": VERSION,
        "executor_id": worker,
        "serializer": DBOSPortableJSONSerializer(),
        "log_level": "CRITICAL",
        "max_executor_threads": 4,
        "sys_db_pool_size": 8,
        "notification_listener_polling_interval_sec": 0.05,
        "db_engine_kwargs": {"hide_parameters": True},  # an error would print what is stored
    }


def quiet() -> None:
    """Let DBOS's log go nowhere: it prints a trace for each workflow that fails, whose outcome is kept anyway, and
    beside an error that is raised its own words."""
    log = logging.getLogger("dbos")
    if not log.handlers:
        log.addHandler(logging.NullHandler())


@contextmanager
def opened(store: WaveStore) -> Iterator[DBOSClient]:
    """A client of an existing store. Raises StoreError where it cannot be reached."""
    quiet()
    client = DBOSClient(
        system_database_url=store.url,
        application_name=APPLICATION,
        serializer=DBOSPortableJSONSerializer(),
        retry_connection_errors=False,
    )
    try:
        yield client
    finally:
        client.destroy()
