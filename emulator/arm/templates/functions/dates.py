"""Functions of dates and times, which are strings in the template language."""

import calendar
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from azure_hotpatch.emulator.arm.templates.errors import ExpressionError, wrong_argument
from azure_hotpatch.emulator.arm.templates.functions.date_format import written
from azure_hotpatch.emulator.arm.templates.functions.signature import TemplateFunction, a_string, an_integer

UTC_NOW = "yyyyMMdd'T'HHmmss'Z'"  # "Date functions for ARM templates", utcNow
_GENERAL = "M/d/yyyy h:mm:ss tt"  # what the documentation's examples of dateTimeAdd show
_ISO = "yyyy-MM-dd'T'HH:mm:ss'Z'"

_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)
_SHAPES = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y", "%Y%m%dT%H%M%SZ")


def _add(base: Any, duration: Any, shape: Any = None) -> str:
    moment = _moment("dateTimeAdd", base)
    match = _DURATION.fullmatch(a_string("dateTimeAdd", duration))
    if match is None or not any(match[name] for name in match.groupdict() if name != "sign"):
        raise wrong_argument("dateTimeAdd", "an ISO 8601 duration, such as P3Y or -PT1H")
    try:
        moved = _moved(moment, match)
    except (OverflowError, ValueError):
        raise ExpressionError(
            "Unable to evaluate template language function 'dateTimeAdd': the result is not a date."
        ) from None
    return written(moved, _GENERAL if shape is None else a_string("dateTimeAdd", shape))


def _moved(moment: datetime, match: re.Match[str]) -> datetime:
    sign = -1 if match["sign"] else 1
    months = moment.year * 12 + moment.month - 1 + sign * (12 * int(match["years"] or 0) + int(match["months"] or 0))
    year, month = months // 12, months % 12 + 1
    day = min(moment.day, calendar.monthrange(year, month)[1])
    rest = {name: float(match[name] or 0) for name in ("weeks", "days", "hours", "minutes", "seconds")}
    return moment.replace(year=year, month=month, day=day) + sign * timedelta(**rest)


def _moment(function: str, value: Any) -> datetime:
    given = a_string(function, value)
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        found = next((parsed for shape in _SHAPES if (parsed := _read(given, shape))), datetime.min)
    if found == datetime.min:
        raise wrong_argument(function, "a time in ISO 8601 format")
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _read(value: str, shape: str) -> datetime | None:
    try:
        return datetime.strptime(value, shape).replace(tzinfo=UTC)
    except ValueError:
        return None


def _to_epoch(value: Any) -> int:
    return int(_moment("dateTimeToEpoch", value).timestamp())


def _from_epoch(value: Any) -> str:
    try:
        return written(datetime.fromtimestamp(an_integer("dateTimeFromEpoch", value), UTC), _ISO)
    except (OverflowError, ValueError, OSError):
        raise wrong_argument("dateTimeFromEpoch", "a number of seconds that is a date") from None


def now(moment: datetime, shape: str | None) -> str:
    """utcNow(shape) at that moment."""
    return written(moment, UTC_NOW if shape is None else shape)


FUNCTIONS = (
    TemplateFunction("dateTimeAdd", _add, 2, 3),
    TemplateFunction("dateTimeFromEpoch", _from_epoch, 1, 1),
    TemplateFunction("dateTimeToEpoch", _to_epoch, 1, 1),
)
