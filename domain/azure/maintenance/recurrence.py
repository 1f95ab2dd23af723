"""How often a maintenance window may recur: the grammar of `recurEvery`, and what Azure refuses in it.

Source: the description of `recurEvery` in the Maintenance API (2023-10-01-preview), with two corrections that Azure
makes in practice: a bare `Month` is refused, and so is anything more often than every six hours.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from azure_hotpatch.domain.azure.nearest import did_you_mean, nearest

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKS = ("First", "Second", "Third", "Fourth", "Last")
UNITS = ("Hour", "Day", "Week", "Month")
# "Managing VM updates with Maintenance Configurations", guest scope.
SHORTEST_REPEAT_HOURS = 6

_Item = TypeVar("_Item", str, int)

_FORM = re.compile(r"(?P<every>\d*)(?P<unit>[A-Z]+?)(?P<plural>s?)(?:\s+(?P<rest>\S.*))?", re.IGNORECASE)
_DAY_OF_MONTH = re.compile(r"day(?P<number>[1-9]\d*)", re.IGNORECASE)
_WEEK_OF_MONTH = re.compile(r"(?P<week>\S+)\s+(?P<weekday>[A-Za-z]+)(?:\s+(?P<offset>\S+))?")
# The description has no sign but the minus, and no leading zero.
_OFFSET = re.compile(r"Offset(?P<days>-?(?:0|[1-9]\d*))", re.IGNORECASE)
_FURTHEST_OFFSET = 6
_FORMS = (
    "Day, 3Days, Week Saturday,Sunday, 2Weeks Monday, Month day1,day15, "
    "Month Second Tuesday Offset4, 3Months Last Sunday, 6Hours"
)


class RecurrenceError(ValueError):
    """A string that is not a recurrence; the message says what is wrong, and which forms there are."""


class Unit(StrEnum):
    HOUR = "Hour"
    DAY = "Day"
    WEEK = "Week"
    MONTH = "Month"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A parsed `recurEvery`; `str()` gives the form that Azure reads.

    `weekdays` belongs to weeks; a month has either `month_days` or `week` with one of `weekdays` and `offset` (days
    to add, -6 to 6).
    """

    unit: Unit
    every: int = 1
    weekdays: tuple[str, ...] = ()
    month_days: tuple[int, ...] = ()
    week: str = ""
    offset: int = 0

    def __str__(self) -> str:
        head = self.unit.value if self.every == 1 else f"{self.every}{self.unit.value}s"
        if self.week:
            tail = f"{self.week} {self.weekdays[0]}" + (f" Offset{self.offset}" if self.offset else "")
        else:
            tail = ",".join(self.weekdays or [f"day{day}" for day in self.month_days])
        return f"{head} {tail}".rstrip()


def parse_recurrence(text: str) -> Recurrence:
    """Read `2Weeks Monday,Friday` and the like; letter case and spare blanks do not matter.

    Raises RecurrenceError.
    """
    form = _FORM.fullmatch(text.strip())
    if form is None:
        raise RecurrenceError(f"{text!r} is not a recurrence; forms: {_FORMS}")
    whole = "a recurrence" if form["unit"] == text.strip() else repr(text)
    unit = Unit(_one_of(form["unit"], UNITS, f"the unit of {whole}"))
    if form["every"].startswith("0"):
        raise RecurrenceError(f"{text!r} recurs every {form['every']}; write a number from 1, without leading zeros")
    every = int(form["every"] or 1)
    rest = (form["rest"] or "").strip()
    return _READERS[unit](text, every, rest)


def why_not_recurrence(text: str) -> str | None:
    """Say why Azure would refuse `text` as `recurEvery`, or None if it would not."""
    try:
        parse_recurrence(text)
    except RecurrenceError as error:
        return str(error)
    return None


def _hours(text: str, every: int, rest: str) -> Recurrence:
    _nothing_more(text, rest, "hours")
    if every < SHORTEST_REPEAT_HOURS:
        raise RecurrenceError(
            f"{text!r} recurs too often: Azure takes every {SHORTEST_REPEAT_HOURS} h at the most, `6Hours`"
        )
    return Recurrence(Unit.HOUR, every)


def _days(text: str, every: int, rest: str) -> Recurrence:
    _nothing_more(text, rest, "days")
    return Recurrence(Unit.DAY, every)


