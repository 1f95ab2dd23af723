"""`hotpatch calendar`: what came, or is planned to come, on each second Tuesday."""

import json
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.stack_files import recorded_in
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.azure.calendar import CALENDAR, Generation, PatchMonth


class Server(StrEnum):
    """The generations of Windows Server that have hotpatch."""

    WS2022 = "2022"
    WS2025 = "2025"


_GENERATIONS: dict[Server, Generation] = {Server.WS2022: "2022", Server.WS2025: "2025"}


def calendar(
    server: Annotated[Server, typer.Option("--windows-server", help="Which Windows Server.")] = Server.WS2022,
    year: Annotated[
        int | None, typer.Option("--year", min=2000, max=9998, help="A whole year; the next twelve months by default.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="As seen on that day, not today.")] = None,
    stack_file: Annotated[
        Path | None, typer.Option("--stack-file", metavar="FILE", help="Add the releases that a stack's file records.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the months as JSON.")] = False,
) -> None:
    """Show what each month brings. A baseline restarts every machine, a hotpatch none."""
    today = _day(on) if on else datetime.now(UTC).date()
    generation = _GENERATIONS[server]
    record = recorded_in(stack_file) if stack_file else CALENDAR
    months = (
        [record.month(generation, year, month, today) for month in range(1, 13)]
        if year
        else list(record.forecast(generation, today))
    )
    following = record.next_baseline(generation, today).day
    if as_json:
        found = {"nextPlannedBaseline": following.isoformat(), "months": [_object(month) for month in months]}
        typer.echo(json.dumps(found, indent=2))
        return
    show(["day", "what it brings", "KB", "build"], [_row(month) for month in months])
    typer.echo(f"\nThe next planned baseline, and with it a restart, comes on {following}.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Failure(f"--on {text!r} is not a date: write it as 2026-07-14") from None


def _row(month: PatchMonth) -> list[str]:
    event = month.event
    return [month.day.isoformat(), str(month), event.kb if event else "", event.build if event else ""]


def _object(month: PatchMonth) -> dict[str, Any]:
    event = month.event
    return {
        "day": month.day.isoformat(),
        "release": month.release.value,
        "certainty": month.certainty.value,
        "restarts": month.release.restarts,
        "kb": event.kb if event else "",
        "build": event.build if event else "",
        "source": event.source.title if event else "",
    }
