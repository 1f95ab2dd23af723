"""How the values of a wave's settings are written: shares ("3", "10%"), durations ("30m"), KB numbers, hours."""

import re
from dataclasses import dataclass
from datetime import timedelta
from math import floor
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer
from pydantic_core import PydanticCustomError

_SHARE = re.compile(r"(\d{1,6})(%?)")
_DURATION = re.compile(r"(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_ISO_DURATION = re.compile(r"PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?")
_KB = re.compile(r"(?:KB)?(\d{6,8})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Share:
    """A number of machines, or a percentage of them: "3", "10%"."""

    number: int
    percent: bool = False

    def of(self, total: int, least: int = 0) -> int:
        """How many of `total` that is, rounded down, and at least `least`; 0 and 0% are none."""
        if not self.number:
            return 0
        count = floor(total * self.number / 100) if self.percent else self.number
        return max(least, count)

    def __str__(self) -> str:
        return f"{self.number}{'%' if self.percent else ''}"


def share_of(value: Any) -> Share:
    match = _SHARE.fullmatch(str(value)) if isinstance(value, str | int) and not isinstance(value, bool) else None
    if isinstance(value, Share):
        return value
    if match is None or (match[2] and int(match[1]) > 100):
        raise PydanticCustomError("setting", "is neither a number nor a percentage; write it as 3 or 10%")
    return Share(int(match[1]), bool(match[2]))


def _more_than_none(value: Share) -> Share:
    if value.number == 0:
        raise PydanticCustomError("setting", "is no machine: nothing could begin; write 1 or more")
    return value


def duration_of(value: Any) -> timedelta:
    """ "1h30m" as a timedelta."""
    if isinstance(value, timedelta):
        return value
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise PydanticCustomError("setting", "is not a duration; write it as 30m, 4h or 1d")
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def written_duration(value: timedelta) -> str:
    """A timedelta as `duration_of` reads it."""
    left = int(value.total_seconds())
    parts = []
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")):
        count, left = divmod(left, size)
        parts += [f"{count}{unit}"] if count else []
    return "".join(parts) or "0s"


def minutes_of(iso: str) -> int:
    """The minutes of a duration as Azure writes it: "PT3H30M" is 210."""
    match = _ISO_DURATION.fullmatch(iso)
    if match is None:
        raise ValueError(f"{iso!r} is not a duration as PT4H")
    return int(match[1] or 0) * 60 + int(match[2] or 0)


def _checked_duration(value: str) -> str:
    if not _ISO_DURATION.fullmatch(value) or not 30 <= minutes_of(value) <= 24 * 60:
        raise PydanticCustomError("setting", "is not a duration of 30 minutes to 24 hours; write it as PT4H")
    return value


def kb_of(value: Any) -> str:
    """The digits of a KB number, with or without its letters."""
    match = _KB.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise PydanticCustomError("setting", "is not the number of an update; write it as KB5070881")
    return match[1]


ShareText = Annotated[Share, BeforeValidator(share_of), PlainSerializer(str, return_type=str)]
# So many machines at a time: of none, no wave would ever end.
AtATime = Annotated[ShareText, AfterValidator(_more_than_none)]
DurationText = Annotated[timedelta, BeforeValidator(duration_of), PlainSerializer(written_duration, return_type=str)]
IsoDuration = Annotated[str, AfterValidator(_checked_duration)]
Kb = Annotated[str, BeforeValidator(kb_of)]
