"""A schedule with its start moved to the start of the replay."""

from datetime import datetime, timedelta

from azure_hotpatch.domain.azure.maintenance import Unit, parse_moment, parse_recurrence
from azure_hotpatch.domain.settings import Schedule

_STEPS = {Unit.HOUR: timedelta(hours=1), Unit.DAY: timedelta(days=1), Unit.WEEK: timedelta(weeks=1)}


def moved_back(schedule: Schedule, first: datetime) -> Schedule:
    """The schedule with a start soon after `first`, from which its windows open on the same days as from its own.

    A schedule that starts before stays as it is but for its start, which Azure would not take; it never expires.
    """
    start, recurrence = parse_moment(schedule.start), parse_recurrence(schedule.recur_every)
    if recurrence.unit is Unit.MONTH:
        moved = _months(start, recurrence.every, first)
    else:
        step = _STEPS[recurrence.unit] * recurrence.every
        moved = start - (start - first) // step * step
    return schedule.model_copy(update={"start": f"{moved:%Y-%m-%d %H:%M}", "expires": None})


def _months(start: datetime, every: int, first: datetime) -> datetime:
    """The same hour in a month from which every so many months lead to that of the start."""
    behind = (start.year - first.year) * 12 + start.month - first.month
    year, month = divmod(first.year * 12 + first.month - 1 + behind % every, 12)
    moved = start.replace(year=year, month=month + 1, day=1)
    return moved if moved >= first else moved.replace(day=first.day) + timedelta(days=1)
