"""Locks on the checkout: one set-up at a time, and no change of an environment that is in use."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from set_up.layout import Layout
from set_up.progress import say


@contextmanager
def alone(layout: Layout) -> Iterator[int]:
    """Two set-ups in one checkout take turns; the second then finds everything done.

    Gives the lock's descriptor. A program that inherits it holds the lock for as long as it runs.
    """
    waiting = "another command is setting this checkout up; waiting for it …"
    with _held(layout.made / "lock", fcntl.LOCK_EX, waiting) as lock:
        yield lock


@contextmanager
def in_use(layout: Layout) -> Iterator[None]:
    """A command that runs on the environment: many may at once."""
    with _held(layout.made / "in-use", fcntl.LOCK_SH, "the environment is being changed; waiting for it …"):
        yield


@contextmanager
def unused(layout: Layout) -> Iterator[None]:
    """The environment is changed only while no command runs on it."""
    with _held(layout.made / "in-use", fcntl.LOCK_EX, "another command uses the environment; waiting for it to end …"):
        yield


@contextmanager
def _held(path: Path, mode: int, waiting: str) -> Iterator[int]:
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, mode | fcntl.LOCK_NB)
        except BlockingIOError:
            say(waiting)
            fcntl.flock(lock, mode)
        yield lock.fileno()
