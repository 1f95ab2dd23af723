"""Check whether a file can be the emulator's store; if not, one line says why and what to do."""

import sqlite3
from pathlib import Path

IN_MEMORY = ":memory:"


class StoreError(Exception):
    """A store that cannot be used; the message has the file, the reason and the remedy."""

    def __init__(self, path: Path | str, why: str, remedy: str) -> None:
        super().__init__(f"the emulator's store {path}: {why}; {remedy}")


_ELSEWHERE = "give another path, or move the file away"


def connect(path: Path | str, schema: str, patience: float) -> sqlite3.Connection:
    """A connection to a store that was found good. Raises StoreError; a file that is refused is left as it was."""
    _refuse_place(path)
    try:
        connection = sqlite3.connect(
            str(path), timeout=patience, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        _refuse_content(connection, path, schema)
    except sqlite3.Error as error:
        raise explained(path, error) from error
    return connection


def explained(path: Path | str, error: sqlite3.Error) -> StoreError:
    """What SQLite says of a file, with what to do about it."""
    words = str(error).lower()
    if "not a database" in words or "malformed" in words:
        return StoreError(path, f"it is not a store of the emulator, or is damaged ({error})", _ELSEWHERE)
    if "readonly" in words or "unable to open" in words or "attempt to write" in words:
        return StoreError(path, f"it cannot be written ({error})", "make it and its folder writable, or give another")
    if "locked" in words or "busy" in words:
        return StoreError(path, "another process has held it for too long", "end that process, or give another path")
    if "full" in words:
        return StoreError(path, f"there is no room left ({error})", "free some space, or give another path")
    return StoreError(path, f"SQLite says: {error}", _ELSEWHERE)


def _refuse_place(path: Path | str) -> None:
    if str(path) == IN_MEMORY:
        return
    file = Path(path)
    if file.is_dir():
        raise StoreError(path, "it is a folder", "give the path of a file")
    if not file.parent.is_dir():
        raise StoreError(path, f"there is no folder {file.parent}", "make the folder, or give another path")


def _refuse_content(connection: sqlite3.Connection, path: Path | str, schema: str) -> None:
    """Refuse a file that holds another table than the schema says; a table that it lacks is made later."""
    found = _tables(connection)
    if not found:
        return
    wanted = _tables_of(schema)
    if not found.keys() & wanted.keys():
        raise StoreError(path, "it is a database of another program", "give another path")
    changed = sorted(name for name, columns in found.items() if wanted.get(name) != columns)
    if changed:
        why = f"it was written by another version of the emulator (its tables {', '.join(changed)} differ)"
        raise StoreError(path, why, "delete it, or use the version that wrote it; what it holds is emulated")


def _tables_of(schema: str) -> dict[str, list[str]]:
    connection = sqlite3.connect(IN_MEMORY)
    try:
        connection.executescript(schema)
        return _tables(connection)
    finally:
        connection.close()


def _tables(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The columns of each table, with their types."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: [f"{row[1]} {row[2]}" for row in connection.execute(f'PRAGMA table_info("{name}")')] for (name,) in names
    }
