"""The store of the emulated Azure: one SQLite file that several processes may use at once."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from azure_hotpatch.emulator.arm.database import past, planned_ends, store_file
from azure_hotpatch.emulator.arm.database.sealing import Key, Sealing
from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.protocol.errors import ArmError

_SCHEMA = f"""
CREATE TABLE IF NOT EXISTS resources (
  key TEXT PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL, state TEXT NOT NULL, polls INTEGER NOT NULL,
  body TEXT NOT NULL, hidden TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS resources_by_type ON resources (type, key);
CREATE TABLE IF NOT EXISTS uses (
  target TEXT, owner TEXT, source TEXT, PRIMARY KEY (target, owner, source)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS uses_by_owner ON uses (owner);
CREATE TABLE IF NOT EXISTS addresses (
  subnet TEXT, number INTEGER, owner TEXT NOT NULL, PRIMARY KEY (subnet, number)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS addresses_by_owner ON addresses (owner);
CREATE TABLE IF NOT EXISTS operations (
  id TEXT PRIMARY KEY, key TEXT NOT NULL, verb TEXT NOT NULL, polls INTEGER NOT NULL, started TEXT NOT NULL,
  ended TEXT, body TEXT NOT NULL, result TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS registrations (
  subscription TEXT, namespace TEXT, PRIMARY KEY (subscription, namespace)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS records (
  key TEXT, kind TEXT, moment TEXT, body TEXT NOT NULL, PRIMARY KEY (key, kind, moment)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS clock (ahead REAL NOT NULL);
{past.SCHEMA}
"""
# The planned ends of operations that no longer exist; those of resources have the ids of their resources as keys.
_FORGET_ENDS = f"""
DELETE FROM records WHERE kind = '{planned_ends.RECORD}' AND key NOT LIKE '/%'
  AND key NOT IN (SELECT id FROM operations)"""  # noqa: S608 - no text of a user's
_PATIENCE = 30.0  # seconds that a process waits for another one's write


class StoreUnavailable(ArmError):  # noqa: N818 - named after its code, as in errors.py
    """The store could be opened, but can no longer be used."""

    status = 503
    code = "StoreUnavailable"


class Store:
    """Opens a file (":memory:" for none) and opens transactions, from any thread."""

    def __init__(self, path: Path | str) -> None:
        """Raises StoreError where the file cannot be used."""
        self._path = path
        self._key = Key(None if path == store_file.IN_MEMORY else Path(path))
        self._lock = threading.RLock()
        self._connection = store_file.connect(path, _SCHEMA, _PATIENCE)
        try:
            self._set_up()
        except sqlite3.Error as error:
            self._connection.close()
            raise store_file.explained(path, error) from error

    def _set_up(self) -> None:
        _patiently(self._connection, "PRAGMA journal_mode=WAL")
        # A power cut may cost the last writes; neither it nor a killed process leaves a store that does not open.
        self._connection.execute("PRAGMA synchronous=NORMAL")
        _patiently(self._connection, "BEGIN IMMEDIATE")
        for statement in _SCHEMA.split(";"):
            self._connection.execute(statement)
        self._connection.execute("DELETE FROM operations WHERE ended < ?", (_a_day_ago(),))
        self._connection.execute(_FORGET_ENDS)
        self._connection.execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """One request's reads and writes; what it wrote is undone where it raises."""
        with self._lock:
            _patiently(self._connection, "BEGIN IMMEDIATE")
            try:
                yield Transaction(self._connection, Sealing(self._key))
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself undoes some of its failures
                    self._connection.execute("ROLLBACK")
                raise

    def unusable(self, error: sqlite3.Error) -> ArmError:
        """What a request is answered that met an error of SQLite."""
        return StoreUnavailable(f"{store_file.explained(self._path, error)}.")

    def close(self) -> None:
        self._connection.close()


def _a_day_ago() -> str:
    """No client polls an operation that ended before."""
    return stamp(datetime.now(UTC) - timedelta(days=1))


def _patiently(connection: sqlite3.Connection, statement: str) -> None:
    # SQLite does not wait when two processes turn on the write-ahead log, or both upgrade, at the same moment.
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.005)
        else:
            return
