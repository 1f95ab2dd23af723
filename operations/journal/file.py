"""The file of the journal: its place and permissions, and how entries are appended without losing or mixing any."""

import fcntl
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from azure_hotpatch.operations.journal.chain import (
    BEGINNING,
    START,
    BrokenChainError,
    JournalEntry,
    digest,
    entries,
    entry_of,
)

VARIABLE = "AZURE_HOTPATCH_JOURNAL"


def default_path(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """The journal in the user's data folder, by the custom of the operating system; VARIABLE names another file."""
    named = environ.get(VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    return _data_folder(environ, platform) / "azure-hotpatch" / "journal.jsonl"


def _data_folder(environ: Mapping[str, str], platform: str) -> Path:
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    # "XDG Base Directory Specification": a relative path is to be ignored.
    given = environ.get("XDG_DATA_HOME", "")
    return Path(given) if given.startswith("/") else Path.home() / ".local" / "share"


class Journal:
    """A journal at a path. Raises OSError where it cannot be read or written, BrokenChainError where it was changed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Iterator[JournalEntry]:
        """The entries, each checked against the one before it. A last line that is not ended is not one yet."""
        try:
            with self.path.open("rb") as file:
                yield from entries(_ended_lines(file))
        except FileNotFoundError:
            return

    def head(self) -> str:
        """The hash of the last line, by which all lines can be proved later; 64 zeros where there is none."""
        checked = deque(self.read(), maxlen=1)
        return checked[0].digest if checked else START

    def add(self, kind: str, bodies: Iterable[Mapping[str, Any]], now: datetime | None = None) -> int:
        """Append an entry for each body and give how many; all are on the disk when this returns.

        Another process that adds at the same time waits. What a process that was killed left unfinished is cut off.
        """
        listed = list(bodies)
        if not listed:
            return 0
        written = now or datetime.now(UTC)
        with self._locked() as file:
            number, previous = _end(file)
            lines = []
            for count, body in enumerate(listed, start=1):
                line = JournalEntry(number + count, previous, written, kind, body).line()
                previous = digest(line)
                lines.append(line + b"\n")
            file.write(b"".join(lines))
            file.flush()
            os.fsync(file.fileno())
        return len(listed)

    @contextmanager
    def _locked(self) -> Iterator[IO[bytes]]:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(self.path, flags, 0o600), "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file


def _ended_lines(file: IO[bytes]) -> Iterator[bytes]:
    return (line[:-1] for line in file if line.endswith(b"\n"))


def _end(file: IO[bytes]) -> tuple[int, str]:
    """The number and the hash of the last entry, once an unfinished line is cut off. What is no entry is left alone."""
    last, length, unfinished = b"", 0, b""
    file.seek(0)
    for line in file:
        if line.endswith(b"\n"):
            last, length = line[:-1], length + len(line)
        else:
            unfinished = line.strip(b"\0")  # which a lost power supply leaves
    if unfinished[: len(BEGINNING)] != BEGINNING[: len(unfinished)]:
        raise BrokenChainError("the last line is no entry of a journal: is it another program's file?")
    file.truncate(length)
    file.seek(length)
    if not last:
        return 0, START
    found = entry_of(last, -1)
    if not isinstance(found.number, int):
        raise BrokenChainError(f"the last line says that it is entry {found.number!r}")
    return found.number, digest(last)
