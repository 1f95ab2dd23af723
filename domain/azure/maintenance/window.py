"""When a maintenance window may open and how long it may last: start, duration, expiration.

Source: "Managing VM updates with Maintenance Configurations" (guest scope) and the Maintenance API's descriptions.
"""

import re
from datetime import UTC, date, datetime, timedelta

from azure_hotpatch.domain.azure.maintenance.time_zones import after_the_gap, in_zone

SHORTEST = timedelta(hours=1, minutes=30)
LONGEST = timedelta(hours=3, minutes=55)
NEVER_EXPIRES = "9999-12-31 23:59:59"

_DURATION = re.compile(r"(?P<hours>\d{2}):(?P<minutes>[0-5]\d)")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2})?")


def parse_duration(text: str) -> timedelta:
    """Read `HH:mm`; raises ValueError with the reason of `why_not_duration`."""
    reason = why_not_duration(text)
    if reason:
        raise ValueError(reason)
    return _duration(text)


def why_not_duration(text: str) -> str | None:
    """Say why a window cannot last `text`, or None if it can: `HH:mm`, from 01:30 to 03:55."""
    if not _DURATION.fullmatch(text):
        return f"{text!r} is not a duration; it is written HH:mm, from 01:30 to 03:55"
    if not SHORTEST <= _duration(text) <= LONGEST:
        return f"{text!r} is not from 01:30 to 03:55, the shortest and the longest window for updates in the guest"
    return None


def parse_moment(text: str) -> datetime:
    """Read `YYYY-MM-DD hh:mm` (the API adds seconds when it answers); raises ValueError with the reason."""
    reason = why_not_moment(text)
    if reason:
        raise ValueError(reason)
    return _moment(text)


def why_not_moment(text: str) -> str | None:
    """Say why `text` is not a moment in the window's own time zone, or None if it is."""
    if not _MOMENT.fullmatch(text):
        return f"{text!r} is not written YYYY-MM-DD hh:mm"
    try:
        _moment(text)
    except ValueError:
        return f"{text!r} is not a day and time that exists"
    return None


def why_not_start(text: str, today: date | None = None, time_zone: str = "") -> str | None:
    """Say why a new window cannot start at `text`, or None if it can.

    `today` is the day, in UTC, on which the window is made; without it the past is not judged. Without a known
    `time_zone` the changes of its clocks are not judged either.
    """
    reason = why_not_moment(text) or why_not_in_time_zone(text, time_zone)
    if reason:
        return reason
    start = _moment(text)
    if start.hour == 23 and start.minute >= 45:
        return (
            f"{text!r} starts between 23:45 and midnight, where Azure may miss the trigger; start by 23:44, or at 00:00"
        )
    if today is not None and is_over(text, today, time_zone):
        return f"{text!r} is in the past; a new window starts today at the earliest, 15 minutes after it is made"
    return None


def why_not_in_time_zone(text: str, time_zone: str) -> str | None:
    """Say why no clock of a time zone ever shows `text`, or None if one does or the zone is not known.

    Azure's answer is "StartDateTime 10/5/2025 2:00:00 AM of maintenance window is invalid in timezone AUS Eastern
    Standard Time." (azurerm #32918).
    """
    next_time = None if why_not_moment(text) else after_the_gap(_moment(text), time_zone)
    if next_time is None:
        return None
    return (
        f"{text!r} does not exist in {time_zone}: clocks are set forward there, and the next time they show is "
        f"{next_time:%Y-%m-%d %H:%M}"
    )


def nearest_start(text: str, time_zone: str) -> str:
    """The first time that exists after one that `why_not_in_time_zone` refuses; "" for any other."""
    next_time = None if why_not_moment(text) else after_the_gap(_moment(text), time_zone)
    return f"{next_time:%Y-%m-%d %H:%M}" if next_time else ""


def is_over(text: str, today: date, time_zone: str = "") -> bool:
    """Whether the moment `text` of a time zone lies before `today`, a day in UTC; a zone that is not known is UTC."""
    local = _moment(text)
    try:
        instant = in_zone(local, time_zone) or local.replace(tzinfo=UTC)
        return instant.astimezone(UTC).date() < today
    except OverflowError:  # 9999-12-31 in a zone west of Greenwich
        return False


def why_not_expiration(text: str, start: str) -> str | None:
    """Say why a window that starts at `start` cannot expire at `text`, or None if it can."""
    reason = why_not_moment(text)
    if reason or why_not_moment(start):
        return reason
    return None if _moment(text) > _moment(start) else f"{text!r} is not after the start, {start!r}"


def _duration(text: str) -> timedelta:
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
