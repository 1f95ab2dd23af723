"""When a maintenance window may open and how long it may last: start, duration, expiration.

Source: "Managing VM updates with Maintenance Configurations" (guest scope) and the Maintenance API's descriptions.
"""

import re
from datetime import date, datetime, timedelta

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
    """Say why a window cannot last `text`, or None where it can: `HH:mm`, from 01:30 to 03:55."""
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
    """Say why `text` is not a moment in the window's own time zone, or None where it is."""
    if not _MOMENT.fullmatch(text):
        return f"{text!r} is not written YYYY-MM-DD hh:mm"
    try:
        _moment(text)
    except ValueError:
        return f"{text!r} is not a day and time that exists"
    return None


def why_not_start(text: str, today: date | None = None) -> str | None:
    """Say why a new window cannot start at `text`, or None where it can.

    `today` is the day on which the window is made; without it the past is not judged.
    """
    reason = why_not_moment(text)
    if reason:
        return reason
    start = _moment(text)
    if start.hour == 23 and start.minute >= 45:
        return (
            f"{text!r} starts between 23:45 and midnight, where Azure may miss the trigger; start by 23:44, or at 00:00"
        )
    if today is not None and start.date() < today:
        return f"{text!r} is in the past; a new window starts today at the earliest, 15 minutes after it is made"
    return None


def why_not_expiration(text: str, start: str) -> str | None:
    """Say why a window that starts at `start` cannot expire at `text`, or None where it can."""
    reason = why_not_moment(text)
    if reason or why_not_moment(start):
        return reason
    return None if _moment(text) > _moment(start) else f"{text!r} is not after the start, {start!r}"


def _duration(text: str) -> timedelta:
    hours, minutes = text.split(":")
    return timedelta(hours=int(hours), minutes=int(minutes))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
