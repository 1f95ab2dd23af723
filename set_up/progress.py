"""What set-up says while it works: a line when a step begins and one when it ends, on standard error."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(line: str) -> None:
    """Standard output stays free for what a command is asked to print."""
    print(f"set-up: {line}", file=sys.stderr, flush=True)  # noqa: T201  progress is for the person


@contextmanager
def step(name: str, expectation: str = "") -> Iterator[None]:
    """Announces a step and, when it ends well, how long it took. `expectation` warns of a long one."""
    say(f"{name}{f' ({expectation})' if expectation else ''} …")
    begun = time.monotonic()
    yield
    say(f"{name}: {time.monotonic() - begun:.1f} s")
