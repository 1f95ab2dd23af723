"""Connect a command to Azure, and report every refusal as one line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from azure_hotpatch.cli.dates import refuse_far_year
from azure_hotpatch.cli.failure import Failure

if TYPE_CHECKING:  # Azure's clients are an extra, and take a second to import
    from azure_hotpatch.operations.clients.connection import Connection

_EXTRA = "Azure's clients are not installed: pip install 'azure-hotpatch[operations]'"


@contextmanager
def connected() -> Iterator["Connection"]:
    """Connect to Azure with the environment's credentials. A Refusal inside the block becomes a Failure."""
    try:
        from azure_hotpatch.operations.clients.connection import Connection
        from azure_hotpatch.operations.clients.refusals import Refusal
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] != "azure":
            raise
        raise Failure(_EXTRA) from None
    connection = Connection()
    try:
        yield connection
    except Refusal as refusal:
        raise Failure(str(refusal)) from None
    finally:
        connection.close()


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Report progress on standard error, if it is a terminal."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _words: None
        return
    with console.status("") as shown:
        yield lambda words: shown.update(words)


def moment(text: str | None) -> datetime:
    """The moment of `--at`, in UTC where it names no zone; now where none was given."""
    if text is None:
        return datetime.now(UTC)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Failure(f"--at {text!r} is not a time: write it as 2026-07-14 or 2026-07-14T22:00") from None
    refuse_far_year("--at", text, found)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def span(text: str, option: str) -> timedelta:
    """A duration as "36h" or "3d"."""
    units = {"h": "hours", "d": "days"}
    number, unit = text[:-1], text[-1:]
    if unit not in units or not number.isdecimal() or len(number) > 4:
        raise Failure(f"{option} {text!r} is not a duration: write hours as 36h, or days as 3d")
    return timedelta(**{units[unit]: int(number)})
