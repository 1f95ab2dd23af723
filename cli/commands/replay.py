"""`hotpatch replay`: run a stack through the recorded calendar, next to the same stack without hotpatch."""

import re
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.domain.azure.calendar import CALENDAR, month_after

_MONTH = re.compile(r"\d{4}-\d{2}")
FIRST, LAST = date(2022, 2, 1), CALENDAR.known_until("2022")


class ReplayFormat(StrEnum):
    """How the replay is written."""

    TEXT = "text"
    JSON = "json"


def replay(
    stack: Annotated[Path, typer.Argument(metavar="FILE", help="A stack's file, Pulumi.<stack>.yaml.")],
    first: Annotated[str, typer.Option("--from", metavar="MONTH", help="The first month.")] = "2022-02",
    last: Annotated[str, typer.Option("--to", metavar="MONTH", help="The last month, whole.")] = f"{LAST:%Y-%m}",
    events: Annotated[
        str | None,
        typer.Option("--events", metavar="FILE", help="Faulty updates: an event file of the emulator."),
    ] = None,
    form: Annotated[
        ReplayFormat, typer.Option("--format", help="json has every restart and every exposure.")
    ] = ReplayFormat.TEXT,
) -> None:
    """Run a stack through past months: restarts, windows, exposure.

    Every restart, window and exposed day by the record, next to the same without hotpatch.
    """
    from azure_hotpatch.cli.replays import show
    from azure_hotpatch.cli.stack_files import settings_of
    from azure_hotpatch.operations.foresee.lived import compare

    span = _span(first, last)
    settings = settings_of(stack)
    if not settings.fleet.machines:
        raise Failure(f"{stack} has no virtual machine to replay")
    try:
        from azure_hotpatch.cli.replay.emulated import event_file
        from azure_hotpatch.cli.replay.run import live_through
    except ImportError as error:
        extras = "pip install 'azure-hotpatch[emulator,operations]'"
        raise Failure(f"hotpatch replay needs {error.name}: {extras}") from None
    faulty = event_file(events) if events is not None else None
    found = compare(*live_through(settings, *span, faulty, _progress), settings.calendar.extended())
    _progress("")
    show(found, settings, *span, form)


def _span(first: str, last: str) -> tuple[date, date]:
    months = [_month(text, option) for text, option in ((first, "--from"), (last, "--to"))]
    if not FIRST <= months[0] <= months[1] <= LAST:
        raise Failure(f"--from {first} --to {last} is not within the record, from {FIRST:%Y-%m} to {LAST:%Y-%m}")
    return months[0], date(*month_after(months[1], 1), 1)


def _month(text: str, option: str) -> date:
    try:
        if _MONTH.fullmatch(text):
            return date.fromisoformat(f"{text}-01")
    except ValueError:
        pass
    raise Failure(f"{option} {text!r} is not a month: write it as 2025-07")


def _progress(words: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{words}")
        sys.stderr.flush()
