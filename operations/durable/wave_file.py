"""The SQLite file of a store of waves: where it lies, and whether a file can be one: that of another program is not."""

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

APPLICATION = "azure-hotpatch"

_MAGIC = b"SQLite format 3\0"  # https://www.sqlite.org/fileformat2.html, "The Database Header"
_FIRST_TABLES = {"dbos_migrations", "workflow_status"}  # which DBOS makes before all others


def default_path(environ: Mapping[str, str] = os.environ) -> Path:
    """The user's own store, by the custom of the operating system."""
    state = Path(environ.get("XDG_STATE_HOME") or Path.home() / ".local/state")
    return state / APPLICATION / "waves.sqlite"


def why_not_waves(path: Path) -> str | None:
    """Why a file is no store of waves; None where it is one, is empty, or is not there."""
    try:
        if path.is_dir():
            return "it is a folder; give the path of a file"
        if not path.is_file() or not path.stat().st_size:
            return None
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                return "it is not a store of waves; give the path of another file"
        tables = _tables(path)
    except (OSError, sqlite3.Error) as error:
        return f"it cannot be read: {error.strerror if isinstance(error, OSError) else error}"
    if tables and not tables & _FIRST_TABLES:
        return "it is a database of another program; give the path of another file"
    return None


def _tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
