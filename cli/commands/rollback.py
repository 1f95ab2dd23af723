"""`hotpatch rollback`: take back a faulty update, by a fix if there is one, else by uninstalling it."""

import getpass
import hashlib
import re
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from azure_hotpatch.cli import known_releases, selection
from azure_hotpatch.cli.azure import connected, moment
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.live_machines import MachinesOption, machines_of
from azure_hotpatch.cli.selection import chosen
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.azure.calendar import Calendar
from azure_hotpatch.domain.printable import line
from azure_hotpatch.operations.journal.file import Journal, default_path
from azure_hotpatch.operations.rollback import entries
from azure_hotpatch.operations.rollback.affected_machines import is_recorded
from azure_hotpatch.operations.rollback.outcome import Result
from azure_hotpatch.operations.rollback.plan import MachineRollback, Way, Wish, plan, ready
from azure_hotpatch.operations.rollback.removal import script
from azure_hotpatch.operations.rollback.run import carry_out

NOT_DONE = 1
_HEADS = ("machine", "update", "known by", "what is done", "restart", "on the track again", "ready")
_KB = re.compile(r"(?:KB)?(\d{6,8})", re.IGNORECASE)


def rollback(
    kbs: Annotated[list[str], typer.Argument(metavar="KB…", help="The bad updates: KB5122871 KB5122882.")],
    machines: MachinesOption = None,
    stack: selection.StackOption = None,
    outputs: selection.OutputsOption = None,
    subscription: selection.SubscriptionOption = None,
    management_group: selection.ManagementGroupOption = None,
    resource_group: selection.GroupOption = None,
    ring: selection.RingOption = None,
    tag: selection.TagOption = None,
    name: selection.NameOption = None,
    fix: Annotated[str | None, typer.Option("--fix", metavar="KB", help="The update that repairs it.")] = None,
    uninstall: Annotated[bool, typer.Option("--uninstall", help="Uninstall although a newer update is out.")] = False,
    baseline: Annotated[
        str | None,
        typer.Option("--baseline", metavar="BUILD", help="The update to return to; the last one before it by default."),
    ] = None,
    unpaused: Annotated[
        bool, typer.Option("--unpaused", help="Uninstall even if the update would be installed again.")
    ] = False,
    canary: Annotated[int, typer.Option("--canary", min=1, max=1000, help="The number of canary machines.")] = 1,
    show_script: Annotated[bool, typer.Option("--show-script", help="Print the PowerShell that would run.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan, and change nothing.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help="Do not ask for confirmation, neither before nor after the canary.")
    ] = False,
    change: Annotated[str, typer.Option("--change", help="A change reference, for the journal.")] = "",
    note: Annotated[str, typer.Option("--note", help="Why, for the journal.")] = "",
    poll: Annotated[float, typer.Option("--poll", min=0.1, max=600, help="Seconds between two polls.")] = 10.0,
    at: Annotated[str | None, typer.Option("--at", metavar="TIME", help="Plan as of then, not now.")] = None,
) -> None:
    """Take updates back: plan what is done to each machine, show the script, run the canary, report the results.

    Azure has no such call. The exit code is 1 where a machine could not be taken back, or the work was not confirmed.
    """
    now, calendar = moment(at), known_releases.calendar()
    wish = Wish(_digits(kbs), _digit(fix) if fix else "", baseline, uninstall, unpaused)
    _check(wish, calendar, now)
    meant = chosen(stack, outputs, subscription, management_group, resource_group, ring, tag, name)
    plans = plan(machines_of(machines, meant, wish.kbs, now, calendar), wish, now, calendar)
    _show(plans)
    if show_script:
        _show_scripts(plans)
    if not dry_run:
        raise typer.Exit(_carry_out(wish, plans, canary, yes, change, note, poll))


def _digits(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_digit(kb) for kb in given))


def _digit(kb: str) -> str:
    match = _KB.fullmatch(kb)
    if not match:
        raise Failure(f"{kb!r} is not the number of an update: write it as KB5122871")
    return match[1]


