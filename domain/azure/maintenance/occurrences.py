"""On which days and times a recurrence falls, in the wall time of the window's own time zone."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count, takewhile

from azure_hotpatch.domain.azure.maintenance.recurrence import WEEKDAYS, WEEKS, Recurrence, Unit


def occurrences(recurrence: Recurrence, start: datetime, until: datetime = datetime.max) -> Iterator[datetime]:
    """When a window that starts at `start` opens, in order: at the first day that matches and then on.

    `start` itself is an occurrence only where it matches. Weeks and months are counted from that of `start`.
    Without `until` there is no end but that of the calendar.
    """
    try:
        yield from takewhile(lambda moment: moment <= until, _MOMENTS[recurrence.unit](recurrence, start))
    except OverflowError:
        return


def next_occurrence(recurrence: Recurrence, start: datetime, after: datetime) -> datetime | None:
    """The first time at or after `after` that the window opens; None where the calendar ends before it."""
    return next((moment for moment in occurrences(recurrence, start) if moment >= after), None)


def _hours(recurrence: Recurrence, start: datetime) -> Iterator[datetime]:
    return (start + timedelta(hours=recurrence.every * number) for number in count())


def _days(recurrence: Recurrence, start: datetime) -> Iterator[datetime]:
    return (start + timedelta(days=recurrence.every * number) for number in count())


def _weeks(recurrence: Recurrence, start: datetime) -> Iterator[datetime]:
    days = sorted(WEEKDAYS.index(name) for name in recurrence.weekdays) or [start.weekday()]
    monday = start - timedelta(days=start.weekday())
    for number in count():
        for day in days:
            moment = monday + timedelta(weeks=recurrence.every * number, days=day)
            if moment >= start:
                yield moment


def _months(recurrence: Recurrence, start: datetime) -> Iterator[datetime]:
    # An offset may carry the last week of the month before into this one.
    first = -1 if recurrence.week and recurrence.every == 1 else 0
    for number in count(first):
        year, month = divmod(start.year * 12 + start.month - 1 + recurrence.every * number, 12)
        if year > date.max.year:
            raise OverflowError
        for day in _days_of_month(recurrence, year, month + 1) if year >= date.min.year else ():
            moment = datetime.combine(day, time(start.hour, start.minute))
            if moment >= start.replace(second=0, microsecond=0):
                yield moment


def _days_of_month(recurrence: Recurrence, year: int, month: int) -> list[date]:
    length = monthrange(year, month)[1]
    if not recurrence.week:
        # A month that has no such day is passed over.
        return [date(year, month, day) for day in sorted(recurrence.month_days) if day <= length]
    day = _weekday_of_month(year, month, length, recurrence)
    return [day + timedelta(days=recurrence.offset)]


def _weekday_of_month(year: int, month: int, length: int, recurrence: Recurrence) -> date:
    weekday = WEEKDAYS.index(recurrence.weekdays[0])
    if recurrence.week == "Last":
        last = date(year, month, length)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * WEEKS.index(recurrence.week))


_MOMENTS = {Unit.HOUR: _hours, Unit.DAY: _days, Unit.WEEK: _weeks, Unit.MONTH: _months}
