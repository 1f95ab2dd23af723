"""`hotpatch rollback`: take back a faulty update, by a fix if there is one, else by uninstalling it."""

import hashlib
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import typer

from azure_hotpatch.cli import known_releases, selection
from azure_hotpatch.cli.azure import moment
from azure_hotpatch.cli.commands.azure.extra import emulator_installed
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.live_machines import MachinesOption, machines_of
from azure_hotpatch.cli.patching import options
from azure_hotpatch.cli.patching.asking import answer_to
from azure_hotpatch.cli.patching.extra import needing_operations
from azure_hotpatch.cli.patching.taking_back import WaveOptions, show_times, wave_plan
from azure_hotpatch.cli.selection import chosen
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.azure.calendar import Calendar
from azure_hotpatch.domain.counting import counted, first_of
from azure_hotpatch.domain.printable import line
from azure_hotpatch.operations.rollback import entries
from azure_hotpatch.operations.rollback.affected_machines import is_recorded
from azure_hotpatch.operations.rollback.plan import MachineRollback, Way, Wish, plan, ready
from azure_hotpatch.operations.rollback.removal import is_build, script

NOT_ALL, NOT_CONFIRMED = 2, 4
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
    wave_file: options.WaveFile = None,
    canary: options.Canary = None,
    max_concurrency: options.MaxConcurrency = None,
    max_errors: options.MaxErrors = None,
    soak: options.Soak = None,
    show_script: Annotated[bool, typer.Option("--show-script", help="Print the PowerShell that would run.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan, and change nothing.")] = False,
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Run the same wave in an emulated Azure, and change nothing in Azure.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask, neither before nor after the canary.")] = False,
    change: Annotated[str, typer.Option("--change", metavar="REF", help="A change reference, for the record.")] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why, for the record; it is not secret.")] = "",
    detach: options.Detach = False,
    store: options.StoreFile = None,
    database_url: options.DatabaseUrl = None,
    poll: options.Poll = 10.0,
    at: Annotated[str | None, typer.Option("--at", metavar="TIME", help="Plan as of then, not now.")] = None,
) -> None:
    """Take updates back, in a wave: plan first, then confirm.

    The plan has the machines that carry them, what is done to each, and the script.

    Azure has no such call. One machine goes first, at most a tenth of them are worked on at a time, and the wave stops
    at the first that fails, unless you say otherwise. Exit codes as those of `hotpatch install`.
    """
    now, calendar = moment(at), known_releases.calendar()
    if rehearse and dry_run:
        raise Failure("give --rehearse or --dry-run, not both")
    wish = Wish(_digits(kbs), _digit(fix) if fix else "", baseline, uninstall, unpaused)
    if baseline is not None and not is_build(baseline):
        raise Failure(f"--baseline {baseline!r} is not a build: write it as 20348.2113")
    _check(wish, calendar, now)
    meant = chosen(stack, outputs, subscription, management_group, resource_group, ring, tag, name)
    plans = plan(machines_of(machines, meant, wish.kbs, now, calendar), wish, now, calendar)
    _show(plans)
    if show_script:
        _show_scripts(plans)
    if dry_run:
        return
    given = {"canary": canary, "maxConcurrency": max_concurrency, "maxErrors": max_errors, "soak": soak}
    wanted = WaveOptions(wave_file, given, store, database_url, poll, yes, detach, change, note)
    with needing_operations("rollback"):
        if rehearse:
            code = _rehearse(plans, wanted, now, calendar)
        else:
            code = _carry_out(wish, plans, wanted) if ready(plans) else 0
    raise typer.Exit(code or (NOT_ALL if any(one.in_the_way for one in plans) else 0))


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
        typer.echo(line(f"Not yet: {first_of(names, 3)}: {reason}."))
    notes = dict.fromkeys(note for one in carrying for note in one.notes)
    for note in notes:
        typer.echo(f"Note: {note}.")
    typer.echo(
        f"{len(carrying)} of {counted(len(plans), 'machine')} may carry it; {len(ready(plans))} can be taken back now."
    )


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


def _carry_out(wish: Wish, plans: Sequence[MachineRollback], wanted: WaveOptions) -> int:
    """Plan the wave, ask, begin it and follow it; the exit code."""
    from azure_hotpatch.cli.patching.record import approved
    from azure_hotpatch.cli.patching.session import carry_out
    from azure_hotpatch.cli.patching.stores import refusing, store_at

    with refusing():
        store = store_at(wanted.store, wanted.database_url)
        wave = wave_plan(wanted, ready(plans))
        show_times(wave)
        if not wanted.yes and not _asked(f"Take {counted(len(wave.machines), 'machine')} back? Type yes"):
            return NOT_CONFIRMED
        prints = [hashlib.sha256(text.encode()).hexdigest() for text in _scripts(ready(plans))]
        approved(wave, "--yes" if wanted.yes else "typed", entries.plan_body(wish.kbs, plans), prints)
        return carry_out(wave, store, wanted.poll, detach=wanted.detach, ask=_go_on)


def _rehearse(plans: Sequence[MachineRollback], wanted: WaveOptions, now: datetime, calendar: Calendar) -> int:
    """Run the wave in an emulated Azure; its exit code."""
    with emulator_installed():
        from azure_hotpatch.cli.patching.rehearsed_rollback import rehearse
    from azure_hotpatch.cli.patching.stores import refusing

    if not ready(plans):
        typer.echo("Nothing to rehearse; --unpaused rehearses machines that are not paused yet.")
        return 0
    with refusing():
        return rehearse(ready(plans), wanted, now, calendar)


def _go_on() -> bool:
    return _asked("The canaries are done. Go on? Type yes")


def _asked(question: str) -> bool:
    return answer_to(question, "give --yes").lower() in {"y", "yes"}
