"""A token bucket that several workers share: a row of PostgreSQL, timed by the database's clock."""

import asyncio

from sqlalchemy import Engine, text

from azure_hotpatch.operations.install.buckets import DEBT, PATCH, Limit

_TABLE = """
CREATE TABLE IF NOT EXISTS hotpatch_buckets (
  name text PRIMARY KEY, tokens double precision NOT NULL, at timestamptz NOT NULL, closed_until timestamptz NOT NULL)
"""
_NEW = "INSERT INTO hotpatch_buckets VALUES (:name, :cap, clock_timestamp(), clock_timestamp()) ON CONFLICT DO NOTHING"
_FILLED = "LEAST(:cap, tokens + EXTRACT(EPOCH FROM clock_timestamp() - at) / :seconds)"
_TAKE = f"""
UPDATE hotpatch_buckets SET tokens = {_FILLED} - 1, at = clock_timestamp()
WHERE name = :name AND closed_until <= clock_timestamp() AND {_FILLED} >= 1
"""  # noqa: S608 - made of constants
_WAIT = f"""
SELECT GREATEST((1 - {_FILLED}) * :seconds, EXTRACT(EPOCH FROM closed_until - clock_timestamp()), 0.05)
FROM hotpatch_buckets WHERE name = :name
"""  # noqa: S608 - made of constants
_TELL = f"""
UPDATE hotpatch_buckets SET tokens = LEAST({_FILLED}, :remaining), at = clock_timestamp() WHERE name = :name
"""  # noqa: S608 - made of constants
_CLOSE = f"""
UPDATE hotpatch_buckets SET at = clock_timestamp(),
  tokens = CASE WHEN closed_until <= clock_timestamp() THEN LEAST({_FILLED}, 0) - {DEBT} ELSE {_FILLED} END,
  closed_until = GREATEST(closed_until, clock_timestamp() + :wait * interval '1 second') WHERE name = :name
"""  # noqa: S608 - made of constants
# Requests of other workers that Azure has counted and this one does not know of, or the other way round.
_OTHERS = 10


def make_table(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(4739145)"))  # two workers may begin at once
        connection.execute(text(_TABLE))


class SharedSource:
    """The bucket of a subscription and region for all workers of a database."""

    def __init__(self, engine: Engine, name: str, limit: Limit = PATCH) -> None:
        self._engine = engine
        self._values = {"name": name, "cap": float(limit.cap), "seconds": limit.seconds}
        self._made = False

    async def take(self) -> float:
        return await asyncio.to_thread(self._take)

    async def tell(self, remaining: int, in_flight: int) -> None:
        await asyncio.to_thread(self._execute, _TELL, remaining=float(remaining - in_flight - _OTHERS))

    async def close(self, seconds: float) -> None:
        await asyncio.to_thread(self._execute, _CLOSE, wait=seconds)

    def _take(self) -> float:
        if not self._made:
            self._execute(_NEW)
            self._made = True
        if self._execute(_TAKE):
            return 0.0
        with self._engine.connect() as connection:
            return float(connection.execute(text(_WAIT), self._values).scalar_one())

    def _execute(self, statement: str, **more: float) -> int:
        with self._engine.begin() as connection:
            return int(connection.execute(text(statement), {**self._values, **more}).rowcount)