def _weeks(text: str, every: int, rest: str) -> Recurrence:
    names = [_one_of(name, WEEKDAYS, f"a weekday of {text!r}") for name in _listed(rest)]
    return Recurrence(Unit.WEEK, every, weekdays=_once(text, names))


def _months(text: str, every: int, rest: str) -> Recurrence:
    if not rest:
        raise RecurrenceError(
            f"{text!r} says no day: Azure refuses a month without one, though its documents show it; "
            "write `Month day1`, or `Month Second Tuesday Offset4` for the Saturday after Patch Tuesday"
        )
    if rest.lower().startswith("day"):
        return Recurrence(Unit.MONTH, every, month_days=_month_days(text, rest))
    return _week_of_month(text, every, rest)


def _month_days(text: str, rest: str) -> tuple[int, ...]:
    numbers = []
    for part in _listed(rest):
        day = _DAY_OF_MONTH.fullmatch(part)
        if day is None or not 1 <= int(day["number"]) <= 31:
            raise RecurrenceError(f"{part!r} in {text!r} is not a day of the month; allowed: day1 to day31")
        numbers.append(int(day["number"]))
    return _once(text, numbers)


def _week_of_month(text: str, every: int, rest: str) -> Recurrence:
    form = _WEEK_OF_MONTH.fullmatch(rest)
    if form is None:
        raise RecurrenceError(f"{rest!r} in {text!r} is not a week of the month; forms: {_FORMS}")
    week = _one_of(form["week"], WEEKS, f"the week of {text!r}")
    weekday = _one_of(form["weekday"], WEEKDAYS, f"the weekday of {text!r}")
    offset = _offset(text, form["offset"], week, weekday)
    return Recurrence(Unit.MONTH, every, weekdays=(weekday,), week=week, offset=offset)


def _offset(text: str, written: str | None, week: str, weekday: str) -> int:
    if written is None:
        return 0
    form = _OFFSET.fullmatch(written)
    days = int(form["days"]) if form else 0
    if form and abs(days) <= _FURTHEST_OFFSET:
        return days
    meant = _in_another_week(week, weekday, days) if form else _unsigned(week, weekday, written)
    raise RecurrenceError(
        f"{written!r} in {text!r} is not an offset; allowed: Offset-6 to Offset6, in days{did_you_mean(meant)}"
    )


def _in_another_week(week: str, weekday: str, days: int) -> str:
    """The same day counted from a later or earlier week: the second Tuesday and 9 days is the third and 2 days."""
    weeks, rest = divmod(days, 7) if days > 0 else (-(-days // 7), -(-days % 7))
    counted = WEEKS.index(week) + weeks
    if week == "Last" or not 0 <= counted < WEEKS.index("Last"):
        return ""
    return f"{WEEKS[counted]} {weekday}" + (f" Offset{rest}" if rest else "")


def _unsigned(week: str, weekday: str, written: str) -> str:
    """The offset without the plus or the leading zeros that it was written with."""
    number = re.fullmatch(r"Offset\+?0*(?P<days>\d+)", written, re.IGNORECASE)
    return f"{week} {weekday} Offset{number['days']}" if number and int(number["days"]) <= _FURTHEST_OFFSET else ""


def _one_of(word: str, allowed: tuple[str, ...], what: str) -> str:
    for name in allowed:
        if word.lower() == name.lower():
            return name
    meant = did_you_mean(nearest(word, allowed))
    raise RecurrenceError(f"{word!r} is not {what}; allowed: {', '.join(allowed)}{meant}")


def _nothing_more(text: str, rest: str, unit: str) -> None:
    if rest:
        raise RecurrenceError(f"{rest!r} in {text!r} means nothing to Azure: {unit} have no further words")


def _listed(rest: str) -> list[str]:
    return [part.strip() for part in rest.split(",")] if rest else []


def _once(text: str, items: list[_Item]) -> tuple[_Item, ...]:
    for item in items:
        if items.count(item) > 1:
            raise RecurrenceError(f"{text!r} names {item} twice")
    return tuple(items)


_READERS = {Unit.HOUR: _hours, Unit.DAY: _days, Unit.WEEK: _weeks, Unit.MONTH: _months}
