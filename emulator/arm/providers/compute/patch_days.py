"""On which days the emulated Windows Update brings something, and whether it is a baseline."""

from datetime import date, timedelta

_TUESDAY = 1
# "Windows Server release information", hotpatch calendar: the planned baselines.
_BASELINE_MONTHS = (1, 4, 7, 10)


def patch_day(month: date) -> date:
    """The second Tuesday of a month."""
    first = month.replace(day=1)
    return first + timedelta(days=(_TUESDAY - first.weekday()) % 7 + 7)


def patch_month(today: date) -> date:
    """The first day of the month whose patch day was the last one."""
    return today.replace(day=1) if today >= patch_day(today) else _previous(today)


def baseline_month(today: date) -> date:
    """The first day of the month that brought the last planned baseline."""
    month = patch_month(today)
    while not is_baseline(month):
        month = _previous(month)
    return month


def is_baseline(month: date) -> bool:
    return month.month in _BASELINE_MONTHS


def following(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)


def _previous(month: date) -> date:
    return (month.replace(day=1) - timedelta(days=1)).replace(day=1)
