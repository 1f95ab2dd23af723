"""`hotpatch calendar`: recorded and planned releases of each second Tuesday, and those in between."""

import re
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from azure_hotpatch.cli import known_releases
from azure_hotpatch.cli.dates import FIRST_YEAR, LAST_YEAR, day_of
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_output import json_text
from azure_hotpatch.cli.output_file import TO_STDOUT, Force, deliver, output_file
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.azure.calendar import (
    FIRST_MONTH,
    Calendar,
    Generation,
    month_after,
    patch_day,
    unplanned_baselines,
)
from azure_hotpatch.domain.azure.defaults import GENERATION
from azure_hotpatch.domain.counting import counted
from azure_hotpatch.operations.foresee.releases import CalendarEntry, entries, knowledge

# What the beginning of a file tells of being a calendar of this command, in each form.
MARKS = (
    re.compile(rb"\ADAY +WHAT IT BRINGS "),
    re.compile(rb'\A{\s+"windowsServer": .+,\s+"nextPlannedBaseline": '),
    re.compile(rb"\r\nPRODID:-//azure-hotpatch//"),
    re.compile(rb'<title id="title">Windows Server \d+ in \d+: baselines and hotpatches</title>'),
)


class CalendarFormat(StrEnum):
    """How the calendar is written."""

    TEXT = "text"
    JSON = "json"
    ICALENDAR = "ics"
    PICTURE = "svg"


calendar = typer.Typer(add_completion=False, rich_markup_mode=None)


@calendar.callback(invoke_without_command=True)
def months(
    context: typer.Context,
    generation: Annotated[Generation, typer.Option("--windows-server", help="Which Windows Server.")] = GENERATION,
    year: Annotated[
        int | None,
        typer.Option("--year", min=FIRST_YEAR, max=LAST_YEAR, help="A whole year; the next twelve months by default."),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="As seen on that day, not today.")] = None,
    stack_file: Annotated[
        Path | None, typer.Option("--stack-file", metavar="FILE", help="Add the releases that a stack's file records.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    form: Annotated[
        CalendarFormat,
        typer.Option("--format", help="ics holds the whole record and the next year; svg is one year's picture."),
    ] = CalendarFormat.TEXT,
    output: Annotated[str, typer.Option("--output", metavar="FILE", help="Write there, not to stdout.")] = TO_STDOUT,
    force: Force = False,
) -> None:
    """Show what each month brings. A baseline restarts every machine, a hotpatch none."""
    if context.invoked_subcommand:
        return
    today = day_of(on) if on is not None else datetime.now(UTC).date()
    file = None if output == TO_STDOUT else output_file(output, MARKS, force=force)
    known = _record(stack_file, known_releases.as_of(today, [generation]))
    form = CalendarFormat.JSON if as_json else form
    if form is CalendarFormat.PICTURE:
        year = year or today.year
    found = entries(known, generation, *_span(generation, form, year, today), today)
    if not found:
        first = known.monthly(generation)[0].day
        raise Failure(f"--year {year} is before Windows Server {generation} had hotpatch, which began on {first}")
    if form is CalendarFormat.TEXT and file is None:
        _show(known, generation, found, today)
        return
    deliver(_rendered(form, known, generation, found, today, year), file)


def _record(stack_file: Path | None, known: Calendar) -> Calendar:
    """The record with the releases that the user and the stack's file add to it."""
    if stack_file is None:
        return known
    from azure_hotpatch.cli.stack_files import recorded_in

    return recorded_in(stack_file, known)


def _span(generation: Generation, form: CalendarFormat, year: int | None, today: date) -> tuple[date, date]:
    if year:
        return date(year, 1, 1), date(year, 12, 31)
    late = patch_day(today.year, today.month) < today
    last = patch_day(*month_after(today, 11 + late))
    return (FIRST_MONTH[generation] if form is CalendarFormat.ICALENDAR else today), last


