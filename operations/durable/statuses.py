"""The states of a wave's machines, by one query of DBOS's table: DBOS's own list takes far longer."""

from typing import NamedTuple

from sqlalchemy import Engine, text

from azure_hotpatch.operations.durable import ids

ENDED = frozenset(("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"))
# The table has a schema of its own on PostgreSQL.
_TABLES = {"sqlite": "workflow_status", "postgresql": "dbos.workflow_status"}


class StoredStatus(NamedTuple):
    """DBOS's status of a workflow, and when it ended last: a second end of the same kind is another."""

    status: str
    ended: int | None  # milliseconds since 1970

    @property
    def is_over(self) -> bool:
        return self.status in ENDED


def statuses(engine: Engine, wave: str) -> dict[str, StoredStatus]:
    """How each machine stands that was put on the queue, by its workflow's id."""
    # A wave's id has nothing that LIKE would read otherwise (see install.plan).
    columns, table = "workflow_uuid, status, completed_at", _TABLES[engine.dialect.name]
    query = f"SELECT {columns} FROM {table} WHERE workflow_uuid LIKE :prefix"  # noqa: S608 - of constants
    with engine.connect() as connection:
        rows = connection.execute(text(query), {"prefix": f"{ids.below(wave)}%"}).all()
    return {str(identifier): StoredStatus(str(status), ended) for identifier, status, ended in rows}
