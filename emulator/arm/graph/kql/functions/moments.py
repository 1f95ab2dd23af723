"""Date and time functions, on the emulator's clock."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from azure_hotpatch.emulator.arm.graph.kql.compiled import Compiled, Run, coerced, constant
from azure_hotpatch.emulator.arm.graph.kql.functions.function import Calling, ScalarFunction, constant_text, simple
from azure_hotpatch.emulator.arm.graph.kql.refusals import WrongType
from azure_hotpatch.emulator.arm.graph.kql.types import Type

_SPANS = {
    "week": timedelta(weeks=1),
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
    "millisecond": timedelta(milliseconds=1),
}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_START = datetime(1, 1, 1, tzinfo=UTC)  # a Monday


def _now(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    """now(), and now(-1d)."""
    return Type.DATETIME, _moved(arguments, calling, 1)


def _ago(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    return Type.DATETIME, _moved(arguments, calling, -1)


def _moved(arguments: tuple[Compiled, ...], calling: Calling, sign: int) -> Run:
    if not arguments:
        return constant(Type.DATETIME, calling.scope.now, calling.at).run
    span, now = coerced(arguments[0], Type.TIMESPAN, f"{calling.name}()"), calling.scope.now
    return lambda row: None if (by := span(row)) is None else _plus(now, sign * by)


def _plus(moment: datetime, by: timedelta) -> datetime | None:
    try:
        return moment + by
    except OverflowError:
        return None


def _add(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    """`datetime_add("month", -1, when)`."""
    period = _period(arguments[0], calling)
    amount = coerced(arguments[1], Type.LONG, f"{calling.name}()")
    moment = coerced(arguments[2], Type.DATETIME, f"{calling.name}()")

    def run(row: dict[str, Any]) -> datetime | None:
        by, when = amount(row), moment(row)
        return None if by is None or when is None else _later(when, period, by)

    return Type.DATETIME, run


def _period(part: Compiled, calling: Calling) -> str:
    period = constant_text(part, f"{calling.name}()").lower()
    if period not in _SPANS and period not in _MONTHS:
        known = ", ".join((*_MONTHS, *_SPANS))
        raise WrongType(f"{calling.name}() has no period '{period}'. Known periods are: {known}.", part.at)
    return period


def _later(moment: datetime, period: str, amount: int) -> datetime | None:
    try:
        if period in _SPANS:
            return moment + _SPANS[period] * amount
        months = moment.year * 12 + moment.month - 1 + _MONTHS[period] * amount
        first = moment.replace(year=months // 12, month=months % 12 + 1, day=1)
        return first.replace(day=min(moment.day, _days_in(first)))
    except (OverflowError, ValueError):
        return None


def _days_in(first: datetime) -> int:
    return ((first + timedelta(days=31)).replace(day=1) - first).days


def _difference(arguments: tuple[Compiled, ...], calling: Calling) -> tuple[Type, Run]:
    """`datetime_diff("day", later, earlier)`: how many borders of the period lie between."""
    count = _counter(_period(arguments[0], calling))
    one, other = (coerced(part, Type.DATETIME, f"{calling.name}()") for part in arguments[1:])

    def run(row: dict[str, Any]) -> int | None:
        later, earlier = one(row), other(row)
        return None if later is None or earlier is None else count(later) - count(earlier)

    return Type.LONG, run


def _counter(period: str) -> Callable[[datetime], int]:
    if period in _MONTHS:
        return lambda moment: (moment.year * 12 + moment.month - 1) // _MONTHS[period]
    shift = timedelta(days=1) if period == "week" else timedelta()  # a week starts on Sunday
    return lambda moment: (moment - _START + shift) // _SPANS[period]


def _start_of_day(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def _start_of_week(moment: datetime) -> datetime | None:
    return _plus(_start_of_day(moment), -timedelta(days=(moment.weekday() + 1) % 7))


def _start_of_month(moment: datetime) -> datetime:
    return _start_of_day(moment).replace(day=1)


def _start_of_year(moment: datetime) -> datetime:
    return _start_of_month(moment).replace(month=1)


_WHEN = (Type.DATETIME,)
FUNCTIONS = (
    ScalarFunction("now", 0, 1, _now),
    ScalarFunction("ago", 1, 1, _ago),
    ScalarFunction("datetime_add", 3, 3, _add),
    ScalarFunction("datetime_diff", 3, 3, _difference),
    simple("startofday", _WHEN, Type.DATETIME, _start_of_day),
    simple("startofweek", _WHEN, Type.DATETIME, _start_of_week),
    simple("startofmonth", _WHEN, Type.DATETIME, _start_of_month),
    simple("startofyear", _WHEN, Type.DATETIME, _start_of_year),
)
