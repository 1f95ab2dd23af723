"""A wave that takes an update back, rehearsed: the same plan, worker and script, in an emulated Azure of its own."""

import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import typer

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.patching import emulated_machines
from azure_hotpatch.cli.patching.identity import operator
from azure_hotpatch.cli.patching.progress import counting
from azure_hotpatch.cli.patching.rehearsal_clock import RehearsalClock
from azure_hotpatch.cli.patching.script_record import ScriptRecord, connection_to
from azure_hotpatch.cli.patching.session import show_end
from azure_hotpatch.cli.patching.taking_back import WaveOptions, planned_at, wave_settings
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.azure.calendar import Calendar
from azure_hotpatch.domain.printable import line
from azure_hotpatch.emulator.served.background import NotServedError, ServedAzure, serving
from azure_hotpatch.operations.clients.tap import OwnSource
from azure_hotpatch.operations.durable import waves
from azure_hotpatch.operations.durable.runtime import Pace, WaveRuntime
from azure_hotpatch.operations.durable.wave_store import store_of
from azure_hotpatch.operations.durable.worker import running
from azure_hotpatch.operations.install.outcome import Exit, MachineOutcome, summary_of
from azure_hotpatch.operations.install.plan import Plan
from azure_hotpatch.operations.install.wave_settings import WaveSettings
from azure_hotpatch.operations.rollback.outcome import ScriptAnswer, UnreadableAnswerError, answer_of
from azure_hotpatch.operations.rollback.plan import MachineRollback

_PACE = Pace(poll=0.1, settle=1.0, ring=0.1)  # the emulated Azure ends an operation when it is asked about it
_HEADS = ("machine", "ring", "the script says", "package", "restarted", "build", "outcome")
_LOOK_SECONDS = 0.2
_MOST_NAMES = 3
_NOT_REHEARSED = (
    "Not rehearsed: what Azure does not tell of a machine (its packages, DISM's failures, applications), how long "
    "Windows takes, and your rights."
)


@dataclass(frozen=True, slots=True)
class _Rehearsed:
    """A wave that was carried out, and what its scripts printed by machine."""

    plan: Plan
    outcomes: Sequence[MachineOutcome]
    why: str
    printed: Mapping[str, Sequence[str]]


def rehearse(plans: Sequence[MachineRollback], wanted: WaveOptions, now: datetime, calendar: Calendar) -> int:
    """Seed an emulated Azure with the machines, carry the wave out there, and show how it went; the exit code.

    Nothing of it is kept: Azure, the store of waves and the journal are as they were.
    """
    settings, begun = _settings(wave_settings(wanted)), time.monotonic()
    typer.echo("\nRehearsal, in an emulated Azure of this command's own: nothing in Azure is changed.")
    with TemporaryDirectory(prefix="hotpatch-rehearsal-") as folder, _azure(Path(folder), now, calendar) as azure:
        seeded = _seeded(azure, plans)
        _show_assumptions(emulated_machines.fill(Path(folder) / "azure.sqlite", seeded))
        found = _carried_out(azure, Path(folder), wanted, settings, seeded)
    _show(found)
    summary = summary_of(found.plan.id, found.outcomes, found.why)
    show_end(summary, "rehearsal", f"The wave would end early: {summary.why}.")
    typer.echo(_NOT_REHEARSED)
    typer.echo(f"Rehearsed in {time.monotonic() - begun:.0f} s. Nothing in Azure was changed, and nothing is kept.")
    return int(summary.exit_code or (Exit.STOPPED if len(found.plan.machines) < len(plans) else Exit.DONE))


def _settings(settings: WaveSettings) -> WaveSettings:
    """A wave's settings without what asks a person or a service of theirs."""
    gate = settings.gate
    if gate and (gate.command or gate.url):
        typer.echo("Note: the gate's command and address are not asked in a rehearsal.")
        gate = gate.model_copy(update={"command": (), "url": None}) if gate.vm_agent else None
    return settings.model_copy(update={"gate": gate, "ask_after_canary": False})


