"""The states of a wave's machines, by one query of DBOS's table: DBOS's own list takes far longer."""

from sqlalchemy import Engine, text

from azure_hotpatch.operations.durable import ids

ENDED = frozenset(("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"))
# The table has a schema of its own on PostgreSQL.
_TABLES = {"sqlite": "workflow_status", "postgresql": "dbos.workflow_status"}


def statuses(engine: Engine, wave: str) -> dict[str, str]:
    """DBOS's status of each machine that was put on the queue, by its workflow's id."""
    # A wave's id has nothing that LIKE would read otherwise (see install.plan).
    query = f"SELECT workflow_uuid, status FROM {_TABLES[engine.dialect.name]} WHERE workflow_uuid LIKE :prefix"  # noqa: S608 - of constants
    with engine.connect() as connection:
        rows = connection.execute(text(query), {"prefix": f"{ids.below(wave)}%"}).all()
    return {str(identifier): str(status) for identifier, status in rows}
