"""`hotpatch history`: installations on running machines, and whether the calendar predicted their restarts."""

import csv
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from azure_hotpatch.cli import known_releases, selection
from azure_hotpatch.cli.azure import connected, progress
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_output import print_json
from azure_hotpatch.cli.selection import Chosen, chosen
from azure_hotpatch.cli.table import Format, FormatOption, show
from azure_hotpatch.domain.printable import line
from azure_hotpatch.operations.machine import Machine, Patch
from azure_hotpatch.operations.status.history import Event, events
from azure_hotpatch.operations.status.hotpatching import generation_of

if TYPE_CHECKING:
    from azure_hotpatch.operations.journal.file import Journal

VERSION = 1
_COLUMNS = ("started", "machine", "result", "updates", "restart", "by the calendar", "reason")


def history(
    stack: selection.StackOption = None,
    outputs: selection.OutputsOption = None,
    subscription: selection.SubscriptionOption = None,
    management_group: selection.ManagementGroupOption = None,
    resource_group: selection.GroupOption = None,
    ring: selection.RingOption = None,
    tag: selection.TagOption = None,
    name: selection.NameOption = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="Installations from that day on.")] = None,
    format_: FormatOption = Format.TABLE,
    journal: Annotated[
        str | None, typer.Option("--journal", metavar="FILE", help="Keep the journal here, not in the user's folder.")
    ] = None,
    keep: Annotated[bool, typer.Option("--keep/--no-keep", help="Whether the journal is read and added to.")] = True,
) -> None:
    """Show every installation, and whether its restart was expected.

    Azure forgets installations after 30 days. What is read is added to a journal, whose entries are chained by hash, so
    that a command that is run at least once a month knows them all.
    """
    first = _day(since)
    calendar = known_releases.calendar()
    meant = chosen(stack, outputs, subscription, management_group, resource_group, ring, tag, name)
    machines, notes = _read(meant)
    if not machines:
        raise Failure(selection.NO_MACHINE)
    if keep:
        machines = _with_journal(machines, _journal(journal))
    found = [event for machine in machines for event in events(machine, machine.installations, calendar)]
    listed = sorted((one for one in found if first is None or one.run.started.date() >= first), key=_newest_first)
    _PRINT[format_](listed)
    for note in notes:
        typer.echo(line(f"Note: {note}."), err=True)
    today = datetime.now(UTC).date()
    for age in known_releases.ages(calendar, (generation_of(machine) for machine in machines), today):
        typer.echo(f"Note: {age}", err=True)


def _newest_first(event: Event) -> tuple[float, str]:
    return -event.run.started.timestamp(), event.machine.name


def _day(text: str | None) -> Any:
    try:
        return datetime.fromisoformat(text).date() if text else None
    except ValueError:
        raise Failure(f"--since {text!r} is not a day: write it as 2026-07-14") from None


def _read(meant: Chosen) -> tuple[tuple[Machine, ...], tuple[str, ...]]:
    with connected() as connection, progress() as say:
        from azure_hotpatch.operations.clients import targets
        from azure_hotpatch.operations.clients.graph import Graph
        from azure_hotpatch.operations.clients.queries import MachineFilter

        say("asking Resource Graph")
        wanted = targets.Wanted(MachineFilter(meant.groups, meant.tags, meant.ids), meant.names, all_patches=True)
        with Graph(connection, meant.subscriptions, meant.management_groups) as graph:
            return targets.read_selected(graph, wanted), tuple(graph.notes)


def _journal(path: str | None) -> "Journal":
    from azure_hotpatch.operations.journal.file import Journal, default_path

    return Journal(Path(path) if path else default_path())


def _with_journal(machines: Sequence[Machine], journal: "Journal") -> tuple[Machine, ...]:
    """Add Azure's current installations to the journal, and return the machines with all that the journal holds."""
    from azure_hotpatch.operations.journal.chain import BrokenChainError
    from azure_hotpatch.operations.journal.installations import keep, remembered

    try:
        added = keep(journal, machines)
        found = remembered(journal, machines)
    except OSError as error:
        raise Failure(
            f"the journal {journal.path} cannot be kept: {error.strerror or error}; name another, or --no-keep"
        ) from None
    except BrokenChainError as error:
        raise Failure(
            f"the journal {journal.path} was changed: {error}; move it away and keep it, or go on with --no-keep"
        ) from None
    typer.echo(f"{added} new in {journal.path}", err=True)
    return found


def _table(found: Sequence[Event]) -> None:
    if not found:
        typer.echo("No installation is known of these machines in this period.", err=True)
        return
    show(_COLUMNS, [_cells(event) for event in found])


def _cells(event: Event) -> list[str]:
    run = event.run
    kbs = ", ".join(f"KB{patch.kb}" if patch.kb else patch.name for patch in event.installed) or "-"
    started = f"{run.started:%Y-%m-%d %H:%M}"
    return [started, event.machine.name, run.status, kbs, str(event.restart), str(event.expected), event.reason]


def _json(found: Sequence[Event]) -> None:
    print_json({"version": VERSION, "installations": [_object(event) for event in found]})


def _object(event: Event) -> dict[str, Any]:
    run = event.run
    return {
        "machine": event.machine.id,
        "run": run.id,
        "status": run.status,
        "started": run.started.isoformat(),
        "ended": run.ended.isoformat() if run.ended else None,
        "startedBy": run.started_by,
        "maintenanceRun": run.maintenance_run,
        "restart": str(event.restart),
        "expected": str(event.expected),
        "reason": event.reason,
        "windowExceeded": run.window_exceeded,
        "error": run.error,
        "patches": [_patch(patch) for patch in run.patches or ()],
    }


def _patch(patch: Patch) -> dict[str, Any]:
    return {
        "kb": patch.kb,
        "name": patch.name,
        "state": patch.state,
        "classifications": list(patch.classifications),
        "severity": patch.severity,
    }


def _csv(found: Sequence[Event]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["id", *_COLUMNS])
    writer.writerows([event.machine.id, *_cells(event)] for event in found)


_PRINT = {Format.TABLE: _table, Format.JSON: _json, Format.CSV: _csv}
