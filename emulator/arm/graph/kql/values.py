"""Convert values to other types, as tostring() and its relatives do, and to the JSON of an answer."""

import json
import math
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.types import Type

_LONG = 2**63
_MOMENT = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?", re.I
)
_SPAN = re.compile(r"(-)?(?:(\d{1,9})\.)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?")
_INTEGER = re.compile(r"\s*([+-]?\d{1,19})(?:\.\d*)?\s*")
_HEX = re.compile(r"\s*0[xX][0-9a-fA-F]{1,16}\s*")


def to_string(value: Any) -> str:
    """A value of any type as a string; null is "", and JSON is compact."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number_text(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, timedelta):
        return span_text(value)
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def number_text(value: float) -> str:
    if math.isfinite(value):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def moment_text(moment: datetime) -> str:
    """A time with the seven decimals that Azure writes; the last is 0 where it was calculated."""
    return f"{moment.isoformat(timespec='microseconds')[:26]}0Z"


def span_text(span: timedelta) -> str:
    sign, span = ("-", -span) if span < timedelta() else ("", span)
    hours, seconds = divmod(span.seconds, 3600)
    days = f"{span.days}." if span.days else ""
    fraction = f".{span.microseconds:06d}0" if span.microseconds else ""
    return f"{sign}{days}{hours:02d}:{seconds // 60:02d}:{seconds % 60:02d}{fraction}"


def to_long(value: Any) -> int | None:
    """A number without its fraction, or null."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return wrapped(value)
    if isinstance(value, float):
        return wrapped(int(value)) if math.isfinite(value) else None
    if isinstance(value, timedelta):
        return round(value.total_seconds() * 10_000_000)
    if not isinstance(value, str):
        return None
    if _HEX.fullmatch(value):
        return wrapped(int(value, 16))
    match = _INTEGER.fullmatch(value)
    return wrapped(int(match[1])) if match else None


def wrapped(value: int) -> int:
    """A number in the 64 bits that a long has."""
    return value if -_LONG <= value < _LONG else (value + _LONG) % (2 * _LONG) - _LONG


def to_real(value: Any) -> float | None:
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, timedelta):
        return value.total_seconds() * 10_000_000
    if not isinstance(value, str) or "_" in value:
        return None
    try:
        return float(value)
    except ValueError:
        return None


def to_bool(value: Any) -> bool | None:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return value != 0
    if not isinstance(value, str):
        return None
    word = value.strip().lower()
    if word in {"true", "false"}:
        return word == "true"
    number = to_long(word)
    return None if number is None else number != 0


def to_datetime(value: Any) -> datetime | None:
    """An ISO 8601 time, or null. Up to seven decimals are accepted; the seventh is finer than the emulator's clock."""
    if isinstance(value, datetime) or not isinstance(value, str):
        return value if isinstance(value, datetime) else None
    match = _MOMENT.fullmatch(value.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    micros = int((fraction or "0").ljust(6, "0")[:6])
    try:
        moment = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), micros, UTC
        )
        return moment - _offset(zone)
    except (ValueError, OverflowError):
        return None


def _offset(zone: str | None) -> timedelta:
    if zone is None or zone in "zZ":
        return timedelta()
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return timedelta(minutes=-minutes if zone[0] == "-" else minutes)


def to_timespan(value: Any) -> timedelta | None:
    """`d.hh:mm:ss.fffffff`, a number of ticks, or null."""
    if isinstance(value, timedelta):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return span_of(value / 10)
    match = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    sign, days, hours, minutes, seconds, fraction = match.groups()
    found = timedelta(
        days=int(days or 0),
        hours=int(hours),
        minutes=int(minutes),
        seconds=int(seconds or 0),
        microseconds=int((fraction or "0").ljust(6, "0")[:6]),
    )
    return -found if sign else found


def span_of(microseconds: float) -> timedelta | None:
    try:
        return timedelta(microseconds=microseconds)
    except (OverflowError, ValueError):
        return None


def to_dynamic(value: Any) -> Any:
    """A value as a member of JSON; times become text."""
    return to_string(value) if isinstance(value, datetime | timedelta) else value


def parsed(value: Any) -> Any:
    """What parse_json() gives: the JSON that a string holds, or the string itself where it holds none."""
    if not isinstance(value, str):
        return to_dynamic(value)
    if not value.strip():
        return None
    try:
        return json.loads(value, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return value


def _no_constant(name: str) -> float:
    raise ValueError(name)


def answered(value: Any) -> Any:
    """A value as the answer's JSON has it; JSON has no infinity and no NaN."""
    if isinstance(value, float):
        return value if math.isfinite(value) else number_text(value)
    return to_dynamic(value)


CONVERSIONS = {
    Type.STRING: to_string,
    Type.LONG: to_long,
    Type.REAL: to_real,
    Type.BOOL: to_bool,
    Type.DATETIME: to_datetime,
    Type.TIMESPAN: to_timespan,
    Type.DYNAMIC: to_dynamic,
}
