"""Begin a wave, follow it to its end, and report how it ended."""

import sys
import time
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from azure_hotpatch.cli.patching.progress import QUIET_SECONDS, say
from azure_hotpatch.cli.patching.wave_session import option_of
from azure_hotpatch.domain.counting import counted, first_of
from azure_hotpatch.domain.printable import line

if TYPE_CHECKING:
    from dbos import DBOSClient

    from azure_hotpatch.cli.patching.wave_session import WaveSession
    from azure_hotpatch.operations.durable.wave_store import WaveStore
    from azure_hotpatch.operations.durable.waves import Wave
    from azure_hotpatch.operations.install.outcome import Summary
    from azure_hotpatch.operations.install.plan import Plan

_LOOK_SECONDS, _LONGEST_PAUSE = 1.0, 10.0
_MOST_NAMES = 5


def carry_out(
    plan: "Plan", store: "WaveStore", poll: float, *, detach: bool, ask: Callable[[], bool] | None = None
) -> int:
    """Begin a wave and follow it to its end, or leave it to `hotpatch worker`; the exit code.

    `ask` asks a person after the canaries, where the wave waits for that.
    """
    from azure_hotpatch.cli.patching.decisions import resumed
    from azure_hotpatch.cli.patching.identity import operator
    from azure_hotpatch.cli.patching.wave_session import working
    from azure_hotpatch.operations.durable import waves
    from azure_hotpatch.operations.durable.control import ASK
    from azure_hotpatch.operations.durable.turn import turn_of

    with working(store, poll, detached=detach) as work:
        waves.begin(work.client, plan, operator())
        if detach:
            typer.echo(
                f"The wave {plan.id} waits for `hotpatch worker{option_of(work.client)}`; "
                f"`hotpatch wave show {plan.id}{option_of(work.client)}` shows how it goes."
            )
            return 0
        summary = follow(work, plan)
        if ask and summary.why == ASK and ask():
            with turn_of(work.client):
                resumed(work.client, plan.id)
            summary = follow(work, plan)
        show_summary(work.client, summary)
    return int(summary.exit_code)


def follow(work: "WaveSession", plan: "Plan") -> "Summary":
    """Show a wave until it is over, or until the person interrupts; its summary."""
    from azure_hotpatch.cli.patching.record import keep_results
    from azure_hotpatch.operations.durable import waves
    from azure_hotpatch.operations.install.outcome import summary_of

    client = work.client
    try:
        with _shown(len(plan.machines)) as tell:
            while not (wave := waves.one(client, plan.id)).is_over:
                begun = time.monotonic()
                tell(wave, waves.states(client, plan.id))
                work.look()
                time.sleep(max(_LOOK_SECONDS, min(10 * (time.monotonic() - begun), _LONGEST_PAUSE)))
        why = waves.why_ended(client, plan.id)
        keep_results(client)
    except KeyboardInterrupt:
        why = "interrupted here"
        named = f"{plan.id}{option_of(client)}"
        say(
            "interrupted: what is under way in Azure goes on there; `hotpatch wave resume "
            f"{named}` goes on with the rest, `hotpatch wave stop {named}` keeps it from that"
        )
    return summary_of(plan.id, list(waves.outcomes(client, plan)), why)


def show_summary(client: "DBOSClient", summary: "Summary") -> None:
    """Report how a wave ended, and what is left to do."""
    from azure_hotpatch.operations.durable import waves

    following = _what_next(waves.one(client, summary.wave), option_of(client))
    show_end(summary, f"wave {summary.wave}", f"It ended early: {summary.why}. {following}")


def _what_next(wave: "Wave", option: str) -> str:
    if wave.finished:
        return "Plan again for the machines that are left."
    resume = f"`hotpatch wave resume {wave.id}{option}`"
    if wave.gate:
        return (
            f"{resume} checks the gate again; with `continue` and --why TEXT instead the wave goes on past it, "
            "with `end` it ends for good."
        )
    return f"{resume} goes on with the rest."


def show_end(summary: "Summary", title: str, early: str) -> None:
    """Report the end of a wave under a title; `early` is what to say if it ended early."""
    counts = ", ".join(f"{count} {state}" for state, count in summary.counts.items())
    unknown = f", of {summary.restart_unknown} it is not known" if summary.restart_unknown else ""
    restarted = f"{summary.restarted} restarted{unknown}"
    typer.echo(f"{title}: {counted(summary.total, 'machine')}: {counts or 'nothing done'}; {restarted}")
    if summary.why:
        typer.echo(line(early))
    for problem in summary.problems:
        typer.echo(line(f"  {problem}"))
    if summary.nothing:
        typer.echo(f"Azure found nothing to install on {first_of(summary.nothing, _MOST_NAMES)}.")
    if summary.restart_due:
        typer.echo(f"Protected only after a restart: {', '.join(summary.restart_due)}")


@contextmanager
def _shown(total: int):  # type: ignore[no-untyped-def]  # a function of a wave and its counts
    if sys.stderr.isatty():
        with _bar(total) as shown:
            yield shown
        return
    said, last = "", time.monotonic() - QUIET_SECONDS

    def tell(wave: "Wave", states: Mapping[str, int]) -> None:
        nonlocal said, last
        phase = wave.stopped or wave.phase or "waiting for a worker"
        if phase != said or time.monotonic() - last >= QUIET_SECONDS:
            said, last = phase, time.monotonic()
            say(f"{wave.id}: {phase}; {states.get('ended', 0)} of {total} ended, {states.get('running', 0)} running")

    yield tell


@contextmanager
def _bar(total: int):  # type: ignore[no-untyped-def]  # as above
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task("waiting for a worker", total=total)

        def tell(wave: "Wave", states: Mapping[str, int]) -> None:
            running = f", {states.get('running', 0)} running"
            shown.update(
                task,
                completed=states.get("ended", 0),
                description=f"{wave.stopped or wave.phase or 'waiting for a worker'}{running}".replace("[", "("),
            )

        yield tell
