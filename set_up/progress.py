"""Progress of set-up, on standard error: a step's start, a line while it runs, and its end."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIGN_OF_LIFE = 15.0  # seconds


def say(line: str) -> None:
    """Standard output is kept for what a command prints. What another program said may hold commands for a terminal."""
    shown = "".join(each if each.isprintable() or each == "\n" else "\N{REPLACEMENT CHARACTER}" for each in line)
    print(f"set-up: {shown}", file=sys.stderr, flush=True)  # noqa: T201  progress is for the person


@contextmanager
def step(name: str, expectation: str = "", interval: float = SIGN_OF_LIFE) -> Iterator[None]:
    """Announces a step, says every `interval` seconds that it goes on and, when it ends well, how long it took.

    `expectation` warns of a long one.
    """
    say(f"{name}{f' ({expectation})' if expectation else ''} …")
    begun, ended = time.monotonic(), threading.Event()
    sign = threading.Thread(target=_go_on, args=(name, begun, ended, interval), daemon=True)
    sign.start()
    try:
        yield
    finally:
        ended.set()
        sign.join()
    say(f"{name}: {time.monotonic() - begun:.1f} s")


def size(folder: Path) -> int:
    """The bytes that the files below `folder` take on the disk; a file with several names counts once."""
    found = {(seen.st_dev, seen.st_ino): seen.st_blocks * 512 for seen in map(Path.lstat, folder.rglob("*"))}
    return sum(found.values())


def _go_on(name: str, begun: float, ended: threading.Event, interval: float) -> None:
    while not ended.wait(interval):
        say(f"{name}: {time.monotonic() - begun:.0f} s so far …")
