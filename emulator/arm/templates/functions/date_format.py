"""Format dates with .NET's format strings: the standard ones of one letter, and custom ones."""

# Source: "Standard date and time format strings" and "Custom date and time format strings" of .NET, in the invariant
# culture, as Azure's examples are.

import re
from collections.abc import Callable, Mapping
from datetime import datetime

_STANDARD: Mapping[str, str] = {
    "d": "MM/dd/yyyy",
    "D": "dddd, dd MMMM yyyy",
    "f": "dddd, dd MMMM yyyy HH:mm",
    "F": "dddd, dd MMMM yyyy HH:mm:ss",
    "g": "MM/dd/yyyy HH:mm",
    "G": "MM/dd/yyyy HH:mm:ss",
    "M": "MMMM dd",
    "m": "MMMM dd",
    "O": "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
    "o": "yyyy-MM-dd'T'HH:mm:ss.fffffffK",
    "R": "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    "r": "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    "s": "yyyy-MM-dd'T'HH:mm:ss",
    "t": "HH:mm",
    "T": "HH:mm:ss",
    "u": "yyyy-MM-dd HH:mm:ss'Z'",
    "U": "dddd, dd MMMM yyyy HH:mm:ss",
    "Y": "yyyy MMMM",
    "y": "yyyy MMMM",
}

_PART = re.compile(
    r"'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\"|\\(?P<escaped>.)|%?(?P<part>d+|f+|F+|h+|H+|K|m+|M+|s+|t+|y+|z+)"
)

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def written(moment: datetime, shape: str) -> str:
    """A moment in UTC, as .NET writes it in that format."""
    return _PART.sub(lambda match: _shown(match, moment), _STANDARD.get(shape, shape))


def _shown(match: re.Match[str], moment: datetime) -> str:
    part = match["part"]
    if part is None:
        return next(found for found in (match["single"], match["double"], match["escaped"]) if found is not None)
    return _PARTS[part[0]](moment, len(part))


def _number(read: Callable[[datetime], int]) -> Callable[[datetime, int], str]:
    return lambda moment, width: str(read(moment)).zfill(min(width, 2))


def _day(moment: datetime, width: int) -> str:
    if width < 3:
        return str(moment.day).zfill(width)
    name = _DAYS[moment.weekday()]
    return name[:3] if width == 3 else name


def _month(moment: datetime, width: int) -> str:
    if width < 3:
        return str(moment.month).zfill(width)
    name = _MONTHS[moment.month - 1]
    return name[:3] if width == 3 else name


def _year(moment: datetime, width: int) -> str:
    return str(moment.year % 100).zfill(width) if width < 3 else str(moment.year).zfill(width)


def _fraction(moment: datetime, width: int) -> str:
    return f"{moment.microsecond:06d}0"[:width]


def _short_fraction(moment: datetime, width: int) -> str:
    return _fraction(moment, width).rstrip("0")


def _half(moment: datetime, width: int) -> str:
    return ("AM" if moment.hour < 12 else "PM")[:width]


def _offset(_moment: datetime, width: int) -> str:
    return ("+0", "+00", "+00:00")[min(width, 3) - 1]


_PARTS: Mapping[str, Callable[[datetime, int], str]] = {
    "d": _day,
    "f": _fraction,
    "F": _short_fraction,
    "h": _number(lambda moment: moment.hour % 12 or 12),
    "H": _number(lambda moment: moment.hour),
    "K": lambda _moment, _width: "Z",
    "m": _number(lambda moment: moment.minute),
    "M": _month,
    "s": _number(lambda moment: moment.second),
    "t": _half,
    "y": _year,
    "z": _offset,
}
