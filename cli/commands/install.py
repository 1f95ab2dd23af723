"""`hotpatch install`: plan an installation, show it, and carry it out as a wave that survives its process."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from azure_hotpatch.cli import known_releases, selection
from azure_hotpatch.cli.commands.azure.extra import emulator_installed
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.output_file import NEVER_REPLACED, Force, OutputFile, output_file, refuse_unwritable
from azure_hotpatch.cli.patching import options
from azure_hotpatch.cli.patching.extra import needing_operations

if TYPE_CHECKING:
    from azure_hotpatch.cli.patching.planning import Planned
    from azure_hotpatch.operations.install.order import Order
    from azure_hotpatch.operations.install.plan import Plan

# What can be given with --plan: the rest says how to plan.
_OF_A_SAVED_PLAN = {"plan_file", "dry_run", "rehearse", "yes", "confirm", "detach", "store", "database_url", "poll"}
_NOT_CONFIRMED = 4
_NONE = "none"  # the classification of those who install single updates


def install(
    context: typer.Context,
    subscription: options.Subscriptions = None,
    resource_group: selection.GroupOption = None,
    ring: selection.RingOption = None,
    tag: selection.TagOption = None,
    name: selection.NameOption = None,
    classification: Annotated[
        list[str] | None,
        typer.Option(
            "--classification",
            metavar="WORD",
            help="The classifications to install; Critical and Security by default; none for --kb alone.",
        ),
    ] = None,
    kb: Annotated[
        list[str] | None, typer.Option("--kb", metavar="KB", help="An update to install too, in any classification.")
    ] = None,
    exclude_kb: Annotated[
        list[str] | None, typer.Option("--exclude-kb", metavar="KB", help="An update to leave out.")
    ] = None,
    exclude_restarts: Annotated[
        bool, typer.Option("--exclude-restarts", help="Leave out updates that may restart the machine.")
    ] = False,
    published_until: Annotated[
        str | None,
        typer.Option("--published-until", metavar="DATE", help="Leave out updates that were published later."),
    ] = None,
    maximum_duration: Annotated[
        str, typer.Option("--maximum-duration", metavar="PT3H", help="The maximum duration on one machine.")
    ] = "PT3H",
    reboot: Annotated[
        str, typer.Option("--reboot", metavar="WORD", help="IfRequired, Never or Always.")
    ] = "IfRequired",
    wave_file: options.WaveFile = None,
    canary: options.Canary = None,
    max_concurrency: options.MaxConcurrency = None,
    max_errors: options.MaxErrors = None,
    max_per_zone: Annotated[
        str | None, typer.Option("--max-per-zone", metavar="N|N%", help="Machines of one zone at a time.")
    ] = None,
    max_per_availability_set: Annotated[
        str | None, typer.Option("--max-per-availability-set", metavar="N|N%", help="Machines of one set at a time.")
    ] = None,
    soak: options.Soak = None,
    assess: Annotated[
        bool, typer.Option("--assess/--no-assess", help="Assess first, so that the plan shows what would be installed.")
    ] = True,
    plan_file: Annotated[
        str | None, typer.Option("--plan", metavar="FILE", help="Carry out a saved plan, instead of planning.")
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help="The file for the plan; <wave>.plan.json by default.")
    ] = None,
    change: Annotated[str, typer.Option("--change", metavar="REF", help="A change reference, for the record.")] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="A note, for the record; it is not secret.")] = "",
    force: Force = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Plan, show and save; install nothing.")] = False,
    rehearse: Annotated[
        bool, typer.Option("--rehearse", help="Run the plan's wave in an emulated Azure; install nothing.")
    ] = False,
    yes: options.Yes = False,
    confirm: options.Confirm = None,
    detach: options.Detach = False,
    store: options.StoreFile = None,
    database_url: options.DatabaseUrl = None,
    poll: options.Poll = 15.0,
) -> None:
    """Install updates now, in waves: plan first, then confirm.

    On-demand installs do not follow availability-first; only the wave's rings, budgets and gates hold machines apart.
    Exit codes: 0 all done, 1 machines failed, 2 not all were started, 3 bad input, 4 not confirmed.
    """
    if rehearse and dry_run:
        raise Failure("give --rehearse or --dry-run, not both")
    if plan_file is not None:
        _refuse_planning(context)
    with needing_operations("install"):
        from azure_hotpatch.cli.patching.planning import Asked, planned, saved
        from azure_hotpatch.cli.patching.plans import confirm as confirmed
        from azure_hotpatch.cli.patching.plans import display, plan_of, settings_of
        from azure_hotpatch.cli.patching.record import approved
        from azure_hotpatch.cli.patching.session import carry_out
        from azure_hotpatch.cli.patching.stores import refusing, store_at

        with refusing():
            target = store_at(store, database_url)
            if plan_file is not None:
                made, file = saved(plan_of(plan_file), read=rehearse), plan_file
            else:
                given = _place_of_plan(out, force=force, rehearse=rehearse)  # before minutes of assessment
                order = _order(
                    classifications=_classifications(classification),
                    kbs=kb,
                    excludeKbs=exclude_kb,
                    excludeRestarts=exclude_restarts,
                    publishedUntil=options.moment_of("--published-until", published_until)
                    if published_until is not None
                    else None,
                    maximumDuration=maximum_duration,
                    reboot=reboot,
                )
                settings = settings_of(
                    wave_file,
                    {
                        "canary": canary,
                        "maxConcurrency": max_concurrency,
                        "maxErrors": max_errors,
                        "maxPerZone": max_per_zone,
                        "maxPerAvailabilitySet": max_per_availability_set,
                        "soak": soak,
                    },
                )
                asked = Asked(
                    options.subscriptions_of(subscription),
                    resource_group,
                    selection.tags_of(ring, tag),
                    name,
                    change,
                    note,
                )
                made = planned(asked, order, settings, target, assess=assess, install=not rehearse)
                file = out or ("" if rehearse else f"{made.plan.id}.plan.json")
                if file:
                    _keep(made.plan, given or output_file(file, NEVER_REPLACED, force=force))
            plan = made.plan
            display(plan, file)
            _check(plan)
            if dry_run:
                typer.echo(
                    f"Nothing is installed. The plan is in {file}; carry it out with `hotpatch install --plan {file}`."
                )
                return
            if rehearse:
                raise typer.Exit(_rehearse(made))
            if not confirmed(plan, yes=yes, word=confirm):
                typer.echo("Not confirmed: nothing is installed.")
                raise typer.Exit(_NOT_CONFIRMED)
            approved(plan, "typed" if confirm is None and not yes else "--confirm all" if confirm else "--yes")
            code = carry_out(plan, target, poll, detach=detach)
            raise typer.Exit(code)


def _place_of_plan(out: str | None, *, force: bool, rehearse: bool) -> OutputFile | None:
    """The file of `--out`. Without one the plan's name comes with the plan: what can be checked is the folder."""
    if out:
        return output_file(out, NEVER_REPLACED, force=force)
    if not rehearse:
        refuse_unwritable(Path("wave.plan.json"))
    return None


