"""The restart budget judged the long way: every day walked, every set of months tried, every half hour compared.

It shares no code with the product, so that the two can be held against each other.
"""

import re
from bisect import bisect_right
from calendar import monthrange
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any

Restart = tuple[bool, tuple[tuple[datetime, datetime], ...], str]  # certain, the spans it may come in, the clock
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMED = {
    "saturdayAfterPatchTuesday": "Month Second Tuesday Offset4",
    "saturdayAfterBaseline": "3Months Second Tuesday Offset4",
}
_WEEKS = {"First": 1, "Second": 2, "Third": 3, "Fourth": 4}


def first_breaches(raw: dict[str, Any], today: date) -> dict[tuple[str, tuple[str, ...]], date]:
    """The day of the first breach by setting and machines."""
    budget, machines = raw["maintenance"]["restartBudget"], _machines(raw)
    restarts = {one["name"]: _restarts(raw, one, today) for one in machines}
    found: dict[tuple[str, tuple[str, ...]], date | None] = {}
    for one in machines:
        name = one["name"]
        found["perYear", (name,)] = _too_many(restarts[name], budget["perYear"], budget["unplannedBaselines"])
        found["notInLastDaysOfMonth", (name,)] = _late(restarts[name], budget.get("notInLastDaysOfMonth", 0))
    for index, names in enumerate(budget.get("apart", ())):
        taken = [one for one in machines if one["name"] in names or one["group"] in names]
        for one, other in combinations(taken, 2):
            if not _azure_parts(one, other):
                pair = (one["name"], other["name"])
                found[f"apart[{index}]", pair] = _together(restarts[pair[0]], restarts[pair[1]])
    return {key: day for key, day in found.items() if day}


