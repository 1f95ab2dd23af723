"""The days of planned updates, and whether each is a baseline."""

from datetime import date, timedelta

_TUESDAY = 1
# "Windows Server release information", hotpatch calendar: the planned baselines.
_BASELINE_MONTHS = (1, 4, 7, 10)


def patch_day(month: date) -> date:
    """The second Tuesday of a month."""
    first = month.replace(day=1)
    return first + timedelta(days=(_TUESDAY - first.weekday()) % 7 + 7)


def is_baseline(month: date) -> bool:
    return month.month in _BASELINE_MONTHS


def following(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=1) + timedelta(days=31)).replace(day=1)