def _rendered(
    form: CalendarFormat,
    known: Calendar,
    generation: Generation,
    found: list[CalendarEntry],
    today: date,
    year: int | None,
) -> bytes:
    if form is CalendarFormat.ICALENDAR:
        try:
            from azure_hotpatch.operations.foresee.icalendar_file import icalendar
        except ImportError:
            raise Failure("--format ics needs icalendar: pip install 'azure-hotpatch[operations]'") from None
        return icalendar(found, datetime.combine(today, datetime.min.time()))
    if form is CalendarFormat.PICTURE:
        from azure_hotpatch.operations.foresee.picture import year_picture

        return year_picture(generation, year or today.year, found).encode()
    if form is CalendarFormat.JSON:
        return f"{json_text(_object(known, generation, found, today))}\n".encode()
    from azure_hotpatch.cli.table import aligned

    return f"{aligned(_HEADS, [_row(entry) for entry in found])}\n".encode()


_HEADS = ("day", "what it brings", "KB", "build", "without hotpatch", "build")


def _show(known: Calendar, generation: Generation, found: list[CalendarEntry], today: date) -> None:
    show(_HEADS, [_row(entry) for entry in found])
    typer.echo(f"\nUnplanned baselines: {unplanned_baselines(known, generation, today)}.")
    typer.echo(str(knowledge(known, generation, today)))
    given = known_releases.added()
    if given:
        typer.echo(f"It has {given}.")
    typer.echo(
        f"The next planned baseline, and with it a restart, comes on {known.next_baseline(generation, today).day}."
    )


def _row(entry: CalendarEntry) -> list[str]:
    event = entry.event
    day = f"{entry.day:%Y-%m}" if event and not event.day_known else entry.day.isoformat()
    if event is None:
        return [day, entry.meaning, "", "", "", ""]
    return [day, entry.meaning, event.kb, event.build, event.cumulative_kb, event.cumulative_build]


def _object(known: Calendar, generation: Generation, found: list[CalendarEntry], today: date) -> dict[str, Any]:
    return {
        "windowsServer": generation,
        "nextPlannedBaseline": known.next_baseline(generation, today).day.isoformat(),
        "knowledge": {
            **known_releases.knowledge(known, generation, today),
            "unplannedBaselines": str(unplanned_baselines(known, generation, today)),
        },
        "months": [_entry(known, entry) for entry in found if entry.release.is_monthly],
        "outOfBand": [_entry(known, entry) for entry in found if not entry.release.is_monthly],
    }


def _entry(known: Calendar, entry: CalendarEntry) -> dict[str, Any]:
    event = entry.event
    written = {
        "day": entry.day.isoformat(),
        "dayKnown": event.day_known if event else True,
        "release": entry.release.value,
        "certainty": entry.certainty.value,
        "restarts": entry.restarts,
        "kb": event.kb if event else "",
        "build": event.build if event else "",
        "cumulativeKb": event.cumulative_kb if event else "",
        "cumulativeBuild": event.cumulative_build if event else "",
        "source": event.source.title if event else "",
        "note": event.note if event else "",
    }
    if event and not entry.release.is_monthly:
        written["offTrackUntil"] = known.back_on_track(event).isoformat() if entry.restarts else None
    return written


@calendar.command("update")
def update(
    source: Annotated[str, typer.Argument(metavar="FILE|URL", help="JSON with releases; - for stdin.")],
    override: Annotated[
        bool, typer.Option("--override", help="Accept releases that contradict the built-in record.")
    ] = False,
) -> None:
    """Add newer releases from a file or an https address; they are kept for every later command."""
    events, raw = known_releases.read(source)
    name = known_releases.shown(source)
    against = known_releases.contradictions(events)
    if against and not override:
        raise Failure(f"{name} contradicts the record: {'; '.join(against)}; --override takes it all the same")
    path = known_releases.keep(name, raw, datetime.now(UTC).date())
    for event in events:
        typer.echo(
            f"{event.day}  Windows Server {event.generation}  {event.release}  {event.kb}  {event.build}".rstrip()
        )
    known = known_releases.added()
    before = len(known.events) - len(events) if known else 0
    beside = f", beside {before} from before" if before else ""
    typer.echo(f"Kept {counted(len(events), 'release')} in {path}{beside}; delete that file to be without them.")
