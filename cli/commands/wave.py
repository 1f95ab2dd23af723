"""`hotpatch wave`: list, show, stop, resume and end waves, stop all of them for a bad update, lift such a stop."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from azure_hotpatch.cli import known_releases
from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.json_input import read_bytes
from azure_hotpatch.cli.json_output import print_json
from azure_hotpatch.cli.patching import options
from azure_hotpatch.cli.patching.extra import needing_operations
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.printable import line

if TYPE_CHECKING:
    from azure_hotpatch.cli.patching.bans import SignedFile
    from azure_hotpatch.operations.durable.wave_store import WaveStore
    from azure_hotpatch.operations.install.outcome import MachineOutcome


class Do(StrEnum):
    """What to do."""

    LIST = "list"
    SHOW = "show"
    STOP = "stop"
    RESUME = "resume"
    CONTINUE = "continue"
    END = "end"
    BAN = "ban"
    LIFT = "lift"


def wave(
    do: Annotated[Do, typer.Argument(help="What to do; ban and lift take a signed file.")] = Do.LIST,
    what: Annotated[
        str | None, typer.Argument(metavar="WAVE|FILE", help="The wave, or the file of `ban` or `lift`.")
    ] = None,
    why: Annotated[
        str, typer.Option("--why", metavar="TEXT", help="Why it is stopped, ended, or goes on, for the record.")
    ] = "",
    allowed_signers: Annotated[
        str | None,
        typer.Option(
            "--allowed-signers",
            metavar="FILE",
            help="The allowed signers of such files, in the format of ssh-keygen(1).",
        ),
    ] = None,
    signature: Annotated[
        str | None, typer.Option("--signature", metavar="FILE", help="The signature of the file; FILE.sig by default.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write it as JSON.")] = False,
    store: options.StoreFile = None,
    database_url: options.DatabaseUrl = None,
    poll: options.Poll = 15.0,
) -> None:
    """List, show, stop and resume waves; ban a bad update, or lift it.

    `continue` lets a wave go on past a closed health gate, `end` ends it for good; both need --why.
    `resume` checks a closed gate again.
    """
    with needing_operations("wave"):
        from azure_hotpatch.cli.patching.stores import refusing, store_at

        with refusing():
            target = store_at(store, database_url)
            if do is Do.LIST:
                _list(target, as_json=as_json)
            elif what is None:
                raise Failure(
                    f"`hotpatch wave {do}` needs {'a file' if do in (Do.BAN, Do.LIFT) else 'the name of a wave'}"
                )
            elif do is Do.SHOW:
                _show(target, what, as_json=as_json)
            elif do in (Do.BAN, Do.LIFT):
                act = _ban if do is Do.BAN else _lift
                act(target, _signed(do, what, signature or f"{what}.sig", allowed_signers))
            else:
                raise typer.Exit(_decide(target, do, what, why, poll))


def _list(store: "WaveStore", *, as_json: bool) -> None:
    from azure_hotpatch.cli.patching.record import keep_results
    from azure_hotpatch.cli.patching.wave_session import looking
    from azure_hotpatch.operations.durable import waves

    with looking(store) as client:
        keep_results(client)
        found = waves.waves(client)
    keys = ("wave", "begun", "by", "machines", "status", "change", "note")
    rows = [
        (one.id, f"{one.begun:%Y-%m-%d %H:%M}", one.by, str(one.total), _status(one), one.change, one.note)
        for one in found
    ]
    if as_json:
        print_json([dict(zip(keys, row, strict=True)) for row in rows])
    else:
        show(keys, rows)


def _status(one: object) -> str:
    from azure_hotpatch.operations.durable.waves import Wave

    assert isinstance(one, Wave)  # noqa: S101 - the type is imported when it is needed
    return (
        "over"
        if one.is_over and not one.stopped
        else f"stopped: {one.stopped}"
        if one.stopped
        else one.phase or "waiting"
    )


_MACHINE_HEADS = ("machine", "ring", "result", "installed", "restart", "why")


def _machine_row(one: "MachineOutcome") -> list[str]:
    return [one.name, one.ring, one.state, " ".join(f"KB{kb}" for kb in one.kbs), one.reboot, one.message]


def _show(store: "WaveStore", name: str, *, as_json: bool) -> None:
    from azure_hotpatch.cli.patching.record import keep_results
    from azure_hotpatch.cli.patching.session import show_summary
    from azure_hotpatch.cli.patching.wave_session import looking
    from azure_hotpatch.operations.durable import waves
    from azure_hotpatch.operations.install.outcome import summary_of

    with looking(store) as client:
        keep_results(client)
        one = waves.one(client, name)
        outcomes = list(waves.outcomes(client, waves.plan_of(client, name)))
        summary = summary_of(name, outcomes, one.stopped or (waves.why_ended(client, name) if one.is_over else ""))
        if as_json:
            machines = [outcome.model_dump(mode="json", by_alias=True) for outcome in outcomes]
            print_json({"summary": summary.model_dump(mode="json", by_alias=True), "machines": machines})
            return
        show(_MACHINE_HEADS, [_machine_row(one) for one in outcomes])
        show_summary(client, summary)


def _decide(store: "WaveStore", do: Do, name: str, why: str, poll: float) -> int:
    """What a person decides about a wave; the exit code."""
    from azure_hotpatch.cli.patching import decisions

    if do in (Do.CONTINUE, Do.END) and not why.strip():
        raise Failure(f"`hotpatch wave {do}` needs --why TEXT: it is kept with your name")
    if do is Do.RESUME:
        return decisions.resume(store, name, poll)
    if do is Do.CONTINUE:
        return decisions.open_gate(store, name, why, poll)
    act = decisions.stop if do is Do.STOP else decisions.end
    act(store, name, why)
    return 0


def _signed(do: Do, file: str, signature: str, allowed: str | None) -> "SignedFile":
    from azure_hotpatch.cli.patching.bans import SignedFile

    if allowed is None:
        raise Failure(f"`hotpatch wave {do}` needs --allowed-signers FILE: who may {do} an update in all waves")
    return SignedFile(file, read_bytes(file), read_bytes(signature), Path(allowed))


def _lift(store: "WaveStore", file: "SignedFile") -> None:
    from azure_hotpatch.cli.patching.bans import lift_of, lift_stop

    lift, signer = lift_of(file)
    lift_stop(store, lift, signer)
    typer.echo(line(f"KB{lift.kb} is no longer stopped: {lift.reason} (signed by {signer})"))
    if lift.superseded_by:
        typer.echo(f"KB{lift.superseded_by} takes its place, where Azure offers it.")
    typer.echo("Waves that were stopped for it stay stopped: `hotpatch wave resume WAVE` goes on with it.")


def _ban(store: "WaveStore", file: "SignedFile") -> None:
    from azure_hotpatch.cli.patching.bans import advisory_of, stop_all
    from azure_hotpatch.cli.patching.wave_session import looking, option_of
    from azure_hotpatch.operations.install.advisory import advice

    advisory, signer = advisory_of(file)
    known = known_releases.calendar()  # before anything is stopped: its file may be unreadable
    stopped, machines = stop_all(store, advisory, signer)
    for told in advice(advisory, machines, datetime.now(UTC).date(), known):
        typer.echo(line(told))
    with looking(store) as client:
        option = option_of(client)
    for name in stopped:
        typer.echo(f"Stopped: {name}. `hotpatch wave resume {name}{option}` goes on without KB{advisory.kb}.")
    if not stopped:
        typer.echo("No wave was under way.")
