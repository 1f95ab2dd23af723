"""The machines of a command: from a file of `hotpatch status`, or from Azure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from azure_hotpatch.cli.azure import connected, progress
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.machines_file import machines_in
from azure_hotpatch.cli.selection import NO_MACHINE, Chosen
from azure_hotpatch.domain.azure.calendar import Calendar
from azure_hotpatch.operations.machine import Machine

MachinesOption = Annotated[
    str | None,
    typer.Option(
        "--machines",
        metavar="FILE",
        help="The machines in FILE, as `hotpatch status --format json` writes; - for stdin.",
    ),
]


def machines_of(
    file: str | None, meant: Chosen, kbs: Sequence[str] | None, now: datetime, calendar: Calendar
) -> list[Machine]:
    """The machines of a file, else the selected ones in Azure.

    Of their installations they have `kbs` (digits) and the updates that decide their track; every update for None.
    Raises Failure if there is none: a command without machines must not look as if it had done something.
    """
    is_narrowed = any((meant.subscriptions, meant.management_groups, meant.groups, meant.tags, meant.names, meant.ids))
    if file is not None and is_narrowed:
        raise Failure("give --machines, or options that say which machines of Azure's, not both")
    return _of_azure(meant, kbs, now, calendar) if file is None else machines_in(file)


def _of_azure(meant: Chosen, kbs: Sequence[str] | None, now: datetime, calendar: Calendar) -> list[Machine]:
    with connected() as connection, progress() as say:
        from azure_hotpatch.operations.clients import reading
        from azure_hotpatch.operations.clients.graph import Graph
        from azure_hotpatch.operations.clients.queries import MachineFilter
        from azure_hotpatch.operations.clients.targets import Wanted
        from azure_hotpatch.operations.status.status import Policy

        rows = MachineFilter(meant.groups, meant.tags, meant.ids)
        telling = tuple(dict.fromkeys((*reading.kbs_of(calendar, now), *(kbs or ()))))
        wanted = Wanted(rows, meant.names, telling, all_patches=kbs is None)
        with Graph(connection, meant.subscriptions, meant.management_groups) as graph:
            found = reading.read_fleet(graph, connection, wanted, reading.Views.ALL, now, Policy(), say)
    for note in found.notes:
        typer.echo(f"Note: {note}.", err=True)
    if not found.machines:
        raise Failure(NO_MACHINE)
    return list(found.machines)