def _machines(raw: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for kind in ("machines", "azureLocal"):
        for group in raw["fleet"][kind]:
            count = group.get("count")
            for number in range(count or 1):
                zones = group.get("zones")
                name = f"{group['name']}-{number + 1:02}" if count else group["name"]
                zone = zones[number % len(zones)] if zones else None
                found.append({**group, "name": name, "group": group["name"], "zone": zone, "local": kind != "machines"})
    return found


def _azure_parts(one: dict[str, Any], other: dict[str, Any]) -> bool:
    both = [machine.get("patchingMode") in ("hotpatch", "azureManaged") for machine in (one, other)]
    if not all(both):
        return False
    places = {one["location"], other["location"]}
    zones = {one["zone"], other["zone"]}
    return places == {"westeurope", "northeurope"} or (len(places) == 1 and len(zones) == 2 and None not in zones)


def _restarts(raw: dict[str, Any], machine: dict[str, Any], today: date) -> list[Restart]:
    mode = machine.get("patchingMode")
    setting = "IfRequired" if machine["local"] else raw["maintenance"]["rebootSetting"]
    schedule = raw["maintenance"].get("schedule") if mode == "customerManagedSchedule" else None
    if mode == "paused" or setting == "Never" or (schedule and schedule["excludeKbsRequiringReboot"]):
        return []
    found: dict[Any, Restart] = {}
    for released, baseline in _releases(raw, machine.get("image", "2022"), today):
        monthly = mode in ("azureManaged", "customerManagedSchedule") or setting == "Always"
        spans, clock = _spans(machine, schedule, released)
        if spans:
            key = spans if schedule else released
            certain = baseline or monthly or (key in found and found[key][0])
            found[key] = (certain, spans, clock)
    return list(found.values())


def _releases(raw: dict[str, Any], image: str, today: date) -> list[tuple[date, bool]]:
    announced = {event["day"] for event in raw["calendar"]["events"] if image.startswith(event["generation"])}
    found: list[tuple[date, bool]] = []
    day = today
    while len(found) < 24:
        if day.weekday() == 1 and 8 <= day.day <= 14:
            found.append((day, day.month in (1, 4, 7, 10) or day.isoformat() in announced))
        day += timedelta(days=1)
    return found


def _spans(machine: dict[str, Any], schedule: dict[str, Any] | None, released: date) -> tuple[Any, str]:
    midnight = datetime(released.year, released.month, released.day)
    if machine["local"]:
        by, clock = machine["orchestration"], f"local {machine['location']}"
        if by.get("updateSetting") == "manual":
            return ((midnight, midnight),), f"a person {machine['name']}"
        day, hour = by.get("installDay", "daily"), by.get("installHour", 3)
        days = (midnight + timedelta(days=n, hours=hour) for n in range(20))
        openings = [one for one in days if day in ("daily", _WEEKDAYS[one.weekday()])]
        return _first_after(openings, midnight, (5, 32), timedelta(hours=1)), clock
    if not schedule:
        return ((midnight, midnight + timedelta(days=30, hours=23, minutes=59)),), f"azure {machine['location']}"
    hours, minutes = schedule["duration"].split(":")
    lasts = timedelta(hours=int(hours), minutes=int(minutes))
    out = (17, 18) if schedule["timeZone"] == "UTC" else (5, 32)
    return _first_after(_openings(schedule, midnight), midnight, out, lasts), schedule["timeZone"]


def _first_after(openings: list[datetime], midnight: datetime, out: tuple[int, int], lasts: timedelta) -> Any:
    """The window that catches a release, for every quarter of an hour at which it may come out."""
    caught: set[datetime] = set()
    for quarter in range(out[0] * 4, out[1] * 4 + 1):
        moment = midnight + timedelta(minutes=15 * quarter)
        caught.update([*filter(moment.__le__, openings)][:1])
    return tuple((one, one + lasts) for one in sorted(caught))


def _openings(schedule: dict[str, Any], midnight: datetime) -> list[datetime]:
    start = datetime.fromisoformat(schedule["start"])
    end = datetime.fromisoformat(schedule["expires"]) if "expires" in schedule else datetime.max
    found, day = [], max(midnight, start.replace(hour=0, minute=0))
    recurrence = _NAMED.get(schedule["recurrence"], schedule["recurrence"])
    for _ in range(150):
        moment = day.replace(hour=start.hour, minute=start.minute)
        if start <= moment < end and _falls(recurrence, start.date(), day.date()):
            found.append(moment)
        day += timedelta(days=1)
    return found


def _falls(recurrence: str, start: date, day: date) -> bool:
    head, _, rest = recurrence.partition(" ")
    (number, unit) = re.findall(r"^(\d*)([A-Z][a-z]+?)s?$", head)[0]
    every = int(number or 1)
    if unit == "Day":
        return (day - start).days % every == 0
    if unit == "Week":
        weeks = (day - timedelta(days=day.weekday()) - start + timedelta(days=start.weekday())).days // 7
        return weeks % every == 0 and _WEEKDAYS[day.weekday()] in rest.split(",")
    words = rest.split(" Offset")
    day -= timedelta(days=int(words[1]) if len(words) == 2 else 0)
    if ((day.year - start.year) * 12 + day.month - start.month) % every:
        return False
    if rest.startswith("day"):
        return day.day == int(rest[3:])
    week, weekday = words[0].split()
    last = day.day + 7 > monthrange(day.year, day.month)[1]
    in_week = last if week == "Last" else (day.day + 6) // 7 == _WEEKS[week]
    return _WEEKDAYS[day.weekday()] == weekday and in_week


def _days(restart: Restart) -> list[date]:
    found = []
    for first, last in restart[1]:
        day = first.date()
        while day <= last.date():
            found.append(day)
            day += timedelta(days=1)
    return found


def _too_many(restarts: list[Restart], allowed: int, unplanned: int) -> date | None:
    """The first day, over the years, on which some set of unplanned baselines makes one restart too many."""
    days = [(restart[0], _days(restart)) for restart in restarts]
    for year in sorted({day.year for _, several in days for day in several}):
        inside = [(certain, [day for day in several if day.year == year]) for certain, several in days]
        certain = [several[0] for is_certain, several in inside if is_certain and several]
        possible = [several[0] for is_certain, several in inside if not is_certain and several]
        tried = (sorted([*certain, *some]) for n in range(unplanned + 1) for some in combinations(possible, n))
        broken = [dates[allowed] for dates in tried if len(dates) > allowed]
        if broken:
            return min(broken)
    return None


def _late(restarts: list[Restart], free: int) -> date | None:
    judged = (day for restart in restarts if not restart[2].startswith("a person") for day in _days(restart))
    return min((day for day in judged if (day + timedelta(days=free)).month != day.month), default=None)


def _together(restarts: list[Restart], others: list[Restart]) -> date | None:
    met = []
    walked = [[(_ticks(one), one[2]) for one in several if one[2][:8] != "a person"] for several in (restarts, others)]
    for ticks, clock in walked[0]:
        for further, other_clock in walked[1]:
            met += _near(ticks, further, timedelta(hours=1 if clock == other_clock else 27))
    return min(met).date() if met else None


def _ticks(restart: Restart) -> list[datetime]:
    found = []
    for first, last in restart[1]:
        tick = first
        while tick < last:
            found.append(tick)
            tick += timedelta(minutes=30)
        found.append(last)
    return found


def _near(ticks: list[datetime], others: list[datetime], near: timedelta) -> list[datetime]:
    """The first moment at which both may have restarted, if they can do so within the time."""
    if ticks[-1] + near <= others[0] or others[-1] + near <= ticks[0]:
        return []
    for tick in ticks:
        place = bisect_right(others, tick - near)
        if place < len(others) and others[place] < tick + near:
            return [max(tick, others[place])]
    return []
