"""When a maintenance window opens, in the wall time of its own zone, and how long it stays open."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from tzlocal.windows_tz import win_tz

from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.providers.maintenance.windows import NEVER_EXPIRES

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKS = ("first", "second", "third", "fourth")
_FORM = re.compile(r"(?P<every>\d*)(?P<unit>Hour|Day|Week|Month)s?(?:\s+(?P<rest>.+))?", re.IGNORECASE)
_WEEK_OF_MONTH = re.compile(r"(\w+)\s+(\w+)(?:\s+Offset(-?\d))?", re.IGNORECASE)
_NEEDED = ("startDateTime", "timeZone", "recurEvery")  # a schedule that was seeded may lack them, and never opens
_NAMES = {name.lower(): zone for name, zone in win_tz.items()}


def openings(window: Json, before: datetime, after: datetime) -> Iterator[datetime]:
    """The moments after `before`, up to `after`, at which a window opens.

    A window opens at its start only where the recurrence falls on it ("Maintenance configurations"). One that would
    open in the hour that summer time skips opens an hour later; in the hour that comes twice, the first time.
    """
    if not all(window.get(name) for name in _NEEDED):
        return
    zone = time_zone(str(window["timeZone"]))
    start, end = _moment(window["startDateTime"]), _moment(window.get("expirationDateTime") or NEVER_EXPIRES)
    for wall in _walls(str(window["recurEvery"]), start, _wall(before, zone), _wall(after, zone)):
        moment = wall.replace(tzinfo=zone).astimezone(UTC)
        if start <= wall < end and before < moment <= after:
            yield moment


def minutes(window: Json) -> int:
    """How long a window stays open."""
    hours, _, rest = str(window.get("duration", "02:00")).partition(":")
    return int(hours) * 60 + int(rest)


@cache
def time_zone(name: str) -> tzinfo:
    """The zone that Windows gives a name, in any letter case; UTC+12 and the like are there too."""
    found = _NAMES.get(name.lower())
    return ZoneInfo(found) if found else UTC


def _walls(recurrence: str, start: datetime, first: datetime, last: datetime) -> Iterator[datetime]:
    form = _FORM.fullmatch(recurrence.strip())
    if form is None:
        return
    every = int(form["every"] or 1)
    if form["unit"].lower() == "hour":
        yield from _hours(start, every, first, last)
        return
    day, rest = max(first.date(), start.date()) - timedelta(days=1), (form["rest"] or "").lower()
    while day <= last.date() + timedelta(days=1):
        if _falls_on(form["unit"].lower(), every, rest, start.date(), day):
            yield datetime.combine(day, start.time())
        day += timedelta(days=1)


def _hours(start: datetime, every: int, first: datetime, last: datetime) -> Iterator[datetime]:
    step = timedelta(hours=every)
    wall = start + step * max((first - start) // step - 1, 0)
    while wall <= last + step:
        yield wall
        wall += step


def _falls_on(unit: str, every: int, rest: str, start: date, day: date) -> bool:
    """Whether a recurrence falls on a day; days, weeks and months are counted from those of the start."""
    if unit == "day":
        return (day - start).days % every == 0
    if unit == "week":
        weeks = (_monday(day) - _monday(start)).days // 7
        names = [name.strip() for name in rest.split(",")] if rest else [_WEEKDAYS[start.weekday()]]
        return weeks % every == 0 and _WEEKDAYS[day.weekday()] in names
    if rest.startswith("day"):
        numbers = {int(one.strip().removeprefix("day")) for one in rest.split(",")}
        return _months(start, day) % every == 0 and day.day in numbers
    return _is_week_of_month(every, rest, start, day)


def _is_week_of_month(every: int, rest: str, start: date, day: date) -> bool:
    match = _WEEK_OF_MONTH.fullmatch(rest)
    if match is None:
        return False
    week, weekday, offset = match.groups()
    day -= timedelta(days=int(offset or 0))
    if _months(start, day) % every or _WEEKDAYS[day.weekday()] != weekday:
        return False
    if week == "last":
        return day.day + 7 > monthrange(day.year, day.month)[1]
    return week in _WEEKS and (day.day - 1) // 7 == _WEEKS.index(week)


def _months(start: date, day: date) -> int:
    return (day.year - start.year) * 12 + day.month - start.month


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _wall(moment: datetime, zone: tzinfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _moment(text: str) -> datetime:
    """A start or end as a maintenance configuration has it, with seconds or without."""
    form = "%Y-%m-%d %H:%M:%S" if text.count(":") == 2 else "%Y-%m-%d %H:%M"
    return datetime.strptime(text.strip(), form)
