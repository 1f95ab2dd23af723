"""The form of a journal: one JSON object a line, each with the SHA-256 of the line before it.

    {"version":1,"number":1,"previous":"000…","written":"2026-11-29T14:00:00+00:00","kind":"installation","body":{…}}

`previous` is the hexadecimal SHA-256 of the bytes of the preceding line without its line feed, and 64 zeros in the
first. Keys are in this order, without blanks between them, so that a line is the same wherever it is written. Whoever
keeps the hash of a line can prove later that no line up to it was changed, added or removed.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

VERSION = 1
START = "0" * 64
BEGINNING = f'{{"version":{VERSION},"number":'.encode()  # of every line
_KEYS = ("version", "number", "previous", "written", "kind", "body")


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry; `written` is an aware datetime, `body` is JSON."""

    number: int
    previous: str
    written: datetime
    kind: str
    body: Mapping[str, Any]
    digest: str = ""  # of the line that it was read from

    def line(self) -> bytes:
        """The entry as it stands in the file, without the line feed."""
        values = (VERSION, self.number, self.previous, self.written.isoformat(), self.kind, self.body)
        found = dict(zip(_KEYS, values, strict=True))
        return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


class BrokenChainError(Exception):
    """A line that does not follow the one before it; the message has its number and the reason."""


def digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


def entry_of(line: bytes, number: int) -> JournalEntry:
    """Read a line; BrokenChainError where it is no entry."""
    try:
        found = json.loads(line)
        written = datetime.fromisoformat(found["written"])
        entry = JournalEntry(found["number"], found["previous"], written, found["kind"], found["body"], digest(line))
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenChainError(f"line {number} is no entry of a journal: {type(error).__name__}") from None
    if found.get("version") != VERSION:
        raise BrokenChainError(f"line {number} has version {found.get('version')!r}; this program reads {VERSION}")
    return entry


def entries(lines: Iterable[bytes]) -> Iterator[JournalEntry]:
    """Read lines without their line feeds and check that each follows the one before it."""
    previous = START
    for number, line in enumerate(lines, start=1):
        entry = entry_of(line, number)
        if entry.previous != previous:
            raise BrokenChainError(f"line {number} does not follow line {number - 1}: one of the two was changed")
        if entry.number != number:
            raise BrokenChainError(f"line {number} says that it is entry {entry.number!r}")
        yield entry
        previous = entry.digest
