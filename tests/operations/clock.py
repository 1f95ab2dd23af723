"""A clock that two processes share by a file: one moves it, the other reads it."""

import mmap
import struct
from datetime import UTC, datetime
from pathlib import Path


class Shared:
    """Seconds since 1970 in a file that is made where it is missing."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(struct.pack("d", datetime.now(UTC).timestamp()))
        with file.open("r+b") as opened:
            self._memory = mmap.mmap(opened.fileno(), 8)

    @property
    def seconds(self) -> float:
        found: float = struct.unpack("d", self._memory[:8])[0]
        return found

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.seconds, UTC)

    def move(self, seconds: float) -> None:
        self._memory[:8] = struct.pack("d", self.seconds + seconds)
