"""Stop a wave, let it go on, open its closed gate, or end it: one operator at a time, with the decision kept first."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.patching.identity import operator
from azure_hotpatch.cli.patching.progress import say
from azure_hotpatch.domain.counting import counted
from azure_hotpatch.domain.printable import line

if TYPE_CHECKING:
    from dbos import DBOSClient

    from azure_hotpatch.operations.durable.wave_store import WaveStore


def stop(store: "WaveStore", name: str, why: str) -> None:
    """Let a wave start no further machine."""
    from azure_hotpatch.cli.patching.wave_session import looking
    from azure_hotpatch.operations.durable import decisions, waves
    from azure_hotpatch.operations.durable.turn import turn_of

    with looking(store) as client:
        with turn_of(client):
            if waves.one(client, name).is_over:
                raise Failure(f"the wave {name} is over already")
            decisions.stop(client, name, why or f"stopped by {operator()}")
        running = waves.states(client, name).get("running", 0)
    under_way = counted(running, "installation")
    typer.echo(f"The wave {name} starts no further machine. {under_way} under way in Azure will go on there.")


def resume(store: "WaveStore", name: str, poll: float) -> int:
    """Let a stopped wave go on, and follow it; the exit code."""
    return _go_on(store, name, poll, lambda client: resumed(client, name))


def resumed(client: "DBOSClient", name: str) -> None:
    """Let a wave go on; where it does already, say who let it."""
    from azure_hotpatch.operations.durable import decisions, waves

    if not decisions.resume(client, name, operator()):
        by = waves.one(client, name).resumed
        say(f"{name} is not stopped{f': {by} let it go on' if by else ''}; it is followed here")


def open_gate(store: "WaveStore", name: str, why: str, poll: float) -> int:
    """Let a wave go on past the closed gate that stopped it, and follow it; the exit code."""
    from azure_hotpatch.cli.patching.record import keep_decision
    from azure_hotpatch.operations.durable import decisions, waves

    def opened(client: "DBOSClient") -> None:
        ring = decisions.closed_gate(client, name)
        gate = {"wave": name, "ring": ring, "closed": waves.one(client, name).stopped, "why": why}
        keep_decision("gate-opened", gate)  # before it goes on
        decisions.open_gate(client, name, operator(), why)

    return _go_on(store, name, poll, opened)


def end(store: "WaveStore", name: str, why: str) -> None:
    """End a wave for good."""
    from azure_hotpatch.cli.patching.record import keep_decision
    from azure_hotpatch.cli.patching.wave_session import looking
    from azure_hotpatch.operations.durable import decisions, waves
    from azure_hotpatch.operations.durable.turn import turn_of

    with looking(store) as client:
        with turn_of(client):
            found = waves.one(client, name)
            if found.is_over and not found.stopped:
                raise Failure(f"the wave {name} is over already")
            if not found.finished:
                keep_decision("wave-ended", {"wave": name, "stopped": found.stopped or "", "why": why})
            is_first = decisions.finish(client, name, f"ended by {operator()}: {why}")
        stopped, running = waves.one(client, name).stopped, waves.states(client, name).get("running", 0)
    typer.echo(line(f"The wave {name} does not go on: {stopped}."))
    if not is_first:
        typer.echo("It was ended before; your reason is not kept.")
    if running:
        typer.echo(f"{counted(running, 'installation')} under way in Azure will go on there.")


def _go_on(store: "WaveStore", name: str, poll: float, decide: "Callable[[DBOSClient], None]") -> int:
    from azure_hotpatch.cli.patching.session import follow, show_summary
    from azure_hotpatch.cli.patching.wave_session import looking, working
    from azure_hotpatch.operations.durable import decisions, waves
    from azure_hotpatch.operations.durable.turn import turn_of

    with looking(store) as client:
        waves.one(client, name)
    with working(store, poll) as work:
        with turn_of(work.client):
            decide(work.client)
        plan = waves.plan_of(work.client, name)
        summary = follow(work, plan)
        while decisions.must_go_on(work.client, name):
            with turn_of(work.client):
                decisions.resume(work.client, name, operator())
            summary = follow(work, plan)
        show_summary(work.client, summary)
    return int(summary.exit_code)
