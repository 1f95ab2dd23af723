"""`hotpatch rollback --rehearse`: the wave that takes an update back, and its script, in an emulated Azure."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from azure_hotpatch.cli.patching.emulated_machines import MachineCopy
from azure_hotpatch.cli.patching.emulated_packages import copy_of
from azure_hotpatch.cli.patching.rehearsal import Rehearsal, Rehearsed, alone
from azure_hotpatch.cli.patching.rehearsal import rehearse as rehearsed
from azure_hotpatch.cli.patching.taking_back import WaveOptions, planned_at, wave_settings
from azure_hotpatch.cli.table import show
from azure_hotpatch.domain.azure.calendar import Calendar
from azure_hotpatch.operations.clients.connection import Connection
from azure_hotpatch.operations.durable.runtime import Pace
from azure_hotpatch.operations.install.outcome import MachineOutcome
from azure_hotpatch.operations.install.plan import Plan
from azure_hotpatch.operations.rollback.outcome import ScriptAnswer, UnreadableAnswerError, answer_of
from azure_hotpatch.operations.rollback.plan import MachineRollback

_PACE = Pace(poll=0.1, settle=1.0, ring=0.1)  # the emulated Azure ends an operation when it is asked about it
_HEADS = ("machine", "ring", "the script says", "package", "restarted", "build", "outcome")
_NOT_REHEARSED = (
    "what Azure does not tell of a machine (its packages, DISM's failures, applications), how long Windows takes, "
    "and your rights"
)


def rehearse(plans: Sequence[MachineRollback], wanted: WaveOptions, now: datetime, calendar: Calendar) -> int:
    """Rehearse the roll back of machines that are ready; the exit code."""
    settings, by_id = alone(wave_settings(wanted)), {one.machine.id: one for one in plans}

    def planning(connection: Connection, copies: Sequence[MachineCopy]) -> Plan:
        return planned_at(connection, wanted, settings, [by_id[one.machine.id] for one in copies])

    rehearsal = Rehearsal([copy_of(one) for one in plans], planning, _PACE, now, calendar)
    return rehearsed(rehearsal, _show, _NOT_REHEARSED)


def _show(found: Rehearsed) -> None:
    targets = {machine.id: machine.take_back.target.kb for machine in found.plan.machines if machine.take_back}
    rows = [_row(one, _answers(found, one, targets[one.id])) for one in found.outcomes]
    show(_HEADS, rows)


def _answers(found: Rehearsed, outcome: MachineOutcome, kb: str) -> list[ScriptAnswer]:
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
