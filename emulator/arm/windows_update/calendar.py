"""The calendar of one server generation: recorded releases, planned ones, and the newest at a moment."""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cache
from importlib.resources import files

from azure_hotpatch.emulator.arm.windows_update.patch_days import following, is_baseline, patch_day
from azure_hotpatch.emulator.arm.windows_update.releases import HOTPATCHES, RESTARTING, UpdateKind, WindowsUpdate

GENERATIONS = ("2022", "2025")  # those that are hotpatched
SERVERS = (*GENERATIONS, "")
_FIRST_PLANNED = date(2021, 1, 1)  # of the servers that the record does not have
_LAST_PLANNED = date(2100, 1, 1)
_MONTHLY = frozenset({UpdateKind.BASELINE, UpdateKind.HOTPATCH, UpdateKind.CUMULATIVE})
_A_MONTH = 60  # revisions; about what a month has brought


class UpdateCalendar:
    """Releases in their order. What is newest at a moment is found by bisection, fast for thousands of machines."""

    def __init__(self, releases: Iterable[WindowsUpdate]) -> None:
        self.releases = tuple(sorted(releases, key=lambda one: one.order))
        self._baselines = _Newest(self.releases, lambda one: one.kind is UpdateKind.BASELINE)
        self._hotpatches = _Newest(self.releases, lambda one: one.kind in HOTPATCHES)
        self._powershell = _Newest(self.releases, lambda one: one.kind is UpdateKind.POWERSHELL)
        self._security = _Newest(self.releases, lambda one: one.restarts and one.classification == "Security")
        self._restarting = _Newest(self.releases, lambda one: one.restarts)
        self._mistaken = tuple(one for one in self.releases if one.offered_to_hotpatch_until)
        self._times = [one.published for one in self.releases]
        self._by_kb = {one.kb: one for one in self.releases}
        self._by_build = {one.build: one for one in reversed(self.releases) if one.restarts}

    def find(self, kb: str) -> WindowsUpdate | None:
        return self._by_kb.get(kb)

    def of_build(self, build: str) -> WindowsUpdate | None:
        """The update that brought a build and restarted for it, the first where there are several."""
        return self._by_build.get(build) if build else None

    def baseline(self, now: datetime) -> WindowsUpdate | None:
        """The newest baseline that is out."""
        return self._baselines.at(now)

    def next_baseline(self, day: date) -> WindowsUpdate | None:
        return self._baselines.after(day)

    def hotpatch(self, now: datetime) -> WindowsUpdate | None:
        return self._hotpatches.at(now)

    def powershell(self, now: datetime) -> WindowsUpdate | None:
        return self._powershell.at(now)

    def security(self, now: datetime) -> WindowsUpdate | None:
        """The newest cumulative update that closes a hole."""
        return self._security.at(now)

    def restarting(self, now: datetime) -> WindowsUpdate | None:
        """The newest cumulative update, be it an optional one."""
        return self._restarting.at(now)

    def mistaken(self, now: datetime) -> WindowsUpdate | None:
        """What hotpatch machines are being offered by mistake."""
        return next((one for one in self._mistaken if one.published <= now < _end_of_mistake(one)), None)

    def between(self, before: datetime, after: datetime) -> Iterator[WindowsUpdate]:
        first, last = bisect_right(self._times, before), bisect_right(self._times, after)
        return iter(self.releases[first:last])


class _Newest:
    def __init__(self, releases: Iterable[WindowsUpdate], wanted: Callable[[WindowsUpdate], bool]) -> None:
        self._found = tuple(one for one in releases if wanted(one))
        self._times = [one.published for one in self._found]
        self._days = [one.day for one in self._found]

    def at(self, now: datetime) -> WindowsUpdate | None:
        place = bisect_right(self._times, now)
        return self._found[place - 1] if place else None

    def after(self, day: date) -> WindowsUpdate | None:
        place = bisect_right(self._days, day)
        return self._found[place] if place < len(self._found) else None


def _end_of_mistake(release: WindowsUpdate) -> datetime:
    until = release.offered_to_hotpatch_until or release.day
    return release.published.replace(year=until.year, month=until.month, day=until.day)


def release(row: dict[str, str]) -> WindowsUpdate:
    """A release as a row of the data, or of an event file, has it."""
    until = row.get("offeredToHotpatchUntil")
    return WindowsUpdate(
        date.fromisoformat(row["day"]),
        row["server"],
        UpdateKind(row["kind"]),
        row["kb"],
        row.get("build", ""),
        row.get("classification", "Security"),
        offered_to_hotpatch_until=date.fromisoformat(until) if until else None,
    )


@cache
def recorded() -> tuple[WindowsUpdate, ...]:
    """The record: calendar.json beside this file, which names the source of each row."""
    text = (files(__package__) / "calendar.json").read_text(encoding="utf-8")
    return tuple(release(row) for row in json.loads(text)["releases"])


def calendars(extra: tuple[WindowsUpdate, ...] = ()) -> dict[str, UpdateCalendar]:
    """A calendar for each server; what is in `extra` takes the place of what was recorded or planned for its month."""
    return {server: UpdateCalendar(_with_extra(server, extra)) for server in SERVERS}


def _with_extra(server: str, extra: tuple[WindowsUpdate, ...]) -> Iterator[WindowsUpdate]:
    own = [one for one in extra if one.server == server]
    replaced = {(_month(one.day), kind) for one in own for kind in _replaces(one.kind)}
    known = [one for one in recorded() if one.server == server]
    for one in (*known, *_planned(server, known)):
        if (_month(one.day), one.kind) not in replaced:
            yield one
    yield from own


def _replaces(kind: UpdateKind) -> frozenset[UpdateKind]:
    if kind is UpdateKind.BASELINE:
        return _MONTHLY
    return frozenset({kind, UpdateKind.BASELINE}) if kind in _MONTHLY else frozenset()


def _planned(server: str, known: list[WindowsUpdate]) -> Iterator[WindowsUpdate]:
    """What follows the record: baselines in their months, a hotpatch and a cumulative update in the others."""
    last = max((one for one in known if one.kind in RESTARTING), key=lambda one: one.order, default=None)
    month = following(last.day) if last else _FIRST_PLANNED
    number, _, newest = last.build.partition(".") if last else ("", "", "0")
    for count in range(1, (_LAST_PLANNED.year - month.year) * 12):
        build = f"{number}.{int(newest) + count * _A_MONTH}" if number else ""
        yield from _planned_month(server, month, build)
        month = following(month)


def _planned_month(server: str, month: date, build: str) -> Iterator[WindowsUpdate]:
    day, mark = patch_day(month), f"{month:%y%m}{server[2:3] or '1'}{server[3:] or '6'}"
    if not server or not is_baseline(month):
        yield WindowsUpdate(day, server, UpdateKind.CUMULATIVE, f"KB8{mark}", build, recorded=False)
    if server:
        kind = UpdateKind.BASELINE if is_baseline(month) else UpdateKind.HOTPATCH
        digit = "8" if kind is UpdateKind.BASELINE else "7"
        lower = build if kind is UpdateKind.BASELINE else _lower(build)
        yield WindowsUpdate(day, server, kind, f"KB{digit}{mark}", lower, recorded=False)


def _lower(build: str) -> str:
    """A hotpatch's build is a little below the cumulative update's of the same day."""
    number, _, newest = build.partition(".")
    return f"{number}.{int(newest) - _A_MONTH // 2}"


def _month(day: date) -> date:
    return day.replace(day=1)
