"""The plan: a baseline in the first month of each quarter, a hotpatch in the others, each on the second Tuesday."""

from datetime import date, timedelta

from azure_hotpatch.domain.azure.calendar.release import Release

# "Windows Server release information", hotpatch calendar.
BASELINE_MONTHS = (1, 4, 7, 10)
_TUESDAY = 1


def patch_day(year: int, month: int) -> date:
    """The second Tuesday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(_TUESDAY - first.weekday()) % 7 + 7)


def saturday_after_patch_tuesday(year: int, month: int) -> date:
    """The day that the recurrence `1Month Second Tuesday Offset4` falls on."""
    return patch_day(year, month) + timedelta(days=4)


def planned_release(month: int) -> Release:
    """What is planned for a month of any year: a baseline or a hotpatch."""
    return Release.BASELINE if month in BASELINE_MONTHS else Release.HOTPATCH


def next_planned_baseline(today: date) -> date:
    """The day of the next planned baseline, `today` included: the next restart that is sure to come."""
    return next(day for ahead in range(4) if (day := _baseline_day(today, ahead)) >= today)


def last_planned_baseline(today: date) -> date:
    """The day of the latest planned baseline, `today` included."""
    return next(day for ahead in range(0, -3, -1) if (day := _baseline_day(today, ahead)) <= today)


def month_after(day: date, months: int) -> tuple[int, int]:
    """The year and the month that lie so many months after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def _baseline_day(today: date, quarters: int) -> date:
    """The patch day of the first month of the quarter that lies so many quarters after that of `today`."""
    year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 + quarters, 4)
    return patch_day(year, BASELINE_MONTHS[quarter])
