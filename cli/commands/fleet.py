"""`hotpatch fleet`: the machines that a stack declared, how each is patched, and when it restarts next."""

import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from azure_hotpatch.cli import completion
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_input import called, parsed_json, read_bytes
from azure_hotpatch.cli.json_output import print_json
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.fleet_row import FleetRow
from azure_hotpatch.domain.printable import line

# The stack output `fleet` is a list of objects with these keys; others are not shown, they might be secret.
KEYS = tuple(FleetRow.__annotations__)
COLUMNS = {
    "machine": "name",
    "resource group": "resourceGroup",
    "name in Azure": "azureName",
    "image": "image",
    "patch mode": "patchMode",
    "hotpatch": "hotpatch",
    "next planned baseline": "nextPlannedBaseline",
}
_FIRST_PARTY = "MicrosoftWindowsServer:WindowsServer:"  # redundant in a fleet where every image has it
_SHOWN = {True: "on", False: "off", None: "-"}


def fleet(
    stack: Annotated[
        str | None,
        typer.Option(
            "--stack",
            "-s",
            metavar="STACK",
            help="The stack; the selected one by default.",
            autocompletion=completion.stacks,
        ),
    ] = None,
    outputs: Annotated[
        str | None,
        typer.Option("--outputs", metavar="FILE", help="Read `pulumi stack output --json` from FILE, or - for stdin."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write the fleet as JSON.")] = False,
) -> None:
    """Show the machines of a stack as it was last deployed.

    What changed in Azure since is not shown; `hotpatch status` has it.

    The next planned baseline is the next restart that is sure to come, as the calendar was then.
    """
    if stack is not None and outputs is not None:
        raise Failure("give --stack or --outputs, not both")
    machines, as_of = fleet_of(
        outputs_json(stack, outputs), called(outputs) if outputs is not None else "`pulumi stack output --json`"
    )
    if as_json:
        print_json(machines)
    elif machines:
        today = datetime.now(UTC).date().isoformat()
        show(list(COLUMNS), [_row(machine, today) for machine in machines])
        typer.echo(line(_caption(as_of)), err=True)  # stdout holds the table alone, for awk and grep
    else:
        typer.echo("The stack has no machine.")


def fleet_of(data: bytes, source: str) -> tuple[list[dict[str, Any]], str | None]:
    """The machines in what `pulumi stack output --json` wrote, each with the keys of `KEYS` that it has, and the day.

    The day is that of the deployment which wrote them, None in outputs of a program that does not say it.
    """
    outputs = parsed_json(source, data)
    if not isinstance(outputs, Mapping) or "fleet" not in outputs:
        raise Failure(f"{source} has no output `fleet`: has the stack been deployed, and does its program export it?")
    machines = outputs["fleet"]
    if not isinstance(machines, list) or not all(isinstance(machine, Mapping) for machine in machines):
        raise Failure(f"{source}: the output `fleet` is not a list of machines (a secret output cannot be shown)")
    as_of = outputs.get("asOf")
    known = [{key: machine[key] for key in KEYS if key in machine} for machine in machines]
    return known, as_of if isinstance(as_of, str) else None


def outputs_json(stack: str | None, outputs: str | None) -> bytes:
    """The outputs of a stack as JSON: from a file or standard input where one is named, else from Pulumi."""
    return read_bytes(outputs) if outputs is not None else _pulumi_output(stack)


def _caption(as_of: str | None) -> str:
    when = f"on {as_of}" if as_of else "at its last deployment"
    return f"As the stack declared it {when}; changes made in Azure since are not shown."


def _row(machine: Mapping[str, Any], today: str) -> Sequence[str]:
    cells = [_cell(machine.get(key)) for key in COLUMNS.values()]
    baseline = machine.get("nextPlannedBaseline")
    is_past = isinstance(baseline, str) and baseline < today  # the stack was not deployed since
    return [*cells[:-1], f"{cells[-1]} (past)"] if is_past else cells


def _cell(value: Any) -> str:
    return _SHOWN[value] if value is None or isinstance(value, bool) else str(value).removeprefix(_FIRST_PARTY)


def _pulumi_output(stack: str | None) -> bytes:
    words = [] if stack is None else ["--stack", stack]
    command = ["pulumi", "stack", "output", "--json", "--non-interactive", *words]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell
    except FileNotFoundError:
        raise Failure(
            "pulumi is not on the PATH; pipe `pulumi stack output --json` to the command with `--outputs -`"
        ) from None
    except OSError as error:
        raise Failure(f"pulumi on the PATH cannot be run: {error.strerror}") from None
    if done.returncode:
        lines = [each.strip() for each in done.stderr.decode(errors="replace").splitlines() if each.strip()]
        said = lines[-1].removeprefix("error: ") if lines else f"exit code {done.returncode}"
        raise Failure(f"`{' '.join(command)}` failed: {said}")
    return done.stdout
