"""A replay as a table and as JSON."""

from datetime import date
from typing import Any

import typer

from azure_hotpatch.cli.json_output import print_json
from azure_hotpatch.cli.table import show as show_table
from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.counting import counted
from azure_hotpatch.domain.settings import StackSettings
from azure_hotpatch.operations.foresee.lived import Comparison, InstallationRun

_HEADS = (
    *("machine", "server", "from", "restarts", "twin's", "exposed days", "twin's", "windows"),
    *("closed early", "missed", "off the track"),
)


def show(found: list[Comparison], settings: StackSettings, first: date, end: date, form: str) -> None:
    """Print what was lived through from `first` to before `end`: text or json."""
    if form == "json":
        print_json(_object(found, (first, end)))
        return
    show_table(_HEADS, [_row(one) for one in found])
    own, twins = (sum(len(life.restarts) for life in lives) for lives in _lives(found))
    typer.echo(f"\nFrom {first} to {end}: {counted(own, 'restart')}, {twins} of the twins without hotpatch.")
    for line in (*_wrong(found), *_left_out(settings)):
        typer.echo(line)


def _wrong(found: list[Comparison]) -> list[str]:
    """The incidents, each with the machines that met it."""
    met: dict[str, list[str]] = {}
    for one in found:
        name = one.life.machine.name
        for off in one.off_track:
            words = f"{off.event.kb} took machines off the hotpatch track until {off.until}"
            met.setdefault(words, []).append(f"{name} on {off.installed}")
        for wrong in one.suffered:
            until = f"to {wrong.until}" if wrong.until else "to the end"
            met.setdefault(f"{wrong.kb}: {wrong.incident.what}", []).append(f"{name} from {wrong.installed} {until}")
    return [f"{words}: {', '.join(names)}." for words, names in met.items()]


def _lives(found: list[Comparison]) -> tuple[list[Any], list[Any]]:
    return [one.life for one in found], [one.twin for one in found]


def _left_out(settings: StackSettings) -> list[str]:
    lines = []
    if any(settings.mode(group) is PatchingMode.CUSTOMER_MANAGED_SCHEDULE for group in settings.fleet.machines):
        lines.append("The schedule's start was moved into the past, its windows open on the same days as from its own.")
    fleet = settings.fleet
    others = [*(group.name for group in fleet.scale_sets), *(group.name for group in fleet.azure_local)]
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
        str(len(life.windows)) if life.windows else "-",
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
        "incidents": [
            {"kb": wrong.kb, "what": wrong.incident.what, "installed": wrong.installed.isoformat()}
            | {"until": wrong.until and wrong.until.isoformat()}
            for wrong in one.suffered
        ],
        "offTrack": [
            {"kb": off.event.kb, "installed": off.installed.isoformat(), "until": off.until.isoformat()}
            for off in one.off_track
        ],
    }


def _restart(run: InstallationRun) -> dict[str, Any]:
    return {"time": run.time.isoformat(), "kbs": list(run.kbs), "build": run.build}