def _check(wish: Wish, calendar: Calendar, now: datetime) -> None:
    unknown = [f"KB{kb}" for kb in (*wish.kbs, *filter(None, [wish.fix])) if not is_recorded(kb, calendar, now.date())]
    if unknown:
        raise Failure(f"{', '.join(unknown)}: in no record; `hotpatch calendar update` takes newer ones")


def _show(plans: Sequence[MachineRollback]) -> None:
    carrying = [one for one in plans if one.way is not Way.NOTHING]
    if carrying:
        show(_HEADS, [_row(one) for one in carrying])
    for reason in dict.fromkeys(one.in_the_way for one in carrying if one.in_the_way):
        names = [one.machine.name for one in carrying if one.in_the_way == reason]
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        typer.echo(line(f"Not yet: {', '.join(names[:3])}{more}: {reason}."))
    notes = dict.fromkeys(note for one in carrying for note in one.notes)
    for note in notes:
        typer.echo(f"Note: {note}.")
    typer.echo(f"{len(carrying)} of {len(plans)} machines may carry it; {len(ready(plans))} can be taken back now.")


def _row(planned: MachineRollback) -> list[str]:
    carrier = planned.carrier
    done = f"install KB{planned.fix.kb}" if planned.fix else "uninstall"
    if planned.removal:
        done = f"{done}, back to {planned.removal.good_build}"
    return [
        planned.machine.name,
        f"KB{carrier.level.kb}" if carrier else "",
        carrier.evidence if carrier else "",
        done,
        "yes" if planned.restart else "no",
        planned.returns.isoformat() if planned.returns else "-",
        "no" if planned.in_the_way else "yes",
    ]


def _scripts(plans: Sequence[MachineRollback]) -> list[str]:
    return list(dict.fromkeys(script(one.removal) for one in plans if one.removal))


def _show_scripts(plans: Sequence[MachineRollback]) -> None:
    for text in _scripts(plans):
        typer.echo(f"\n{text}")


def _carry_out(
    wish: Wish, plans: Sequence[MachineRollback], canary: int, yes: bool, change: str, note: str, poll: float
) -> int:
    meant = ready(plans)
    held_up = sum(bool(one.in_the_way) for one in plans)
    if not meant:
        return NOT_DONE if held_up else 0
    if not yes and not _asked(f"Take {len(meant)} machines back, {min(canary, len(meant))} first? Type yes"):
        return NOT_DONE
    journal = Journal(default_path())
    prints = [hashlib.sha256(text.encode()).hexdigest() for text in _scripts(meant)]
    approval = entries.approval_body(getpass.getuser(), "--yes" if yes else "typed", len(meant), prints, change, note)
    _keep(journal, entries.PLAN, entries.plan_body(wish.kbs, plans))
    _keep(journal, entries.APPROVAL, approval)
    results = _run(meant, canary, yes, poll, journal)
    done = sum(one.done for one in results)
    left = len(meant) - len(results)
    typer.echo(f"{done} of {len(meant)} machines are taken back{f', {left} were not begun' if left else ''}.")
    return 0 if done == len(meant) and not held_up else NOT_DONE


def _run(meant: Sequence[MachineRollback], canary: int, yes: bool, poll: float, journal: Journal) -> list[Result]:
    with connected() as connection:
        from azure_hotpatch.operations.clients.guest import Guests

        results = []
        for result in carry_out(meant, Guests(connection, poll), canary, lambda _: yes or _asked("Go on? Type yes")):
            results.append(result)
            _keep(journal, entries.RESULT, entries.result_body(result))
            name, word = result.machine.rpartition("/")[2], "done" if result.done else "NOT DONE"
            typer.echo(line(f"{name}: {word}: {result.words}"))
    return results


def _keep(journal: Journal, kind: str, body: dict[str, object]) -> None:
    try:
        journal.add(kind, [body])
    except OSError as error:
        raise Failure(
            f"the journal {journal.path} cannot be written: {error.strerror}; set AZURE_HOTPATCH_JOURNAL"
        ) from None


def _asked(question: str) -> bool:
    if not sys.stdin.isatty():
        typer.echo(f"{question}: no terminal to confirm in; give --yes", err=True)
        return False
    return str(typer.prompt(question, default="", show_default=False)).strip().lower() in {"y", "yes"}
