"""ARM's date functions, for known dates; the time of the deployment is unknown."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,5})M)?(?:(?P<weeks>\d{1,6})W)?(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?:(?P<hours>\d{1,8})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,10})S)?)?"
)
# The supported letters of .NET's custom format; any other letter makes the value unknown.
_TOKEN = re.compile(r"yyyy|MM|dd|HH|hh|mm|ss|tt|'[^']*'|[^A-Za-z']|[TZ]")
_TOKENS: Mapping[str, str] = {
    "yyyy": "%Y",
    "MM": "%m",
    "dd": "%d",
    "HH": "%H",
    "hh": "%I",
    "mm": "%M",
    "ss": "%S",
    "tt": "%p",
}
_STANDARD: Mapping[str, str] = {"u": "yyyy-MM-dd HH:mm:ssZ", "s": "yyyy-MM-ddTHH:mm:ss"}


def _add(base: str, duration: str, form: str = "") -> str:
    """`2026-01-31` + `P1M` as `form` writes it; raises ValueError without a form, which depends on the culture."""
    found = _DURATION.fullmatch(duration)
    if found is None or not form:
        raise ValueError
    sign = -1 if found["sign"] else 1
    years, months, weeks, days, hours, minutes, seconds = (
        sign * int(found[part] or 0) for part in ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
    )
    moved = _months_later(_read(base), 12 * years + months)
    moved += timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return _written(moved, _STANDARD.get(form, form))


def _months_later(moment: datetime, months: int) -> datetime:
    """The same day of another month, or its last day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    following = datetime(year + month // 11, (month + 1) % 12 + 1, 1, tzinfo=UTC)
    last = (following - timedelta(days=1)).day
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def _read(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _written(moment: datetime, form: str) -> str:
    if "".join(_TOKEN.findall(form)) != form:
        raise ValueError
    return "".join(
        moment.strftime(_TOKENS[token]) if token in _TOKENS else token.strip("'") for token in _TOKEN.findall(form)
    )


def _from_epoch(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


DATES: Mapping[str, Callable[..., object]] = {
    "datetimeadd": _add,
    "datetimefromepoch": _from_epoch,
    "datetimetoepoch": lambda text: int(_read(text).timestamp()),
}
