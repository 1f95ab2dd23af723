"""Validate a stack's restart budget against the calendar, and report what may break it as a mistake in the settings."""

from collections.abc import Iterator
from datetime import date

from azure_hotpatch.domain.azure.calendar import CALENDAR, Calendar
from azure_hotpatch.domain.azure.nearest import nearest
from azure_hotpatch.domain.restarts.budget import Breach, breaches
from azure_hotpatch.domain.restarts.machine import PatchedMachine
from azure_hotpatch.domain.restarts.stack_machines import machines_of
from azure_hotpatch.domain.settings import StackSettings
from azure_hotpatch.domain.settings.budget import RestartBudget
from azure_hotpatch.domain.vocabulary.problem import Problem

_PATH = "maintenance.restartBudget"
_ALLOWED = {
    "perYear": "more restarts a year, hotpatch, or fewer windows",
    "notInLastDaysOfMonth": "a schedule whose windows all open earlier in the month, for machines without hotpatch",
    "apart": "zones of one region or paired regions with mode hotpatch or azureManaged, or windows apart",
}


def budget_problems(settings: StackSettings, today: date, calendar: Calendar = CALENDAR) -> list[Problem]:
    """What may break the budget of a stack by the calendar as of `today`, once for each setting and group.

    The releases in the stack's settings are added to the calendar.
    """
    budget = settings.maintenance.restart_budget
    if budget is None:
        return []
    machines = machines_of(settings)
    groups = {machine.name: machine.group for machine in machines}
    found: dict[tuple[str, ...], Problem] = {}
    for breach in breaches(budget, machines, today, settings.calendar.extended(calendar)):
        key = (breach.setting, *(groups[name] for name in breach.machines))
        found.setdefault(key, _problem(breach))
    return [*_unknown_names(budget, machines), *found.values()]


def _problem(breach: Breach) -> Problem:
    return Problem(f"{_PATH}.{breach.setting}", breach.message, allowed=_ALLOWED[breach.setting.partition("[")[0]])


def _unknown_names(budget: RestartBudget, machines: tuple[PatchedMachine, ...]) -> Iterator[Problem]:
    known = tuple(dict.fromkeys(name for machine in machines for name in (machine.group, machine.name)))
    for index, names in enumerate(budget.apart):
        taken = [machine for machine in machines if {machine.name, machine.group} & set(names)]
        for place, name in enumerate(names):
            if name not in known:
                path = f"{_PATH}.apart[{index}][{place}]"
                yield Problem(path, "no machine and no group has this name", repr(name), meant=nearest(name, known))
        if len(taken) < 2 and set(names) <= set(known):
            yield Problem(f"{_PATH}.apart[{index}]", "it names one machine only", repr(names[0]))
