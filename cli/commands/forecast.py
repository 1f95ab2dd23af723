"""`hotpatch forecast`: the restarts of the months to come, machine by machine, and whether they keep to the budget."""

import csv
import io
import json
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any

import typer

from azure_hotpatch.cli import known_releases
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.given import day_of
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.azure.calendar import Calendar
from azure_hotpatch.domain.restarts import Foreseen, PatchedMachine, budget_problems, machines_of
from azure_hotpatch.domain.settings import StackSettings
from azure_hotpatch.operations.foresee.forecast import Forecast, method, when
from azure_hotpatch.operations.foresee.forecast import forecast as foreseen
from azure_hotpatch.operations.foresee.live import fleet

BROKEN = 1


class Form(StrEnum):
    """How the forecast is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


def forecast(
    stack: Annotated[str | None, typer.Argument(metavar="[FILE]", help="A stack's file, Pulumi.<stack>.yaml.")] = None,
    machines: Annotated[
        str | None,
        typer.Option(
            "--machines",
            metavar="FILE",
            help="Machines that run, as `hotpatch status --output json` has them; - for stdin.",
        ),
    ] = None,
    months: Annotated[int, typer.Option("--months", min=1, max=60, help="How many months of releases.")] = 12,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="As seen on that day, not today.")] = None,
    form: Annotated[Form, typer.Option("--format", help="text counts; json and csv have every restart.")] = Form.TEXT,
    check: Annotated[
        bool, typer.Option("--check", help="Judge the stack's restart budget alone; exit code 1 where it may break.")
    ] = False,
) -> int:
    """Show when machines restart: planned as planned, unplanned as a range from the record, never none."""
    if (stack is None) == (machines is None):
        raise Failure("give a stack's file or --machines, one of the two")
    today = day_of(on) if on else datetime.now(UTC).date()
    if stack is None:
        return _fleet(str(machines), today, months, form)
    from azure_hotpatch.cli.stack_file import settings_of

    settings = settings_of(stack)
    if check:
        return _check(settings, today)
    calendar = settings.calendar.extended(known_releases.calendar())
    _write(list(machines_of(settings)), today, months, calendar, form)
    return 0


def _fleet(name: str, today: date, months: int, form: Form) -> int:
    from azure_hotpatch.cli.machines_file import machines_in

    calendar = known_releases.calendar()
    known, others = fleet(machines_in(name), calendar, today)
    _write(known, today, months, calendar, form)
    if others:
        typer.echo(f"No Windows Server with hotpatch, and not foreseen: {', '.join(others)}.", err=True)
    return 0


def _check(settings: StackSettings, today: date) -> int:
    if settings.maintenance.restart_budget is None:
        raise Failure("the stack has no maintenance.restartBudget to judge")
    broken = budget_problems(settings, today)
    for problem in broken:
        typer.echo(str(problem))
    if not broken:
        typer.echo("No restart of the next 24 months can break the budget.")
    return BROKEN if broken else 0


def _write(machines: list[PatchedMachine], today: date, months: int, calendar: Calendar, form: Form) -> None:
    found = foreseen(machines, today, months, calendar)
    if form is Form.JSON:
        how = method(machines, today, months, calendar)
        whole = {
            "today": today.isoformat(),
            "months": months,
            "method": how,
            "machines": [_object(one) for one in found],
        }
        typer.echo(json.dumps(whole, indent=2))
    elif form is Form.CSV:
        typer.echo(_csv(found), nl=False)
    elif not found:
        typer.echo("There is no machine.")
    else:
        _show(found, machines, today, months, calendar)


_HEADS = ("machine", "server", "installed by", "restarts", "with hotpatch", "without", "next planned restart", "remark")


def _show(found: list[Forecast], machines: list[PatchedMachine], today: date, months: int, calendar: Calendar) -> None:
    show(_HEADS, [_row(one) for one in found])
    typer.echo(f"\nRestarts that the releases of the {months} months after {today} bring: planned (and by the record).")
    for line in method(machines, today, months, calendar):
        typer.echo(line)
    typer.echo(
        "Out-of-band updates are not counted: a machine on the hotpatch track is not offered those that restart."
    )


def _row(one: Forecast) -> list[str]:
    machine, following = one.machine, one.next_certain
    with_it, without = one.with_hotpatch, one.without_hotpatch
    return [
        machine.name,
        machine.generation,
        str(machine.patcher),
        f"{one.now.planned} ({one.now.least}-{one.now.most})",
        f"{with_it.planned} ({with_it.least}-{with_it.most})",
        str(without.planned),
        when(following.slot, machine.patcher) if following else "-",
        one.remark,
    ]


def _object(one: Forecast) -> dict[str, Any]:
    machine = one.machine
    return {
        "name": machine.name,
        "group": machine.group,
        "windowsServer": machine.generation,
        "installedBy": machine.patcher.value,
        "hotpatch": machine.hotpatch,
        "restarts": _count(one.now),
        "withHotpatch": _count(one.with_hotpatch),
        "withoutHotpatch": _count(one.without_hotpatch),
        "remark": one.remark,
        "foreseen": [_restart(restart) for restart in one.restarts],
    }


def _count(count: Any) -> dict[str, int]:
    return {"planned": count.planned, "least": count.least, "most": count.most}


def _restart(one: Foreseen) -> dict[str, Any]:
    slot = one.slot
    spans = [{"from": first.isoformat(), "to": last.isoformat()} for first, last in slot.spans] if slot else []
    return {
        "released": one.released.isoformat(),
        "cause": one.cause,
        "certain": one.certain,
        "windows": spans,
        "clock": slot.clock if slot else None,
    }


def _csv(found: list[Forecast]) -> str:
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(["machine", "released", "cause", "certain", "from", "to", "clock"])
    for one in found:
        for restart in one.restarts:
            first, last = (restart.slot.first, restart.slot.last) if restart.slot else (None, None)
            clock = restart.slot.clock if restart.slot else ""
            lines.writerow([one.machine.name, restart.released, restart.cause, restart.certain, first, last, clock])
    return written.getvalue()
