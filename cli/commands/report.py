"""`hotpatch report`: an HTML page about the fleet, and the same data as CSV and JUnit."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from azure_hotpatch.cli import known_releases, selection
from azure_hotpatch.cli.azure import moment
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.given import json_object_of
from azure_hotpatch.cli.live_machines import MachinesOption, machines_of
from azure_hotpatch.cli.output_file import Force, output_file, refuse_twice
from azure_hotpatch.cli.selection import chosen
from azure_hotpatch.domain.counting import counted
from azure_hotpatch.operations.journal.chain import BrokenChainError
from azure_hotpatch.operations.journal.file import Journal, default_path
from azure_hotpatch.operations.journal.installations import kept
from azure_hotpatch.operations.machine import Installation
from azure_hotpatch.operations.report.build import build
from azure_hotpatch.operations.report.facts import FleetReport, PolicyFinding
from azure_hotpatch.operations.report.files import csv_of, junit_of
from azure_hotpatch.operations.report.findings import FindingsError, findings_of

# What the beginning of a file tells of being a page, a CSV file or a JUnit file of this command.
MARKS = (
    re.compile(rb'<meta name="generator" content="hotpatch report">'),
    re.compile(rb"\Aid,machine,resource group,"),
    re.compile(rb'<testsuites name="hotpatch report">'),
)


def report(
    page: Annotated[Path, typer.Argument(metavar="PAGE", help="The HTML file to write.")] = Path("hotpatch.html"),
    machines: MachinesOption = None,
    stack: selection.StackOption = None,
    outputs: selection.OutputsOption = None,
    subscription: selection.SubscriptionOption = None,
    management_group: selection.ManagementGroupOption = None,
    resource_group: selection.GroupOption = None,
    ring: selection.RingOption = None,
    tag: selection.TagOption = None,
    name: selection.NameOption = None,
    check: Annotated[
        str | None, typer.Option("--check", metavar="FILE", help="Findings, as `hotpatch check --format json` writes.")
    ] = None,
    journal: Annotated[
        Path | None, typer.Option("--journal", metavar="FILE", help="The journal of installations; yours by default.")
    ] = None,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="The heading of the page.")] = "Patch report",
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write a CSV file with a line for each machine.")
    ] = None,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="Write a JUnit file with a test for each machine.")
    ] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="TIME", help="Report as of then, not now.")] = None,
    force: Force = False,
) -> None:
    """Write a page about the fleet, for people who were not there.

    It says who is behind and why, which restarts were avoided, the exposure, what comes next, and the waivers.

    The page needs nothing else and can be mailed. The same input gives the same bytes.
    """
    now, calendar = moment(at), known_releases.calendar()
    kinds: Sequence[tuple[Path | None, Callable[[FleetReport], str]]] = (
        (page, _page),
        (csv, csv_of),
        (junit, junit_of),
    )
    files = [(output_file(path, MARKS, force=force), text_of) for path, text_of in kinds if path]
    refuse_twice([file for file, _ in files])
    meant = chosen(stack, outputs, subscription, management_group, resource_group, ring, tag, name)
    listed = machines_of(machines, meant, None, now, calendar)
    built = build(title, listed, _kept(journal), _findings(check), now, calendar)
    for file, text_of in files:
        file.write(text_of(built).encode("utf-8", "replace"))  # half a character has no bytes
    typer.echo(f"{page}: {counted(len(built.rows), 'machine')}, {counted(built.avoided, 'restart')} avoided.")


def _page(built: FleetReport) -> str:
    from azure_hotpatch.operations.report.page import page_of  # Jinja2 is not for `hotpatch report --help`

    return page_of(built)


def _kept(path: Path | None) -> dict[str, list[Installation]]:
    place = path or default_path()
    if path and not path.is_file():
        raise Failure(f"--journal {path}: there is no such file; `hotpatch history` keeps one")
    try:
        return kept(Journal(place))
    except BrokenChainError as error:
        raise Failure(f"the journal {place} was changed: {error}; give another with --journal") from None
    except OSError as error:
        raise Failure(f"the journal {place} cannot be read: {error.strerror}") from None


def _findings(name: str | None) -> tuple[PolicyFinding, ...] | None:
    if name is None:
        return None
    try:
        return findings_of(json_object_of(name, "--check"))
    except FindingsError as error:
        raise Failure(f"--check {name}: {error}") from None
