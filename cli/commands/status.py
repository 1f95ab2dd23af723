"""`hotpatch status`: the patch status of running machines, each on its own track, and the remedies."""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from azure_hotpatch.cli import known_releases, selection
from azure_hotpatch.cli.azure import connected, moment, progress, span
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_output import print_json
from azure_hotpatch.cli.patching import options
from azure_hotpatch.cli.patching.stops import stops_at
from azure_hotpatch.cli.selection import Chosen, chosen
from azure_hotpatch.cli.table import Format, FormatOption, show
from azure_hotpatch.domain.azure.calendar import BUILDS, Calendar
from azure_hotpatch.domain.counting import counted
from azure_hotpatch.domain.printable import line
from azure_hotpatch.operations.machine import Machine
from azure_hotpatch.operations.status import report
from azure_hotpatch.operations.status.cause import Cause
from azure_hotpatch.operations.status.hotpatching import generation_of
from azure_hotpatch.operations.status.status import Policy, Status, status_of

FOUND, UNJUDGED = 1, 2
_SHOWN_NAMES = 3


class ViewsOption(StrEnum):
    """The machines whose instance view is read; the values are those of `operations.clients.reading.Views`."""

    STALE = "stale"
    ALL = "all"
    NONE = "none"


def status(
    stack: selection.StackOption = None,
    outputs: selection.OutputsOption = None,
    subscription: selection.SubscriptionOption = None,
    management_group: selection.ManagementGroupOption = None,
    resource_group: selection.GroupOption = None,
    ring: selection.RingOption = None,
    tag: selection.TagOption = None,
    name: selection.NameOption = None,
    fail_on: Annotated[
        str | None,
        typer.Option("--fail-on", metavar="CAUSES", help=f"End with 1 if one is found: {', '.join(Cause)}."),
    ] = None,
    format_: FormatOption = Format.TABLE,
    views: Annotated[
        ViewsOption, typer.Option("--views", help="The machines whose instance view is read.")
    ] = ViewsOption.STALE,
    stale_after: Annotated[
        str, typer.Option("--stale-after", metavar="DURATION", help="When an assessment is old: 36h, 3d.")
    ] = "3d",
    grace: Annotated[
        str, typer.Option("--grace", metavar="DURATION", help="How long a machine may lack a release: 36h, 30d.")
    ] = "0d",
    at: Annotated[str | None, typer.Option("--at", metavar="TIME", help="Judge as of then, not now.")] = None,
    store: options.StoreFile = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Show the patch status of machines.

    Settings, track, build, pending updates and restarts, the last assessment and the last installation.

    Every machine that you may read is shown if no option says which. With `--fail-on` the exit code is 1 if a cause is
    found, and 2 if one could not be ruled out.
    """
    causes = _causes(fail_on)
    now = moment(at)
    stops = stops_at("status", store, database_url, now)
    policy = Policy(span(stale_after, "--stale-after"), span(grace, "--grace"), stops)
    meant = chosen(stack, outputs, subscription, management_group, resource_group, ring, tag, name)
    calendar = known_releases.calendar()
    statuses, notes = _read(meant, views, now, policy, calendar)
    _print(statuses, notes, format_, now, calendar)
    for age in known_releases.ages(calendar, (generation_of(one.machine) for one in statuses), now.date()):
        typer.echo(f"Note: {age}", err=True)
    for stop in stops:
        typer.echo(line(f"Note: {stop}. Which machines carry it: `hotpatch rollback KB{stop.kb} --dry-run`."), err=True)
    code = _exit_code(statuses, notes, causes)
    if code:
        raise typer.Exit(code)


def _causes(text: str | None) -> list[Cause]:
    names = [name.strip() for name in (text or "").split(",") if name.strip()]
    if text is not None and not names:
        raise Failure(f"--fail-on {text!r} names no cause; allowed: {', '.join(Cause)}")
    unknown = [name for name in names if name not in tuple(Cause)]
    if unknown:
        raise Failure(f"--fail-on {', '.join(unknown)}: unknown; allowed: {', '.join(Cause)}")
    return [Cause(name) for name in names]


def _read(
    meant: Chosen, views: ViewsOption, now: datetime, policy: Policy, calendar: Calendar
) -> tuple[list[Status], tuple[str, ...]]:
    with connected() as connection, progress() as say:
        from azure_hotpatch.operations.clients import reading
        from azure_hotpatch.operations.clients.graph import Graph
        from azure_hotpatch.operations.clients.queries import MachineFilter
        from azure_hotpatch.operations.clients.targets import Wanted

        kbs = tuple(dict.fromkeys((*reading.kbs_of(calendar, now), *(stop.kb for stop in policy.stops))))
        rows = MachineFilter(meant.groups, meant.tags, meant.ids)
        wanted = Wanted(rows, meant.names, kbs)
        with Graph(connection, meant.subscriptions, meant.management_groups) as graph:
            found = reading.read_fleet(graph, connection, wanted, reading.Views(views), now, policy, say)
    machines, told = _remembered(found.machines)
    return [status_of(machine, now, calendar, policy) for machine in machines], (*found.notes, *told)


def _remembered(machines: tuple[Machine, ...]) -> tuple[tuple[Machine, ...], tuple[str, ...]]:
    """The machines with the installations that `hotpatch history` kept and Azure forgot; why not, if not."""
    from azure_hotpatch.operations.journal.chain import BrokenChainError
    from azure_hotpatch.operations.journal.file import Journal, default_path
    from azure_hotpatch.operations.journal.installations import remembered

    journal = Journal(default_path())
    try:
        return remembered(journal, machines), ()
    except (OSError, BrokenChainError) as error:
        return machines, (f"the journal {journal.path} was not read: {error}",)


def _print(
    statuses: Sequence[Status], notes: Sequence[str], format_: Format, now: datetime, calendar: Calendar
) -> None:
    """Print the machines on standard output, and the notes on standard error."""
    _PRINT[format_](statuses, notes, now, calendar)
    for note in notes:
        typer.echo(line(f"Note: {note}."), err=True)


def _table(statuses: Sequence[Status], _notes: Sequence[str], now: datetime, _calendar: Calendar) -> None:
    if not statuses:
        typer.echo(f"{selection.NO_MACHINE.capitalize()}.", err=True)
        return
    show(report.COLUMNS, [report.cells(status, now) for status in statuses])
    for said in _remedies(statuses):
        typer.echo(said, err=True)


def _remedies(statuses: Iterable[Status]) -> Iterable[str]:
    """For each cause: which machines have it and with what detail, and what may be done, by the kind of machine."""
    found: dict[tuple[Cause, str], list[str]] = defaultdict(list)
    for status in statuses:
        for finding in status.findings:
            found[finding.cause, finding.remedy].append(f"{status.machine.name} ({finding.detail})")
    order = list(Cause)
    for cause, remedy in sorted(found, key=lambda one: order.index(one[0])):
        names = found[cause, remedy]
        more = f", and {len(names) - _SHOWN_NAMES} more" if len(names) > _SHOWN_NAMES else ""
        yield "\n" + line(f"{cause}: {', '.join(names[:_SHOWN_NAMES])}{more}")
        yield f"  {remedy}"


def _json(statuses: Sequence[Status], notes: Sequence[str], now: datetime, calendar: Calendar) -> None:
    print_json(
        {
            "version": report.VERSION,
            "at": now.isoformat(),
            "notes": list(notes),
            "calendar": {one: known_releases.knowledge(calendar, one, now.date()) for one in BUILDS},
            "machines": [report.row(status, now) for status in statuses],
        }
    )


def _csv(statuses: Sequence[Status], _notes: Sequence[str], now: datetime, _calendar: Calendar) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["id", *report.COLUMNS])
    writer.writerows([status.machine.id, *report.cells(status, now)] for status in statuses)


_PRINT = {Format.TABLE: _table, Format.JSON: _json, Format.CSV: _csv}


def _exit_code(statuses: Sequence[Status], notes: Sequence[str], causes: Sequence[Cause]) -> int:
    """1 if a cause was found; 2 if one could not be ruled out, because evidence or machines are missing."""
    if not causes:
        return 0
    found = report.verdict(statuses, causes)
    for cause, names in found.found.items():
        typer.echo(f"{cause}: {len(names)} of {counted(len(statuses), 'machine')}", err=True)
    if found.unjudged:
        typer.echo(
            f"not known: {counted(len(found.unjudged), 'machine')}, {', '.join(found.unjudged[:_SHOWN_NAMES])} …",
            err=True,
        )
    if found.found:
        return FOUND
    return UNJUDGED if found.unjudged or notes or not statuses else 0
