"""Take over the work of a worker that died, which DBOS does not do where several workers share a database.

Each worker holds an advisory lock of PostgreSQL while it lives; whoever can take another's lock knows that it died.
"""

import hashlib
import os
import threading
import time

import psycopg
from dbos import DBOS

_NAMESPACE = 0x48504A  # of the locks, beside those of other programs
_EVERY, _GRACE = (
    5.0,
    15.0,
)  # seconds: between looks; after a connection that was cut, until peers hold their locks again
_TAKEN_AWAY = 3  # exit code of a worker whose name another has
_KEEPALIVE = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
_PENDING = "SELECT DISTINCT executor_id FROM dbos.workflow_status WHERE status = 'PENDING' AND executor_id <> %s"


class Liveness(threading.Thread):
    """Holds this worker's lock, and recovers the work of workers that no longer hold theirs."""

    def __init__(self, url: str, name: str, every: float = _EVERY, grace: float = _GRACE) -> None:
        super().__init__(name="liveness", daemon=True)
        self._url, self._name = url, name
        self._every, self._grace = every, grace
        self._ended = threading.Event()
        self._connection = self._take()

    def run(self) -> None:
        while not self._ended.wait(self._every):
            try:
                self._look()
            except psycopg.OperationalError:
                self._connection.close()
            except RuntimeError:
                os._exit(_TAKEN_AWAY)  # whoever has the name now has recovered this worker's work

    def end(self) -> None:
        self._ended.set()
        self.join()
        self._connection.close()

    def _look(self) -> None:
        if self._connection.closed:
            self._connection = self._take()
        found = self._connection.execute(_PENDING, (self._name,)).fetchall()
        if time.monotonic() - self._since < self._grace:
            return
        for (name,) in found:
            self._recover(str(name))

    def _recover(self, name: str) -> None:
        if not self._try(self._connection, name):
            return
        try:
            # DBOS has no public name for it; it is guarded against being done twice.
            DBOS._recover_pending_workflows([name])
        finally:
            self._connection.execute("SELECT pg_advisory_unlock(%s, %s)", (_NAMESPACE, _key(name)))

    def _take(self) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection that holds the lock; a peer may hold it for a moment while it recovers us."""
        connection = psycopg.connect(self._url, autocommit=True, connect_timeout=5, options=_KEEPALIVE)
        self._since = time.monotonic()
        for _ in range(20):
            if self._try(connection, self._name):
                return connection
            time.sleep(0.5)
        connection.close()
        raise RuntimeError(f"another worker has the name {self._name}")

    def _try(self, connection: "psycopg.Connection[tuple[object, ...]]", name: str) -> bool:
        row = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (_NAMESPACE, _key(name))).fetchone()
        return bool(row and row[0])


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], signed=True)
