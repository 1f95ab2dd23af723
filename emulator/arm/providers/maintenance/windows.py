"""Which maintenance windows Azure accepts: start, end, duration, time zone and recurrence."""

import re
from datetime import UTC, datetime, timedelta
from typing import NoReturn

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest
from azure_hotpatch.emulator.arm.providers.maintenance.time_zones import TIME_ZONES, zone_info

NEVER_EXPIRES = "9999-12-31 23:59:59"  # what Azure shows where no end was given
_DURATION = re.compile(r"(\d{2}):([0-5]\d)")
# "Maintenance configurations", guest scope: 1 hour 30 minutes to 3 hours 55 minutes.
_GUEST_MINUTES = (90, 235)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_EVERY = r"(?:[1-9]\d*)?"
_HOURS = re.compile(r"([1-9]\d*)?Hours?", re.IGNORECASE)
_LEAST_HOURS = 6
_RECURRENCES = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_EVERY}Days?",
        rf"{_EVERY}Weeks?(\s+{_WEEKDAY}(\s*,\s*{_WEEKDAY})*)?",
        rf"{_EVERY}Months?\s+day([1-9]|[12]\d|3[01])(\s*,\s*day([1-9]|[12]\d|3[01]))*",
        rf"{_EVERY}Months?\s+(First|Second|Third|Fourth|Last)\s+{_WEEKDAY}(\s+Offset-?[0-6])?",
    )
)
_BARE_MONTH = re.compile(rf"{_EVERY}Months?", re.IGNORECASE)


def check(window: Json, change: Change) -> None:
    """Refuse what every scope refuses. Only the message about a bare Month is Azure's; the others are not published."""
    for name in ("startDateTime", "timeZone", "recurEvery"):
        if not window.get(name):
            _refuse(f"The property '{name}' is required.")
    _check_zone(str(window["timeZone"]))
    _check_recurrence(str(window["recurEvery"]).strip())
    start = _moment(window, "startDateTime")
    _check_start(window, start, change)
    _check_clock(str(window["timeZone"]), start)
    if window.get("expirationDateTime") and _moment(window, "expirationDateTime") <= start:
        _refuse("The expiration date time must be later than the start date time.")
    if window.get("duration") and not _DURATION.fullmatch(str(window["duration"])):
        _refuse(f"The duration '{window['duration']}' is not in the format HH:mm.")


def check_guest_duration(window: Json) -> None:
    match = _DURATION.fullmatch(str(window.get("duration", "")))
    minutes = int(match[1]) * 60 + int(match[2]) if match else 0
    least, most = _GUEST_MINUTES
    if not least <= minutes <= most:
        _refuse(f"The duration '{window.get('duration')}' must be between 01:30 and 03:55 for scope 'InGuestPatch'.")


def _check_zone(zone: str) -> None:
    if zone.lower() not in TIME_ZONES:
        _refuse(f"The time zone '{zone}' is not valid.")


def _check_recurrence(text: str) -> None:
    hours = _HOURS.fullmatch(text)
    if hours and int(hours[1] or 1) < _LEAST_HOURS:
        _refuse(f"The maintenance window must not recur more often than every {_LEAST_HOURS} hours.")
    if hours or any(form.fullmatch(text) for form in _RECURRENCES):
        _refuse_twice(text)
        return
    if _BARE_MONTH.fullmatch(text):  # terraform-provider-azurerm 29738
        _refuse("Monthly maintenance window is missing day of month or week of month.")
    _refuse(f"The recurrence '{text}' is not valid.")


def _refuse_twice(text: str) -> None:
    """A weekday, or a day of the month, is named once."""
    days = [day.strip().lower() for day in text.partition(" ")[2].split(",")]
    if len(set(days)) < len(days):
        _refuse(f"The recurrence '{text}' names a day more than once.")


def _moment(window: Json, name: str) -> datetime:
    text = str(window[name])
    for form in ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(text, form)
        except ValueError:
            continue
    return _refuse(f"The {name} '{text}' is not in the format YYYY-MM-DD hh:mm.")


def _check_clock(zone: str, start: datetime) -> None:
    """Refuse a start in the hour that the clock skips in spring; terraform-provider-azurerm 32918."""
    place = zone_info(zone)
    if place is None or start.replace(tzinfo=place).astimezone(UTC).astimezone(place).replace(tzinfo=None) == start:
        return
    hour = f"{start.hour % 12 or 12}:{start:%M:%S} {'AM' if start.hour < 12 else 'PM'}"
    _refuse(
        f"StartDateTime {start.month}/{start.day}/{start.year} {hour} of maintenance window is invalid in timezone "
        f"{zone}."
    )


def _check_start(window: Json, start: datetime, change: Change) -> None:
    """A new start lies today or later, wherever on earth it is today."""
    if change.previous.get("maintenanceWindow", {}).get("startDateTime") == window["startDateTime"]:
        return
    today = change.tx.now().replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    if start < today - timedelta(days=1):
        _refuse(f"The start date time '{window['startDateTime']}' must not be in the past.")


def _refuse(why: str) -> NoReturn:
    raise BadRequest(f"Invalid maintenance window. Error: {why}", code="InvalidMaintenanceWindow")