@contextmanager
def _azure(folder: Path, now: datetime, calendar: Calendar) -> Iterator[ServedAzure]:
    extra = emulated_machines.events(calendar, now)
    with ExitStack() as stack:
        try:
            served = serving(folder, folder / "azure.sqlite", start=now, events=extra, throttling=False)
            azure = stack.enter_context(served)
        except (NotServedError, OSError) as error:
            raise Failure(f"the rehearsal cannot be served: {error}") from None
        yield azure


def _seeded(azure: ServedAzure, plans: Sequence[MachineRollback]) -> list[MachineRollback]:
    """Store the machines, as `hotpatch azure seed` does; those that it takes. Raises Failure if there are none."""
    trust = ssl.create_default_context(cafile=str(azure.authority))
    rows = [emulated_machines.body(one) for one in plans]
    answer = httpx.post(f"{azure.url}/emulator/seed", json=rows, verify=trust, trust_env=False, timeout=120)
    answer.raise_for_status()
    skipped = {one["id"]: one["reason"] for one in answer.json()["skipped"]}
    for identifier, reason in skipped.items():
        typer.echo(line(f"Not rehearsed: {identifier}: {reason}"))
    if not (taken := [one for one in plans if one.machine.id not in skipped]):
        raise Failure("no machine can be rehearsed: the emulated Azure takes none of them")
    return taken


def _carried_out(
    azure: ServedAzure, folder: Path, wanted: WaveOptions, settings: WaveSettings, plans: Sequence[MachineRollback]
) -> _Rehearsed:
    record, clock = ScriptRecord(), RehearsalClock()
    plan = planned_at(connection_to(azure.url, azure.authority, record), wanted, settings, plans)
    store = store_of(str(folder / "waves.sqlite"), None)
    with running(store, connection_to(azure.url, azure.authority, record), _PACE) as runtime:
        _set_clock(runtime, clock)
        waves.begin(runtime.client, plan, operator())
        with counting("rehearsing", len(plan.machines)) as tell:
            while not waves.one(runtime.client, plan.id).is_over:
                tell(waves.states(runtime.client, plan.id).get("ended", 0))
                time.sleep(_LOOK_SECONDS)
        outcomes = list(waves.outcomes(runtime.client, plan))
        return _Rehearsed(plan, outcomes, waves.why_ended(runtime.client, plan.id), record.printed)


def _set_clock(runtime: WaveRuntime, clock: RehearsalClock) -> None:
    runtime.now, runtime.sleep = clock.now, clock.sleep
    runtime.source = lambda _name, limit: OwnSource(clock.monotonic, limit)


def _show_assumptions(found: Sequence[tuple[str, str]]) -> None:
    """Each assumption once, with its machines."""
    by_words = sorted(found, key=lambda one: (one[1], one[0]))
    for words, pairs in groupby(by_words, key=lambda one: one[1]):
        names = [name for name, _ in pairs]
        more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
        typer.echo(line(f"Assumed of {', '.join(names[:_MOST_NAMES])}{more}: {words}."))


def _show(found: _Rehearsed) -> None:
    targets = {machine.id: machine.take_back.target.kb for machine in found.plan.machines if machine.take_back}
    rows = [_row(one, _answers(found, one, targets[one.id])) for one in found.outcomes]
    show(_HEADS, rows)


def _answers(found: _Rehearsed, outcome: MachineOutcome, kb: str) -> list[ScriptAnswer]:
    answers = []
    for printed in found.printed.get(outcome.id.lower(), ()):
        try:
            answers.append(answer_of(printed, kb))
        except UnreadableAnswerError:  # the outcome says what was printed
            continue
    return answers


def _row(outcome: MachineOutcome, answers: Sequence[ScriptAnswer]) -> list[str]:
    said = [str(word) for word, _ in groupby(one.said for one in answers)]
    packages = next((one.packages for one in answers if one.packages), ())
    return [
        outcome.name,
        outcome.ring,
        ", then ".join(said) or "-",
        " ".join(packages) or "-",
        "yes" if outcome.reboot == "Completed" else "no",
        answers[-1].build if answers else "-",
        str(outcome.state),
    ]
