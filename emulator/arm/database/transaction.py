"""The reads and writes of one request, in one transaction of the store."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from azure_hotpatch.emulator.arm.database import past
from azure_hotpatch.emulator.arm.database.references import Reference, references
from azure_hotpatch.emulator.arm.database.sealing import Sealing
from azure_hotpatch.emulator.arm.database.stored import Operation, Resource


class Transaction:
    """What a handler reads and writes. Ids may be given in any letter case."""

    def __init__(self, connection: sqlite3.Connection, sealing: Sealing, resources: str = "resources") -> None:
        self._connection, self._sealing, self._source = connection, sealing, resources

    def keep_secret(self, digests: Iterable[str]) -> None:
        """Encrypt the values of these digests (sealing.digest) in all that this transaction writes."""
        self._sealing.secrets.update(digests)

    @contextmanager
    def attempt(self, *, keep: bool = True) -> Iterator[None]:
        """A part of the request; what it wrote is undone where it raises, and always where it is not to be kept."""
        self._connection.execute("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO attempt")
            raise
        else:
            if not keep:
                self._connection.execute("ROLLBACK TO attempt")
        finally:
            self._connection.execute("RELEASE attempt")

    def find(self, resource_id: str) -> Resource | None:
        rows = self._resources("key = ?", (resource_id.lower(),))
        return next(rows, None)

    def within(self, scope: str, resource_type: str = "", after: str = "", limit: int = -1) -> list[Resource]:
        """The resources below `scope` ("" for all), of one type where it is given, in the order of their ids."""
        low, high = f"{scope.lower()}/", f"{scope.lower()}0"  # "0" is the character after "/"
        where, values = "key > ? AND key < ?", [max(low, after.lower()), high]
        if resource_type:
            where, values = f"type = ? AND {where}", [resource_type.lower(), *values]
        return list(self._resources(f"{where} ORDER BY key LIMIT {limit:d}", values))

    def types(self) -> list[str]:
        """The types of what is stored, in lower case."""
        query = f"SELECT DISTINCT type FROM {self._source} ORDER BY type"  # noqa: S608 - no text of a user's
        return [kind for (kind,) in self._connection.execute(query)]

    def save(self, resource: Resource) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO resources (key, type, id, state, polls, body, hidden) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                resource.key,
                resource.type.lower(),
                resource.id,
                resource.state,
                resource.polls,
                self._sealing.dumps(resource.body),
                self._sealing.dumps(resource.hidden),
            ),
        )
        self._save_uses(resource)

    def set_state(self, resource: Resource) -> None:
        """Save the state alone, which is all that polling changes."""
        self._connection.execute(
            "UPDATE resources SET state = ?, polls = ? WHERE key = ?", (resource.state, resource.polls, resource.key)
        )

    def hide(self, resource: Resource) -> None:
        """Save only the hidden data of a resource."""
        self._connection.execute(
            "UPDATE resources SET hidden = ? WHERE key = ?", (self._sealing.dumps(resource.hidden), resource.key)
        )

    def remove(self, resource_id: str) -> None:
        """Forget a resource and everything below it."""
        key = resource_id.lower()
        span = (key, f"{key}/", f"{key}0")
        self._connection.execute("DELETE FROM resources WHERE key = ? OR (key > ? AND key < ?)", span)
        self._connection.execute("DELETE FROM uses WHERE owner = ? OR (owner > ? AND owner < ?)", span)
        self._connection.execute("DELETE FROM records WHERE key = ? OR (key > ? AND key < ?)", span)
        self._connection.execute("DELETE FROM addresses WHERE owner = ? OR (owner > ? AND owner < ?)", span)
        self._connection.execute("DELETE FROM addresses WHERE subnet = ? OR (subnet > ? AND subnet < ?)", span)

    def users(self, resource_id: str) -> list[str]:
        """The ids of the parts of other resources that name this one or a part of it."""
        key = resource_id.lower()
        span = (key, f"{key}/", f"{key}0")
        rows = self._connection.execute(
            "SELECT DISTINCT source FROM uses WHERE (target = ? OR (target > ? AND target < ?)) "
            "AND NOT (owner = ? OR (owner > ? AND owner < ?)) ORDER BY source",
            (*span, *span),
        )
        return [source for (source,) in rows]

    def take_address(self, subnet: str, number: int, owner: str) -> str | None:
        """Reserve an address for `owner`; returns the present owner if that is another one."""
        values = (subnet.lower(), number)
        row = self._connection.execute("SELECT owner FROM addresses WHERE subnet = ? AND number = ?", values).fetchone()
        if row and row[0] != owner.lower():
            return str(row[0])
        self._connection.execute("INSERT OR IGNORE INTO addresses VALUES (?, ?, ?)", (*values, owner.lower()))
        return None

    def has_address(self, subnet: str, number: int) -> bool:
        query = "SELECT 1 FROM addresses WHERE subnet = ? AND number = ?"
        return self._connection.execute(query, (subnet.lower(), number)).fetchone() is not None

    def free_address(self, subnet: str, first: int) -> int:
        """The lowest number from `first` on that nobody has."""
        taken = "SELECT 1 FROM addresses WHERE subnet = :subnet AND number = "
        row = self._connection.execute(
            f"SELECT :first WHERE NOT EXISTS ({taken} :first) UNION ALL "  # noqa: S608 - no text of a user's
            "SELECT number + 1 FROM addresses AS a WHERE subnet = :subnet AND number >= :first "
            f"AND NOT EXISTS ({taken} a.number + 1) LIMIT 1",
            {"subnet": subnet.lower(), "first": first},
        ).fetchone()
        return int(row[0])

    def release_addresses(self, owner: str, keep: Iterable[tuple[str, int]] = ()) -> None:
        rows = self._connection.execute("SELECT subnet, number FROM addresses WHERE owner = ?", (owner.lower(),))
        for row in set(rows.fetchall()) - {(subnet.lower(), number) for subnet, number in keep}:
            self._connection.execute("DELETE FROM addresses WHERE subnet = ? AND number = ?", row)

    def operation(self, operation_id: str) -> Operation | None:
        row = self._connection.execute(
            "SELECT id, key, verb, polls, started, ended, body, result FROM operations WHERE id = ?", (operation_id,)
        ).fetchone()
        if row is None:
            return None
        identifier, key, verb, polls, started, ended, body, result = row
        done = self._sealing.loads(result) if result else None
        return Operation(identifier, key, verb, polls, started, ended, self._sealing.loads(body), done)

    def save_operation(self, operation: Operation) -> None:
        self._connection.execute(
            "INSERT OR REPLACE INTO operations VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                operation.id,
                operation.key,
                operation.verb,
                operation.polls,
                operation.started,
                operation.ended,
                self._sealing.dumps(operation.body),
                self._sealing.dumps(operation.result) if operation.result is not None else None,
            ),
        )

    def record(self, key: str, kind: str, moment: str, body: Any) -> None:
        """Keep something that is no resource: what was done to one at a moment, or a setting of the emulator."""
        self._connection.execute(
            "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?)", (key.lower(), kind, moment, self._sealing.dumps(body))
        )

    def recorded(self, key: str, kind: str, since: str = "") -> list[Any]:
        """What was recorded of one kind and key, oldest first."""
        rows = self._connection.execute(
            "SELECT body FROM records WHERE key = ? AND kind = ? AND moment >= ? ORDER BY moment",
            (key.lower(), kind, since),
        )
        return [self._sealing.loads(body) for (body,) in rows]

    def forget_records(self, key: str, kind: str) -> None:
        self._connection.execute("DELETE FROM records WHERE key = ? AND kind = ?", (key.lower(), kind))

    def now(self) -> datetime:
        """The emulator's time: the machine's, and as much ahead as its clock was moved."""
        row = self._connection.execute("SELECT SUM(ahead) FROM clock").fetchone()
        return datetime.now(UTC) + timedelta(seconds=row[0] or 0.0)

    def move_clock(self, by: timedelta) -> None:
        self._connection.execute("INSERT INTO clock VALUES (?)", (by.total_seconds(),))

    def keep_past(self, *, kept: bool) -> None:
        """Whether what resources were is kept, for `at`."""
        past.keep(self._connection, kept=kept)

    def at(self, moment: datetime) -> "Transaction":
        """The same with the resources of a moment ago, from now on of no earlier one; it is read only."""
        past.forget(self._connection, moment)
        return Transaction(self._connection, self._sealing, past.SEEN)

    def register(self, subscription: str, namespace: str) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO registrations VALUES (?, ?)", (subscription.lower(), namespace.lower())
        )

    def unregister(self, subscription: str, namespace: str) -> None:
        values = (subscription.lower(), namespace.lower())
        self._connection.execute("DELETE FROM registrations WHERE subscription = ? AND namespace = ?", values)

    def is_registered(self, subscription: str, namespace: str) -> bool:
        values = (subscription.lower(), namespace.lower())
        query = "SELECT 1 FROM registrations WHERE subscription = ? AND namespace = ?"
        return self._connection.execute(query, values).fetchone() is not None

    def forget_everything(self) -> None:
        past.keep(self._connection, kept=False)
        tables = self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in tables:
            self._connection.execute(f'DELETE FROM "{name}"')  # noqa: S608 - as above

    def _resources(self, where: str, values: Iterable[Any]) -> Iterator[Resource]:
        rows = self._connection.execute(
            f"SELECT id, type, body, state, polls, hidden FROM {self._source} WHERE {where}",  # noqa: S608 - as above
            tuple(values),
        )
        for resource_id, kind, body, state, polls, hidden in rows:
            yield Resource(resource_id, kind, self._sealing.loads(body), state, polls, self._sealing.loads(hidden))

    def _save_uses(self, resource: Resource) -> None:
        found: set[Reference] = references(resource.id, resource.body)
        self._connection.execute("DELETE FROM uses WHERE owner = ?", (resource.key,))
        self._connection.executemany(
            "INSERT OR IGNORE INTO uses VALUES (?, ?, ?)",
            [(target.lower(), resource.key, source) for source, target in found],
        )
