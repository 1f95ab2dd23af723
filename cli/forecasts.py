"""A forecast as a table, as JSON and as CSV."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import typer

from azure_hotpatch.cli.json_output import print_json
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.azure.calendar import Calendar
from azure_hotpatch.domain.printable import line
from azure_hotpatch.domain.restarts import Foreseen, PatchedMachine, RestartCount
from azure_hotpatch.operations.foresee.forecast import Forecast, forecast, method, when
from azure_hotpatch.operations.foresee.releases import gaps
from azure_hotpatch.operations.status.stopped import StoppedUpdate

_HEADS = ("machine", "server", "installed by", "restarts", "with hotpatch", "without", "next planned restart", "remark")


@dataclass(frozen=True, slots=True)
class Span:
    """What is foreseen: so many months after a day, with the updates that are stopped then."""

    today: date
    months: int
    stops: Sequence[StoppedUpdate] = ()


def write(machines: Sequence[PatchedMachine], span: Span, calendar: Calendar, form: str) -> None:
    """Print the forecast of machines in a form: text, json or csv."""
    today, months = span.today, span.months
    found = forecast(machines, today, months, calendar)
    ages = gaps(calendar, (machine.generation for machine in machines), today)
    how = [*method(machines, today, months, calendar), *ages]
    _FORMS[form](found, how, span)


def _text(found: Sequence[Forecast], how: Sequence[str], span: Span) -> None:
    if not found:
        typer.echo("There is no machine.")
        return
    show(_HEADS, [_row(one) for one in found])
    releases = f"the releases of the {span.months} months after {span.today}"
    typer.echo(f"\nRestarts by {releases}: planned (least to most by the record).")
    if any(one.machine.due for one in found):
        typer.echo("An update that is out and not installed yet is counted too, where it restarts the machine.")
    for words in how:
        typer.echo(words)
    typer.echo(
        "Out-of-band updates are not counted; a machine on the hotpatch track is not offered those that restart."
    )
    for stop in span.stops:
        typer.echo(
            line(f"{stop}. Waves leave it out; Azure, schedules and Windows install it, and later months bring it.")
        )


def _json(found: Sequence[Forecast], how: Sequence[str], span: Span) -> None:
    machines = [_object(one) for one in found]
    whole = {"today": span.today.isoformat(), "months": span.months, "method": list(how), "machines": machines}
    print_json({**whole, "stops": [_stop(one) for one in span.stops]})


def _stop(one: StoppedUpdate) -> dict[str, Any]:
    return {
        "kb": f"KB{one.kb}",
        "since": one.since.isoformat(),
        "expires": one.expires.isoformat() if one.expires else None,
        "reason": one.reason,
        "fixes": [f"KB{fix}" for fix in one.fixes],
    }


def _row(one: Forecast) -> list[str]:
    machine, following = one.machine, one.next_certain
    return [
        machine.name,
        machine.generation,
        str(machine.patcher),
        _range(one.now),
        _range(one.with_hotpatch),
        _range(one.without_hotpatch),
        when(following.slot, machine.patcher) if following else "-",
        one.remark,
    ]


def _range(count: RestartCount) -> str:
    return (
        str(count.planned)
        if count.planned == count.least == count.most
        else f"{count.planned} ({count.least}-{count.most})"
    )


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


def _count(count: RestartCount) -> dict[str, int]:
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


def _csv(found: Sequence[Forecast], *_: object) -> None:
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(["machine", "released", "cause", "certain", "from", "to", "clock"])
    for one in found:
        for restart in one.restarts:
            first, last = (restart.slot.first, restart.slot.last) if restart.slot else (None, None)
            clock = restart.slot.clock if restart.slot else ""
            lines.writerow([one.machine.name, restart.released, restart.cause, restart.certain, first, last, clock])
    typer.echo(written.getvalue(), nl=False)


_FORMS: Mapping[str, Callable[[Sequence[Forecast], Sequence[str], Span], None]] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
}
