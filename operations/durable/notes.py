"""A worker's notes beside DBOS's own tables: which machines it was about to start, and which updates are bad."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Engine, Float, MetaData, String, Table, Text, create_engine, select
from sqlalchemy.exc import IntegrityError

from azure_hotpatch.operations.durable.wave_store import WaveStore
from azure_hotpatch.operations.install.advisory import Advisory

_META = MetaData()
_ATTEMPTS = Table(
    "hotpatch_attempts",
    _META,
    Column("workflow", String(400), primary_key=True),
    Column("at", Float, nullable=False),  # seconds since 1970
)
_CLAIMS = Table(
    "hotpatch_claims",
    _META,
    Column("machine", String(400), primary_key=True),  # its id in lower case
    Column("workflow", String(400), nullable=False),
    Column("at", Float, nullable=False),
)
# A claim is held for one look and one request; that of a worker which died between them ends by itself.
CLAIM_SECONDS = 120.0
_TAKEN_OFF = Table(
    "hotpatch_taken_off",
    _META,
    Column("machine", String(400), primary_key=True),  # its id in lower case
    Column("kb", String(20), primary_key=True),
    Column("at", Float, nullable=False),
)
# After a workflow: the restart that it asks for, and a request whose answer was lost, are attempts of their own.
_RESTART, _LOST = "#restart", "#lost"
_ADVISORIES = Table(
    "hotpatch_advisories",
    _META,
    Column("kb", String(20), primary_key=True),
    Column("body", Text, nullable=False),
    Column("signed_by", String(200), nullable=False),
)


def _now() -> float:
    return datetime.now(UTC).timestamp()


@contextmanager
def opened(store: WaveStore) -> Iterator[Engine]:
    """The engine for these tables, while it is open."""
    engine = engine_of(store)
    try:
        yield engine
    finally:
        engine.dispose()


def engine_of(store: WaveStore) -> Engine:
    """The engine for these tables, which are made where they are missing."""
    url = store.url.replace("postgresql://", "postgresql+psycopg://", 1)
    arguments: dict[str, Any] = {"connect_args": {"timeout": 30}} if store.path else {"pool_pre_ping": True}
    engine = create_engine(url, hide_parameters=True, **arguments)
    try:
        _META.create_all(engine)
    except IntegrityError:  # another worker makes them at the same moment
        _META.create_all(engine)
    return engine


def restart_of(workflow: str) -> str:
    """The name under which a workflow's restart is noted."""
    return f"{workflow}{_RESTART}"


def lost_of(workflow: str) -> str:
    """The name under which it is noted that the answer to a workflow's request was lost, though it had left."""
    return f"{workflow}{_LOST}"


def attempted(engine: Engine, workflow: str) -> float | None:
    """When a machine was about to be started by this workflow, or None."""
    with engine.connect() as connection:
        found = connection.execute(select(_ATTEMPTS.c.at).where(_ATTEMPTS.c.workflow == workflow)).scalar()
    return None if found is None else float(found)


def attempt(engine: Engine, workflow: str) -> None:
    """Note that a machine is started now: after a crash the note says whose installation is seen."""
    now = _now()
    with engine.begin() as connection:
        connection.execute(_ATTEMPTS.delete().where(_ATTEMPTS.c.workflow == workflow))
        connection.execute(_ATTEMPTS.insert().values(workflow=workflow, at=now))


def claim(engine: Engine, machine: str, workflow: str, seconds: float = CLAIM_SECONDS) -> bool:
    """Claim a machine for a time: False where another wave has it."""
    now, key = _now(), machine.lower()
    stale = (_CLAIMS.c.at < now - CLAIM_SECONDS) | (_CLAIMS.c.workflow == workflow)
    begins = now + seconds - CLAIM_SECONDS  # a longer claim is one that begins later
    try:
        with engine.begin() as connection:
            connection.execute(_CLAIMS.delete().where(_CLAIMS.c.machine == key, stale))
            connection.execute(_CLAIMS.insert().values(machine=key, workflow=workflow, at=begins))
    except IntegrityError:
        return False
    return True


