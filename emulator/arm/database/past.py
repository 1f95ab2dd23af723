"""The past of the store: overwritten and deleted resources are kept while they may still be read.

Triggers of SQLite keep it, and they exist only while somebody wants it: otherwise it costs nothing.
"""

import sqlite3
from datetime import datetime

# The emulator's time, in seconds since 1970.
_NOW = "(julianday('now') - 2440587.5) * 86400.0 + (SELECT COALESCE(SUM(ahead), 0) FROM clock)"
_COLUMNS = "key, type, id, state, polls, body, hidden"
SCHEMA = f"""
CREATE TABLE IF NOT EXISTS past (
  number INTEGER PRIMARY KEY, at REAL NOT NULL, {_COLUMNS.replace("key", "key TEXT NOT NULL")});
CREATE INDEX IF NOT EXISTS past_by_key ON past (key, number);
"""
_OLD = ", ".join(f"OLD.{name}" for name in _COLUMNS.split(", "))
_KEEP = f"INSERT INTO past (at, {_COLUMNS})"
# A row that is replaced fires no trigger of a deletion, so that of the insertion looks for it. What was not there yet
# is kept as a row without a body.
_TRIGGERS = {
    "past_updated": f"BEFORE UPDATE ON resources BEGIN {_KEEP} VALUES ({_NOW}, {_OLD}); END",
    "past_deleted": f"BEFORE DELETE ON resources BEGIN {_KEEP} VALUES ({_NOW}, {_OLD}); END",
    "past_inserted": f"""BEFORE INSERT ON resources BEGIN
        {_KEEP} SELECT {_NOW}, {_COLUMNS} FROM resources WHERE key = NEW.key;
        INSERT INTO past (at, key) SELECT {_NOW}, NEW.key WHERE NOT EXISTS (
            SELECT 1 FROM resources WHERE key = NEW.key);
        END""",  # noqa: S608 - no text of a user's
}
# The first change since then says what was there before it.
SEEN = f"""(
    SELECT {_COLUMNS} FROM resources WHERE key NOT IN (SELECT key FROM past)
    UNION ALL SELECT {_COLUMNS} FROM past AS one WHERE body IS NOT NULL AND number = (
        SELECT MIN(number) FROM past AS other WHERE other.key = one.key))"""  # noqa: S608 - no text of a user's


def keep(connection: sqlite3.Connection, *, kept: bool) -> None:
    """Begin or stop to keep the past; what was kept is forgotten when it stops."""
    for name, what in _TRIGGERS.items():
        connection.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {what}" if kept else f"DROP TRIGGER IF EXISTS {name}")
    if not kept:
        connection.execute("DELETE FROM past")


def forget(connection: sqlite3.Connection, before: datetime) -> None:
    """Forget what was so before a moment: after that, SEEN has the resources of that moment."""
    connection.execute("DELETE FROM past WHERE at <= ?", (before.timestamp(),))
