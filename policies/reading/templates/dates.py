"""ARM's date functions, for known dates; the time of the deployment is unknown."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

_DURATION = re.compile(
    r"(?P<sign>-?)P(?=.)(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,5})M)?(?:(?P<days>\d{1,6})D)?"
    r"(?:T(?=.)(?:(?P<hours>\d{1,8})H)?(?:(?P<minutes>\d{1,8})M)?(?:(?P<seconds>\d{1,10})S)?)?"
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
    """`2026-01-31` + `P1M` as `form` writes it; raises ValueError without a form, which depends on the culture.

    A year is 365 days and a month 30, not those of the calendar.
    Source: "dateTimeAdd" of Azure's documentation; https://github.com/Azure/bicep/issues/12853
    """
    found = _DURATION.fullmatch(duration)
    if found is None or not form:
        raise ValueError
    sign = -1 if found["sign"] else 1
    years, months, days, hours, minutes, seconds = (
        sign * int(found[part] or 0) for part in ("years", "months", "days", "hours", "minutes", "seconds")
    )
    added = timedelta(days=365 * years + 30 * months + days, hours=hours, minutes=minutes, seconds=seconds)
    return _written(_read(base) + added, _STANDARD.get(form, form))


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