def _keep(plan: "Plan", file: OutputFile) -> None:
    file.write(f"{plan.model_dump_json(by_alias=True, indent=2)}\n".encode())


def _refuse_planning(context: typer.Context) -> None:
    """Raise Failure where options of planning are given with a saved plan, which has what they say already."""
    names = {str(one.name): one.opts[0] for one in context.command.params if one.name not in _OF_A_SAVED_PLAN}
    sources = {name: context.get_parameter_source(name) for name in names}
    given = [names[name] for name, source in sources.items() if source and source.name == "COMMANDLINE"]
    if given:
        raise Failure(f"{', '.join(given)}: a saved plan is carried out as it is; leave it out, or plan again with it")


def _classifications(given: list[str] | None) -> tuple[str, ...] | None:
    """The classifications; empty for the word `none`, None where the default counts."""
    if not given:
        return None
    if _NONE in given and len(given) > 1:
        raise Failure(f"--classification {_NONE} is given with others: give one or the other")
    return () if given == [_NONE] else tuple(given)


def _order(**given: Any) -> "Order":
    from azure_hotpatch.operations.install.model import FileError, validated
    from azure_hotpatch.operations.install.order import Order

    try:
        return validated(
            Order, {name: value for name, value in given.items() if value not in (None, [])}, "the options"
        )
    except FileError as error:
        raise Failure(str(error)) from None


def _rehearse(made: "Planned") -> int:
    """Run the plan's wave in an emulated Azure; its exit code."""
    with emulator_installed():
        from azure_hotpatch.cli.patching.rehearsed_install import rehearse

    machines = {one.id: one for one in made.machines}
    return rehearse(made.plan, machines, datetime.now(UTC), known_releases.calendar())


def _check(plan: "Plan") -> None:
    from azure_hotpatch.operations.install.plan import why_not_usable

    why = why_not_usable(plan, datetime.now(UTC))
    if why:
        raise Failure(why)
