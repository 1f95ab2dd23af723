"""`hotpatch assess`: let Azure assess now which updates machines lack."""

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from azure_hotpatch.cli import selection
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_output import print_json
from azure_hotpatch.cli.patching import options
from azure_hotpatch.cli.patching.extra import needing_operations
from azure_hotpatch.cli.patching.progress import counting
from azure_hotpatch.cli.table import show

if TYPE_CHECKING:
    from azure_hotpatch.operations.clients.machine_batches import Read
    from azure_hotpatch.operations.machine import Machine

_FAILED = 1


def assess(
    subscription: options.Subscriptions = None,
    resource_group: selection.GroupOption = None,
    ring: selection.RingOption = None,
    tag: selection.TagOption = None,
    name: selection.NameOption = None,
    older_than: Annotated[
        str,
        typer.Option("--older-than", metavar="24h", help="Only machines whose last assessment is older; 0s for all."),
    ] = "0s",
    wait: Annotated[bool, typer.Option("--wait/--no-wait", help="Wait for the results.")] = True,
    poll: options.Poll = 5.0,
    as_json: Annotated[bool, typer.Option("--json", help="Write the results as JSON.")] = False,
) -> None:
    """Assess machines now: which updates they lack. Nothing is installed. Azure takes 200 a minute and region."""
    with needing_operations("assess"):
        from azure_hotpatch.operations.clients.refusals import Refusal
        from azure_hotpatch.operations.install.selection import Selection

        age = options.duration_of("--older-than", older_than)
        meant = Selection(tuple(resource_group or ()), selection.tags_of(ring, tag), tuple(name or ()))
        try:
            rows = _assessed(options.subscriptions_of(subscription), meant, age, poll, wait=wait)
        except Refusal as refusal:
            raise Failure(str(refusal)) from None
    if as_json:
        print_json(rows)
    else:
        heads = ["machine", "group", "result", "critical, security", "other", "restart pending", "updates"]
        show(heads, [[str(value) for value in row.values()] for row in rows])
    if any(row["result"].startswith("failed") for row in rows):
        raise typer.Exit(_FAILED)


def _assessed(
    subscriptions: Sequence[str], meant: Any, age: timedelta, poll: float, *, wait: bool
) -> list[dict[str, Any]]:
    from azure_hotpatch.cli.patching.reading import check_rights, machines_of
    from azure_hotpatch.operations.clients.connection import Connection
    from azure_hotpatch.operations.clients.machine_batches import assessed
    from azure_hotpatch.operations.install.rights import ASSESS

    with closing(Connection()) as connection:
        machines, unread = machines_of(connection, subscriptions, meant)
        check_rights(connection, machines, ASSESS)
        skipped = {machine.id: why for machine in machines if (why := _why_not(machine, age))}
        due = [machine for machine in machines if machine.id not in skipped]
        with counting("assessing", len(due)) as tell:
            read = {one.machine.id: one for one in assessed(connection, due, poll, tell, wait=wait)}
    rows = [_row(machine, skipped.get(machine.id, ""), read.get(machine.id), wait=wait) for machine in machines]
    return [*rows, *(_row(one.machine, "", one, wait=wait) for one in unread)]


def _why_not(machine: "Machine", age: timedelta) -> str:
    if machine.power not in (None, "running"):
        return f"skipped: it is {machine.power}, start it first"
    last = machine.assessment
    if age and last and last.status == "Succeeded" and datetime.now(UTC) - last.at < age:
        return f"fresh: {last.at:%Y-%m-%d %H:%M} UTC"
    return ""


def _row(machine: "Machine", skipped: str, read: "Read | None", *, wait: bool) -> dict[str, Any]:
    found = read.machine.assessment if read and wait and not read.error else machine.assessment if skipped else None
    result = skipped or (f"failed: {read.error}" if read and read.error else "assessed" if wait else "begun")
    if found and found.status == "Failed":
        result = f"failed: {found.error or 'Azure does not say why'}"
    patches = found.patches if found and found.patches else ()
    return {
        "machine": machine.name,
        "group": machine.resource_group,
        "result": result,
        "criticalAndSecurity": found.counts["criticalAndSecurity"] if found else "",
        "other": found.counts["other"] if found else "",
        "restartPending": {True: "yes", False: "no", None: "-"}[found.reboot_pending] if found else "",
        "updates": " ".join(f"KB{patch.kb}" if patch.kb else patch.name for patch in patches),
    }
