"""Carrying a roll back out: the canary first, each machine read back, and no further machine after one that failed."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from azure_hotpatch.operations.machine import Machine
from azure_hotpatch.operations.rollback.outcome import (
    Result,
    Said,
    ScriptAnswer,
    UnreadableAnswerError,
    answer_of,
    result_of,
    why_not_removed,
)
from azure_hotpatch.operations.rollback.plan import MachineRollback, Way
from azure_hotpatch.operations.rollback.removal import Removal, script

Confirm = Callable[[Sequence[Result]], bool]


class Azure(Protocol):
    """What is asked of Azure. Each raises `Refused` with one line that says what to do."""

    def run(self, machine: Machine, script: str) -> str:
        """What the script printed on the machine."""

    def restart(self, machine: Machine) -> None:
        """Restart the machine, and wait until it is done."""

    def install(self, machine: Machine, kb: str) -> tuple[bool, str]:
        """Install one update, restarting if it needs it; whether it is in force, and in what words."""


class Refused(Exception):  # noqa: N818 - it is raised as an answer
    """Azure did not do what was asked; `str()` is one line with what to do."""


def carry_out(plans: Sequence[MachineRollback], azure: Azure, canary: int, go_on: Confirm) -> Iterator[Result]:
    """Do the first `canary` machines, ask `go_on` with what came of them, and do the rest; stop at a failure."""
    results: list[Result] = []
    for number, planned in enumerate(plans):
        if number == canary and not go_on(results):
            return
        results.append(_one(planned, azure))
        yield results[-1]
        if not results[-1].done:
            return


def _one(planned: MachineRollback, azure: Azure) -> Result:
    machine = planned.machine
    try:
        if planned.way is Way.FIX and planned.fix:
            done, words = azure.install(machine, planned.fix.kb)
            return Result(machine.id, done, words)
        if planned.removal:
            return _remove(machine, planned.removal, azure)
    except (Refused, UnreadableAnswerError) as error:
        return Result(machine.id, False, str(error))
    return Result(machine.id, False, "nothing was planned for it")


def _remove(machine: Machine, removal: Removal, azure: Azure) -> Result:
    first = _asked(machine, removal, azure)
    if first.said is not Said.REMOVED:
        wrong = why_not_removed(first, removal)
        return Result(machine.id, not wrong, wrong or f"{removal.kb} was not there", first.build, first.packages)
    azure.restart(machine)
    return result_of(machine.id, _asked(machine, removal, azure), removal)


def _asked(machine: Machine, removal: Removal, azure: Azure) -> ScriptAnswer:
    return answer_of(azure.run(machine, script(removal)), removal.kb)
