"""How often a maintenance window may recur: the grammar of `recurEvery`, and what Azure refuses in it.

Source: the description of `recurEvery` in the Maintenance API (2023-10-01-preview), with two corrections that Azure
makes in practice: a bare `Month` is refused, and so is anything more often than every six hours.
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKS = ("First", "Second", "Third", "Fourth", "Last")
UNITS = ("Hour", "Day", "Week", "Month")
# "Managing VM updates with Maintenance Configurations", guest scope.
SHORTEST_REPEAT_HOURS = 6

_Item = TypeVar("_Item", str, int)

_FORM = re.compile(r"(?P<every>\d*)(?P<unit>[A-Za-z]+?)(?P<plural>s?)(?:\s+(?P<rest>\S.*))?")
_DAY_OF_MONTH = re.compile(r"day(?P<number>\d+)", re.IGNORECASE)
_WEEK_OF_MONTH = re.compile(r"(?P<week>\S+)\s+(?P<weekday>[A-Za-z]+)(?:\s+(?P<offset>\S+))?")
_OFFSET = re.compile(r"Offset(?P<days>[+-]?\d+)", re.IGNORECASE)
_FORMS = (
    "Day, 3Days, Week Saturday,Sunday, 2Weeks Monday, Month day1,day15, "
    "Month Second Tuesday Offset4, 3Months Last Sunday, 6Hours"
)


class RecurrenceError(ValueError):
    """A text that is no recurrence; the message says what is wrong, and which forms there are."""


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
    unit = Unit(_one_of(form["unit"], UNITS, f"the unit of {text!r}"))
    every = int(form["every"] or 1)
    rest = (form["rest"] or "").strip()
    if every < 1:
        raise RecurrenceError(f"{text!r} recurs every {every}; the least is 1")
    return _READERS[unit](text, every, rest)


def why_not_recurrence(text: str) -> str | None:
    """Say why Azure would refuse `text` as `recurEvery`, or None where it would not."""
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
    return Recurrence(Unit.MONTH, every, weekdays=(weekday,), week=week, offset=_offset(text, form["offset"]))


def _offset(text: str, written: str | None) -> int:
    if written is None:
        return 0
    form = _OFFSET.fullmatch(written)
    if form is None or not -6 <= int(form["days"]) <= 6:
        raise RecurrenceError(f"{written!r} in {text!r} is not an offset; allowed: Offset-6 to Offset6, in days")
    return int(form["days"])


def _one_of(word: str, allowed: tuple[str, ...], what: str) -> str:
    for name in allowed:
        if word.lower() == name.lower():
            return name
    near = get_close_matches(word.capitalize(), allowed, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    raise RecurrenceError(f"{word!r} is not {what}; allowed: {', '.join(allowed)}{hint}")


def _nothing_more(text: str, rest: str, unit: str) -> None:
    if rest:
        raise RecurrenceError(f"{rest!r} in {text!r} says nothing to Azure: {unit} take no further words")


def _listed(rest: str) -> list[str]:
    return [part.strip() for part in rest.split(",")] if rest else []


def _once(text: str, items: list[_Item]) -> tuple[_Item, ...]:
    for item in items:
        if items.count(item) > 1:
            raise RecurrenceError(f"{text!r} names {item} twice")
    return tuple(items)


_READERS = {Unit.HOUR: _hours, Unit.DAY: _days, Unit.WEEK: _weeks, Unit.MONTH: _months}
