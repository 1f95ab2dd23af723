"""The track of a machine, and the updates of the system that it is offered there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from azure_hotpatch.emulator.arm.windows_update.calendar import UpdateCalendar
from azure_hotpatch.emulator.arm.windows_update.packages import Packages, order
from azure_hotpatch.emulator.arm.windows_update.releases import WindowsUpdate

HOTPATCH, CUMULATIVE, FALLEN = "hotpatch", "cumulative", "fallen off"


@dataclass(frozen=True, slots=True)
class OfferedTrack:
    """`by` is the KB that keeps an enrolled machine off its track, `until` the day of the baseline that ends it."""

    name: str
    by: str = ""
    until: date | None = None


def track(calendar: UpdateCalendar, packages: Packages, now: datetime, *, enrolled: bool) -> OfferedTrack:
    """The track of a machine now; `enrolled` says whether hotpatch is on for it."""
    if not enrolled:
        return OfferedTrack(CUMULATIVE)
    baseline, has = calendar.baseline(now), packages.cumulative()
    if baseline is None or has is None or _is_on(baseline, packages):
        return OfferedTrack(HOTPATCH)
    if order(has) < baseline.order:
        newest = calendar.security(now)
        if newest == baseline:
            return OfferedTrack(
                FALLEN, baseline.kb, baseline.day
            )  # it is out, and installing it is all that is missing
        return OfferedTrack(FALLEN, baseline.kb, _next(calendar, now.date()))
    return OfferedTrack(FALLEN, packages.strayed_by(), _next(calendar, order(has)[0]))


def offered(calendar: UpdateCalendar, packages: Packages, now: datetime, *, enrolled: bool) -> Iterator[WindowsUpdate]:
    """The system's updates that a machine is offered now, already installed ones among them.

    A hotpatch is for machines whose last cumulative update is the current baseline itself. A machine behind it is
    offered the newest cumulative update, as is one that took a later update with a restart ("Troubleshoot hotpatch
    failures on Azure VMs"; KB5070881 of October 2025).
    """
    baseline = calendar.baseline(now)
    if enrolled and baseline and _is_on(baseline, packages):
        mistaken = calendar.mistaken(now)
        yield from [mistaken] if mistaken else _hotpatches(calendar, baseline, now)
        return
    security, newest = calendar.security(now), calendar.restarting(now)
    level = packages.cumulative()
    yield from (one for one in dict.fromkeys((security, newest)) if one and (level is None or one.order > order(level)))


def _hotpatches(calendar: UpdateCalendar, baseline: WindowsUpdate, now: datetime) -> Iterator[WindowsUpdate]:
    for newest in (calendar.hotpatch(now), calendar.powershell(now)):
        if newest and newest.day > baseline.day:
            yield newest


def _is_on(baseline: WindowsUpdate, packages: Packages) -> bool:
    level = packages.cumulative()
    return level is not None and level["kb"] == baseline.kb


def _next(calendar: UpdateCalendar, day: date) -> date | None:
    found = calendar.next_baseline(day)
    return found.day if found else None