def holder(engine: Engine, machine: str) -> str | None:
    """The workflow that claims a machine, or None."""
    with engine.connect() as connection:
        found = connection.execute(select(_CLAIMS.c.workflow).where(_CLAIMS.c.machine == machine.lower())).scalar()
    return None if found is None else str(found)


def release(engine: Engine, machine: str, workflow: str) -> None:
    """Release a claim."""
    with engine.begin() as connection:
        mine = (_CLAIMS.c.machine == machine.lower()) & (_CLAIMS.c.workflow == workflow)
        connection.execute(_CLAIMS.delete().where(mine))


def took_off(engine: Engine, machine: str, kb: str) -> None:
    """Note that an update was uninstalled from a machine: later installations exclude it there."""
    now, key = _now(), machine.lower()
    with engine.begin() as connection:
        connection.execute(_TAKEN_OFF.delete().where((_TAKEN_OFF.c.machine == key) & (_TAKEN_OFF.c.kb == kb)))
        connection.execute(_TAKEN_OFF.insert().values(machine=key, kb=kb, at=now))


def taken_off(engine: Engine, machine: str) -> tuple[str, ...]:
    """The updates that were uninstalled from a machine."""
    with engine.connect() as connection:
        rows = connection.execute(select(_TAKEN_OFF.c.kb).where(_TAKEN_OFF.c.machine == machine.lower())).scalars()
        return tuple(sorted(str(row) for row in rows))


def ban(engine: Engine, advisory: Advisory, signed_by: str) -> None:
    """Store the advisory on a bad update; it replaces an earlier one on the same update."""
    with engine.begin() as connection:
        connection.execute(_ADVISORIES.delete().where(_ADVISORIES.c.kb == advisory.kb))
        values = {"kb": advisory.kb, "body": advisory.model_dump_json(by_alias=True), "signed_by": signed_by}
        connection.execute(_ADVISORIES.insert().values(**values))


def bans(engine: Engine, now: datetime) -> Sequence[Advisory]:
    """The updates that are known to be bad: their stops are neither lifted nor expired."""
    with engine.connect() as connection:
        rows = connection.execute(select(_ADVISORIES.c.body).order_by(_ADVISORIES.c.kb)).scalars().all()
    return [one for one in map(Advisory.model_validate_json, rows) if one.holds(now)]


def ban_of(engine: Engine, kb: str) -> Advisory | None:
    """The stop of an update that was not lifted, expired or not."""
    with engine.connect() as connection:
        row = connection.execute(select(_ADVISORIES.c.body).where(_ADVISORIES.c.kb == kb)).scalar()
    return None if row is None else Advisory.model_validate_json(row)


def lift(engine: Engine, stop: Advisory) -> bool:
    """Delete a stop; False where it is another by now, or was lifted by somebody else."""
    this = (_ADVISORIES.c.kb == stop.kb) & (_ADVISORIES.c.body == stop.model_dump_json(by_alias=True))
    with engine.begin() as connection:
        return connection.execute(_ADVISORIES.delete().where(this)).rowcount == 1


def forget(engine: Engine, workflows: Sequence[str]) -> None:
    """Drop the notes of workflows that are deleted."""
    asked = [*workflows, *map(restart_of, workflows)]
    _forget(engine, [*asked, *map(lost_of, asked)])


def ask_again(engine: Engine, workflows: Sequence[str]) -> None:
    """Let workflows repeat a request whose answer was lost: a person decided that it will not come any more."""
    _forget(engine, [lost_of(one) for one in workflows])


def _forget(engine: Engine, names: Sequence[str]) -> None:
    with engine.begin() as connection:
        for start in range(0, len(names), 500):
            connection.execute(_ATTEMPTS.delete().where(_ATTEMPTS.c.workflow.in_(names[start : start + 500])))
