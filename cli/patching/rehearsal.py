"""A wave rehearsed: the same plan, worker and requests, in an emulated Azure of this command's own and its own time."""

import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import typer

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.patching import emulated_machines
from azure_hotpatch.cli.patching.emulated_machines import MachineCopy
from azure_hotpatch.cli.patching.identity import operator
from azure_hotpatch.cli.patching.progress import counting
from azure_hotpatch.cli.patching.rehearsal_clock import CountedThreads, RehearsalClock
from azure_hotpatch.cli.patching.script_record import ScriptRecord, connection_to
from azure_hotpatch.cli.patching.session import show_end
from azure_hotpatch.domain.azure.calendar import Calendar
from azure_hotpatch.domain.counting import first_of
from azure_hotpatch.domain.printable import line
from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.served.background import NotServedError, ServedAzure, serving
from azure_hotpatch.operations.clients.connection import CONNECTIONS, Connection
from azure_hotpatch.operations.clients.tap import OwnSource
from azure_hotpatch.operations.durable import waves
from azure_hotpatch.operations.durable.runtime import Pace, WaveRuntime
from azure_hotpatch.operations.durable.wave_store import store_of
from azure_hotpatch.operations.durable.worker import running
from azure_hotpatch.operations.install.outcome import Exit, MachineOutcome, summary_of
from azure_hotpatch.operations.install.plan import Plan
from azure_hotpatch.operations.install.wave_settings import WaveSettings

_LOOK_SECONDS = 0.2
_MOST_NAMES = 3
# The wave's plan, for the machines that were stored, as the emulated Azure has them.
Planning = Callable[[Connection, Sequence[MachineCopy]], Plan]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What is rehearsed as of `now`; with `durations` installations take their time, else they end when asked about."""

    copies: Sequence[MachineCopy]
    planning: Planning
    pace: Pace
    now: datetime
    calendar: Calendar
    durations: bool = False


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A wave that was carried out: what scripts printed by machine, and when installations ended, by their id."""

    plan: Plan
    outcomes: Sequence[MachineOutcome]
    why: str
    printed: Mapping[str, Sequence[str]]
    ends: Mapping[str, str]


def rehearse(wanted: Rehearsal, show: Callable[[Rehearsed], None], not_rehearsed: str) -> int:
    """Seed an emulated Azure with the copies, carry the wave out there, and show how it went; the exit code.

    Nothing of it is kept: Azure, the store of waves and the journal are as they were.
    """
    begun = time.monotonic()
    typer.echo("\nRehearsal, in an emulated Azure of this command's own: nothing in Azure is changed.")
    with TemporaryDirectory(prefix="hotpatch-rehearsal-") as folder, _azure(Path(folder), wanted) as azure:
        copies = _seeded(azure, wanted.copies)
        _show_assumptions(emulated_machines.fill(_memory(Path(folder)), copies))
        found = _carried_out(azure, Path(folder), wanted, copies)
    show(found)
    summary = summary_of(found.plan.id, found.outcomes, found.why)
    show_end(summary, "rehearsal", f"The wave would end early: {summary.why}.")
    typer.echo(f"Not rehearsed: {not_rehearsed}.")
    typer.echo(f"Rehearsed in {time.monotonic() - begun:.0f} s. Nothing in Azure was changed, and nothing is kept.")
    return int(summary.exit_code or (Exit.STOPPED if len(found.plan.machines) < len(wanted.copies) else Exit.DONE))


def alone(settings: WaveSettings) -> WaveSettings:
    """A wave's settings without what asks a person or a service of theirs."""
    gate = settings.gate
    if gate and (gate.command or gate.url):
        typer.echo("Note: the gate's command and address are not asked in a rehearsal.")
        gate = gate.model_copy(update={"command": (), "url": None}) if gate.vm_agent else None
    return settings.model_copy(update={"gate": gate, "ask_after_canary": False})


def _memory(folder: Path) -> Path:
    return folder / "azure.sqlite"


@contextmanager
def _azure(folder: Path, wanted: Rehearsal) -> Iterator[ServedAzure]:
    settings = {
        "start": None if wanted.durations else wanted.now,  # with them, at the plan's own times: from this moment on
        "events": emulated_machines.events(wanted.calendar, wanted.now),
        "throttling": False,
        "durations": wanted.durations,
    }
    with ExitStack() as stack:
        try:
            azure = stack.enter_context(serving(folder, _memory(folder), **settings))
        except (NotServedError, OSError) as error:
            raise Failure(f"the rehearsal cannot be served: {error}") from None
        yield azure


def _seeded(azure: ServedAzure, copies: Sequence[MachineCopy]) -> list[MachineCopy]:
    """Store the machines, as `hotpatch azure seed` does; those that it takes. Raises Failure if there are none."""
    trust = ssl.create_default_context(cafile=str(azure.authority))
    rows = [emulated_machines.body(one) for one in copies]
    answer = httpx.post(f"{azure.url}/emulator/seed", json=rows, verify=trust, trust_env=False, timeout=120)
    answer.raise_for_status()
    skipped = {one["id"]: one["reason"] for one in answer.json()["skipped"]}
    for identifier, reason in skipped.items():
        typer.echo(line(f"Not rehearsed: {identifier}: {reason}"))
    if not (taken := [one for one in copies if one.machine.id not in skipped]):
        raise Failure("no machine can be rehearsed: the emulated Azure takes none of them")
    return taken


def _carried_out(azure: ServedAzure, folder: Path, wanted: Rehearsal, copies: Sequence[MachineCopy]) -> Rehearsed:
    record, store = ScriptRecord(), store_of(str(folder / "waves.sqlite"), None)
    connection = connection_to(azure.url, azure.authority, record)
    with closing(Store(_memory(folder))) as memory, running(store, connection, wanted.pace) as runtime:
        plan = wanted.planning(connection, copies)
        _set_clock(runtime, plan.id, memory)
        waves.begin(runtime.client, plan, operator())
        with counting("rehearsing", len(plan.machines)) as tell:
            while not waves.one(runtime.client, plan.id).is_over:
                tell(waves.states(runtime.client, plan.id).get("ended", 0))
                time.sleep(_LOOK_SECONDS)
        outcomes = list(waves.outcomes(runtime.client, plan))
        why = waves.why_ended(runtime.client, plan.id)
        return Rehearsed(plan, outcomes, why, record.printed, emulated_machines.ends(memory, copies))


def _set_clock(runtime: WaveRuntime, wave: str, memory: Store) -> None:
    """Let the wave and the emulated Azure live by one clock, which nobody moves while a machine's turn is under way."""
    threads = CountedThreads(CONNECTIONS, "azure")
    runtime.threads = threads

    def is_busy() -> bool:
        return threads.are_busy or waves.states(runtime.client, wave).get("queued", 0) > 0

    def moved(seconds: float) -> None:
        with memory.transaction() as tx:  # alone: what Azure itself would patch meanwhile is not rehearsed
            tx.move_clock(timedelta(seconds=seconds))

    clock = RehearsalClock(is_busy, moved)
    runtime.now, runtime.sleep = clock.now, clock.sleep
    runtime.source = lambda _name, limit: OwnSource(clock.monotonic, limit)


def _show_assumptions(found: Sequence[tuple[str, str]]) -> None:
    """Each assumption once, with its machines."""
    by_words = sorted(found, key=lambda one: (one[1], one[0]))
    for words, pairs in groupby(by_words, key=lambda one: one[1]):
        names = [name for name, _ in pairs]
        typer.echo(line(f"Assumed of {first_of(names, _MOST_NAMES)}: {words}."))
