"""Run a stack's machines, and the same machines without hotpatch, through the emulator's time."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from azure_hotpatch.cli.replay import bodies
from azure_hotpatch.cli.replay.emulated import EmulatedAzure
from azure_hotpatch.cli.replay.schedule import moved_back
from azure_hotpatch.domain.azure.calendar import FIRST_MONTH, month_after
from azure_hotpatch.domain.azure.maintenance import occurrences, parse_moment, parse_recurrence
from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.restarts import PatchedMachine, machines_of, without_hotpatch
from azure_hotpatch.domain.settings import MachineGroup, Schedule, StackSettings
from azure_hotpatch.emulator.arm.windows_update.events import EventFile
from azure_hotpatch.operations.foresee.lived import InstallationRun, Life
from azure_hotpatch.operations.foresee.zones import zone_of

_KB = re.compile(r"KB\d{6,7}")
# A schedule's start must not be past in any time zone.
_AHEAD = timedelta(days=1)
Progress = Callable[[str], None]
Planned = tuple[PatchedMachine, MachineGroup, int, PatchingMode]


def live_through(
    settings: StackSettings, first: date, last: date, events: EventFile | None, progress: Progress
) -> tuple[list[Life], list[Life]]:
    """The lives of a stack's virtual machines and of their twins, from one day to another."""
    own = list(_planned(settings))
    twins = [(without_hotpatch(machine), group, index, _twin(mode)) for machine, group, index, mode in own]
    return (
        _lives(settings, own, first, last, events, lambda month: progress(f"the stack: {month}")),
        _lives(settings, twins, first, last, events, lambda month: progress(f"its twin without hotpatch: {month}")),
    )


def _planned(settings: StackSettings) -> Iterator[Planned]:
    machines = {machine.name: machine for machine in machines_of(settings)}
    for group in settings.fleet.machines:
        for index, name in enumerate(group.machine_names(settings.naming.digits)):
            yield machines[name], group, index, settings.mode(group)


def _twin(mode: PatchingMode) -> PatchingMode:
    return PatchingMode.AZURE_MANAGED if mode is PatchingMode.HOTPATCH else mode


def _lives(
    settings: StackSettings,
    planned: list[Planned],
    first: date,
    last: date,
    events: EventFile | None,
    progress: Progress,
) -> list[Life]:
    start = datetime.combine(first, time(), UTC)
    azure = EmulatedAzure(start - _AHEAD, events)
    schedule = _schedule(settings, planned, start)
    for request in bodies.around(settings, schedule):
        azure.put(*request)
    waiting = [(max(first, FIRST_MONTH[one[0].generation]), one) for one in planned]
    for day in _days(first, last, [born for born, _ in waiting]):
        azure.move_to(datetime.combine(day, time(1), UTC))
        for _, (machine, group, index, mode) in (item for item in waiting if item[0] == day):
            for request in bodies.machine(settings, group, index, machine.name, mode):
                azure.put(*request)
        progress(f"{day:%B %Y}")
    runs = _runs(azure)
    windows = _windows(schedule, start, datetime.combine(last, time(1), UTC)) if schedule else ()
    return [
        Life(machine, born, last, runs.get(machine.name, ()), windows if machine.schedule else ())
        for born, (machine, *_) in waiting
        if born <= last
    ]


def _schedule(settings: StackSettings, planned: list[Planned], start: datetime) -> Schedule | None:
    used = any(mode is PatchingMode.CUSTOMER_MANAGED_SCHEDULE for *_, mode in planned)
    schedule = settings.maintenance.schedule
    return moved_back(schedule, start.replace(tzinfo=None)) if used and schedule else None


def _days(first: date, last: date, births: list[date]) -> list[date]:
    """The days to which the clock is moved: the first of each month, those on which machines are made, the last."""
    firsts = []
    day = first
    while day <= last:
        firsts.append(day)
        day = date(*month_after(day, 1), 1)
    return sorted({*firsts, *(born for born in births if born <= last), last})


def _runs(azure: EmulatedAzure) -> dict[str, tuple[InstallationRun, ...]]:
    listed = azure.get("/emulator/installations")["value"]
    return {one["id"].rsplit("/", 1)[1]: tuple(map(_run, one["installations"])) for one in listed}


def _run(one: dict[str, Any]) -> InstallationRun:
    return InstallationRun(
        time=datetime.fromisoformat(one["time"]),
        kbs=tuple(kb for name in one["patches"] for kb in _KB.findall(name)),
        restarted=one["restarted"],
        status=one["status"],
        build=one["build"],
        scheduled=bool(one["maintenanceRunId"]),
        window_exceeded=one["windowExceeded"],
    )


def _windows(schedule: Schedule, first: datetime, last: datetime) -> tuple[datetime, ...]:
    """When the schedule's windows open, by our own reading of it, in UTC."""
    zone = zone_of(schedule.time_zone)
    until = last.replace(tzinfo=None) + timedelta(days=1)
    walls = occurrences(parse_recurrence(schedule.recur_every), parse_moment(schedule.start), until)
    moments = (wall.replace(tzinfo=zone).astimezone(UTC) for wall in walls)
    return tuple(moment for moment in moments if first + timedelta(hours=1) < moment <= last)
