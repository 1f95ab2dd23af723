"""Show the progress of a long step: a bar in a terminal, a line now and then in a pipe."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from azure_hotpatch.domain import printable

QUIET_SECONDS = 15.0
Tell = Callable[[int], None]


def say(line: str) -> None:
    """Print a line for the user on standard error: standard output is for the result."""
    sys.stderr.write(f"{printable.line(line)}\n")
    sys.stderr.flush()


@contextmanager
def counting(what: str, total: int) -> Iterator[Tell]:
    """Shows how many of `total` are done; gives the function to report progress to."""
    if sys.stderr.isatty():
        with _bar(what, total) as shown:
            yield shown
        return
    last = time.monotonic()

    def tell(done: int) -> None:
        nonlocal last
        if time.monotonic() - last >= QUIET_SECONDS:
            last = time.monotonic()
            say(f"{what}: {done} of {total}")

    yield tell


@contextmanager
def _bar(what: str, total: int) -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=total)
        yield lambda done: shown.update(task, completed=done)
