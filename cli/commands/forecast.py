"""`hotpatch forecast`: the restarts of the coming months, by machine, and whether they stay within the budget."""

from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from azure_hotpatch.cli.dates import day_of
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.forecasts import Span
from azure_hotpatch.cli.patching import options
from azure_hotpatch.cli.patching.stops import stops_at

BROKEN = 1


class ForecastFormat(StrEnum):
    """How the forecast is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def forecast(
    stack: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="A stack's file, Pulumi.<stack>.yaml.")] = None,
    machines: Annotated[
        str | None,
        typer.Option(
            "--machines",
            metavar="FILE",
            help="Machines that run, as `hotpatch status --format json` has them; - for stdin.",
        ),
    ] = None,
    months: Annotated[int, typer.Option("--months", min=1, max=60, help="How many months of releases.")] = 12,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="As seen on that day, not today.")] = None,
    form: Annotated[
        ForecastFormat, typer.Option("--format", help="text counts; json and csv have every restart.")
    ] = ForecastFormat.TEXT,
    check: Annotated[
        bool, typer.Option("--check", help="Check the stack's restart budget only; exit code 1 if it may be exceeded.")
    ] = False,
    store: options.StoreFile = None,
    database_url: options.DatabaseUrl = None,
) -> int:
    """Show when machines restart in the months to come.

    Planned baselines are counted as planned, unplanned ones as a range from the record, never as none.
    """
    if (stack is None) == (machines is None):
        raise Failure("give a stack's file or --machines, one of the two")
    today = day_of(on) if on is not None else datetime.now(UTC).date()
    if check and stack is None:
        raise Failure("--check needs a stack's file, which holds the budget")
    if check and stack:
        return _check(stack, today)
    stops = stops_at("forecast", store, database_url, datetime.combine(today, time.max, UTC))
    span = Span(today, months, stops)
    return _stack(stack, span, form) if stack else _fleet(str(machines), span, form)


def _stack(file: Path, span: Span, form: ForecastFormat) -> int:
    from azure_hotpatch.cli import known_releases
    from azure_hotpatch.cli.forecasts import write
    from azure_hotpatch.cli.stack_files import settings_of
    from azure_hotpatch.domain.restarts import machines_of

    settings = settings_of(file)
    machines = machines_of(settings)
    known = known_releases.as_of(span.today, (machine.generation for machine in machines))
    calendar = settings.calendar.extended(known)
    write(machines, span, calendar, form)
    return 0


def _fleet(name: str, span: Span, form: ForecastFormat) -> int:
    from azure_hotpatch.cli import known_releases
    from azure_hotpatch.cli.forecasts import write
    from azure_hotpatch.cli.machines_file import machines_in
    from azure_hotpatch.operations.foresee.live import fleet
    from azure_hotpatch.operations.status.hotpatching import generation_of

    machines = machines_in(name)
    calendar = known_releases.as_of(span.today, {one for one in map(generation_of, machines) if one})
    known, others = fleet(machines, calendar, span.today, span.stops)
    write(known, span, calendar, form)
    if others:
        typer.echo(f"No Windows Server with hotpatch, and not foreseen: {', '.join(others)}.", err=True)
    return 0


def _check(file: Path, today: date) -> int:
    from azure_hotpatch.cli import known_releases
    from azure_hotpatch.cli.stack_files import settings_of
    from azure_hotpatch.domain.restarts import budget_problems, machines_of

    settings = settings_of(file)
    if settings.maintenance.restart_budget is None:
        raise Failure(f"{file} has no maintenance.restartBudget to check")
    known = known_releases.as_of(today, (machine.generation for machine in machines_of(settings)))
    broken = budget_problems(settings, today, known)
    for problem in broken:
        typer.echo(str(problem))
    if not broken:
        typer.echo("No restart that the releases of the next 24 months may bring exceeds the budget.")
    return BROKEN if broken else 0
