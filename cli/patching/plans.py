"""Read, print, save and confirm a plan."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_input import parsed_json, read_bytes
from azure_hotpatch.cli.patching.asking import answer_to
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.counting import counted
from azure_hotpatch.domain.printable import line
from azure_hotpatch.program import stack_yaml

if TYPE_CHECKING:
    from azure_hotpatch.operations.install.plan import Plan
    from azure_hotpatch.operations.install.wave_settings import WaveSettings

MOST_ROWS = 60


def settings_of(file: str | None, options: dict[str, Any], defaults: dict[str, Any] | None = None) -> "WaveSettings":
    """The settings of a wave: a file's over the `defaults`, with options in the place of what it says."""
    from azure_hotpatch.operations.install.model import FileError, validated
    from azure_hotpatch.operations.install.wave_settings import WaveSettings

    raw = {} if file is None else _parsed(file)
    given = {name: value for name, value in options.items() if value not in (None, [], ())}
    if not isinstance(raw, dict):
        raise Failure(f"{file} is not an object of keys and values")
    try:
        return validated(WaveSettings, {**(defaults or {}), **raw, **given}, file or "the options")
    except FileError as error:
        raise Failure(str(error)) from None


def plan_of(file: str) -> "Plan":
    """The plan that a file holds."""
    from azure_hotpatch.operations.install.model import FileError, validated
    from azure_hotpatch.operations.install.plan import VERSION, Plan

    raw = _parsed(file)
    if not isinstance(raw, dict) or "version" not in raw:
        raise Failure(f"{file} is not a plan: `hotpatch install --dry-run --out FILE` writes one")
    version = raw["version"]
    if version != VERSION:
        raise Failure(f"{file}: version: is {version!r}; this hotpatch reads plans of version {VERSION}: plan again")
    try:
        return validated(Plan, raw, file)
    except FileError as error:
        raise Failure(str(error)) from None


def display(plan: "Plan", file: str) -> None:
    """Print a plan: by machine where there are few, by ring where there are many; `file` is where it is kept, or ""."""
    typer.echo(line(f"plan {plan.id}: {counted(len(plan.machines), 'machine')}, {plan.selection or 'as selected'}"))
    if plan.change or plan.note:
        typer.echo(line(f"change: {plan.change or '-'}  note: {plan.note or '-'}"))
    heads = ["ring", "machine", "group", "region", "installs", "restart", "begins", "ends"]
    if len(plan.machines) <= MOST_ROWS:
        show(heads, [_row(machine) for machine in plan.machines])
    else:
        show(["ring", "machines", "restart: yes", "may", "no", "unknown", "begins", "ends"], _rings(plan))
        typer.echo(f"Each machine is in {file}." if file else "--out FILE keeps each machine.")
    for skipped in plan.skipped[:MOST_ROWS]:
        typer.echo(line(f"left out: {skipped.name}: {skipped.reason}"))
    if len(plan.skipped) > MOST_ROWS:
        typer.echo(f"left out: {len(plan.skipped) - MOST_ROWS} more{f', in {file}' if file else ''}")
    if plan.begins and plan.ends:
        typer.echo(
            f"From {_time(plan.begins)} to about {_time(plan.ends)} UTC: 200 starts a minute and region, 600 at first."
        )
    for warning in plan.warnings:
        typer.echo(line(f"Note: {warning}"))


def confirm(plan: "Plan", *, yes: bool, word: str | None) -> bool:
    """Ask for confirmation; for a plan with every machine, "all" must be typed."""
    from azure_hotpatch.operations.install.plan import ALL

    machines = counted(len(plan.machines), "machine")
    if plan.selection == ALL:
        if word == ALL:
            return True
        question = f"Every machine is selected. Type {ALL} to install on {machines}"
        return answer_to(question, "give --confirm all") == ALL
    return yes or answer_to(f"Install on {machines}? Type yes", "give --yes") in ("yes", "y")


def _parsed(file: str) -> Any:
    """YAML, read as a stack's file is, so that 22:00 is a string; or JSON."""
    data = read_bytes(file)
    if file.endswith(".json"):
        return parsed_json(file, data)
    try:
        return stack_yaml.parsed(data)
    except stack_yaml.StackFileError as error:
        raise Failure(f"{file} is neither YAML nor JSON: {error}") from None


def _row(machine: Any) -> Sequence[str]:
    patches = machine.patches
    installs = (
        "what Azure finds" if patches is None else " ".join(f"KB{one.kb}" if one.kb else one.name for one in patches)
    )
    times = (_time(machine.begins), _time(machine.ends))
    return [machine.ring, machine.name, machine.group, machine.location, installs, machine.restart, *times]


def _rings(plan: "Plan") -> list[list[str]]:
    rows = []
    for name in plan.rings:
        members = plan.ring(name)
        restarts = [str(sum(one.restart == word for one in members)) for word in ("yes", "may", "no", "unknown")]
        times = [_time(min(one.begins for one in members)), _time(max(one.ends for one in members))]
        rows.append([name, str(len(members)), *restarts, *times])
    return rows


def _time(moment: Any) -> str:
    from datetime import UTC

    return f"{moment.astimezone(UTC):%m-%d %H:%M:%S}"
