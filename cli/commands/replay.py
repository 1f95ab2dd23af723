"""`hotpatch replay`: a stack's file lived through the true calendar, beside its twin without hotpatch."""

import json
import re
import sys
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import typer

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.given import json_object_of
from azure_hotpatch.cli.stack_file import settings_of
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.azure.calendar import CALENDAR, month_after
from azure_hotpatch.domain.settings import StackSettings
from azure_hotpatch.operations.foresee.lived import Comparison, compare

_MONTH = re.compile(r"\d{4}-\d{2}")
FIRST, LAST = date(2022, 2, 1), CALENDAR.known_until("2022")


class Form(StrEnum):
    """How the replay is written."""

    TEXT = "text"
    JSON = "json"


def replay(
    stack: Annotated[str, typer.Argument(metavar="FILE", help="A stack's file, Pulumi.<stack>.yaml.")],
    first: Annotated[str, typer.Option("--from", metavar="MONTH", help="The first month.")] = "2022-02",
    last: Annotated[str, typer.Option("--to", metavar="MONTH", help="The last month, whole.")] = f"{LAST:%Y-%m}",
    events: Annotated[
        str | None,
        typer.Option("--events", metavar="FILE", help="Updates that go wrong: an event file of the emulator's."),
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="json has every restart and every exposure.")] = Form.TEXT,
) -> None:
    """Live a stack through the record: every restart, window and exposed day, beside its twin without hotpatch."""
    span = _span(first, last)
    settings = settings_of(stack)
    if not settings.fleet.machines:
        raise Failure(f"{stack} has no virtual machine to replay")
    try:
        from azure_hotpatch.cli.replay.run import live_through
    except ImportError as error:
        extras = "pip install 'azure-hotpatch[emulator,operations]'"
        raise Failure(f"hotpatch replay needs {error.name}: {extras}") from None
    faults = json_object_of(events, "--events") if events else None
    found = compare(*live_through(settings, *span, faults, _progress), settings.calendar.extended())
    if form is Form.JSON:
        typer.echo(json.dumps(_object(found, span), indent=2))
    else:
        _show(found, settings, span)


def _span(first: str, last: str) -> tuple[date, date]:
    months = [_month(text, option) for text, option in ((first, "--from"), (last, "--to"))]
    end = date(*month_after(months[1], 1), 1)
    if not FIRST <= months[0] <= months[1] <= LAST:
        raise Failure(f"--from {first} --to {last} is not within the record, from {FIRST:%Y-%m} to {LAST:%Y-%m}")
    return months[0], end


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


_HEADS = (
    "machine",
    "server",
    "from",
    "restarts",
    "twin's",
    "exposed days",
    "twin's",
    "closed early",
    "missed",
    "off the track",
)


def _show(found: list[Comparison], settings: StackSettings, span: tuple[date, date]) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    show(_HEADS, [_row(one) for one in found])
    own, twins = (sum(len(one.restarts) for one in lives) for lives in _lives(found))
    typer.echo(f"\nFrom {span[0]} to {span[1]}: {own} restarts, {twins} of the twins without hotpatch.")
    for one in found[:1]:
        typer.echo(
            f"{one.life.machine.name} restarted on {', '.join(str(run.time.date()) for run in one.life.restarts)}."
        )
    for name, off in ((one.life.machine.name, off) for one in found for off in one.off_track):
        typer.echo(f"{name} took {off.event.kb} on {off.installed}, and had no hotpatch until {off.until}.")
    for line in _left_out(settings):
        typer.echo(line)


def _lives(found: list[Comparison]) -> tuple[list[Any], list[Any]]:
    return [one.life for one in found], [one.twin for one in found]


def _left_out(settings: StackSettings) -> list[str]:
    lines = []
    if any(settings.mode(group).value == "customerManagedSchedule" for group in settings.fleet.machines):
        lines.append("The schedule's start was moved into the past, its windows open on the same days as from its own.")
    others = [group.name for group in (*settings.fleet.scale_sets, *settings.fleet.azure_local)]
    if others:
        lines.append(f"Scale sets and Azure Local are not replayed: {', '.join(others)}.")
    return lines


def _row(one: Comparison) -> list[str]:
    life, twin = one.life, one.twin
    off = ", ".join(f"{off.event.kb} until {off.until}" for off in one.off_track)
    return [
        life.machine.name,
        life.machine.generation,
        f"{life.first:%Y-%m}",
        str(len(life.restarts)),
        str(len(twin.restarts)),
        str(one.exposed_days),
        str(one.twin_exposed_days),
        str(len(life.closed_too_early)),
        str(len(life.missed)),
        off or "-",
    ]


def _object(found: list[Comparison], span: tuple[date, date]) -> dict[str, Any]:
    return {"from": span[0].isoformat(), "to": span[1].isoformat(), "machines": [_machine(one) for one in found]}


def _machine(one: Comparison) -> dict[str, Any]:
    return {
        "name": one.life.machine.name,
        "windowsServer": one.life.machine.generation,
        "first": one.life.first.isoformat(),
        "restarts": [_restart(run) for run in one.life.restarts],
        "restartsOfTwin": [_restart(run) for run in one.twin.restarts],
        "exposedDays": one.exposed_days,
        "exposedDaysOfTwin": one.twin_exposed_days,
        "exposures": [
            {
                "kb": exposure.event.kb,
                "released": exposure.event.day.isoformat(),
                "installed": exposure.installed and exposure.installed.isoformat(),
                "days": exposure.days,
            }
            for exposure in one.exposures
        ],
        "windowsClosedTooEarly": [run.time.isoformat() for run in one.life.closed_too_early],
        "windowsMissed": [moment.isoformat() for moment in one.life.missed],
        "offTrack": [
            {"kb": off.event.kb, "installed": off.installed.isoformat(), "until": off.until.isoformat()}
            for off in one.off_track
        ],
    }


def _restart(run: Any) -> dict[str, Any]:
    return {"time": run.time.isoformat(), "kbs": list(run.kbs), "build": run.build}
