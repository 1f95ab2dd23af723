"""The grammar of recurEvery, and the times at which a recurrence falls."""

from calendar import monthrange
from datetime import datetime, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azure_hotpatch.domain.azure.calendar import (
    BASELINE_MONTHS,
    next_planned_baseline,
    patch_day,
    saturday_after_patch_tuesday,
)
from azure_hotpatch.domain.azure.maintenance import (
    NAMED_RECURRENCES,
    Recurrence,
    RecurrenceError,
    Unit,
    next_occurrence,
    occurrences,
    parse_recurrence,
    why_not_recurrence,
)
from azure_hotpatch.domain.azure.maintenance.named_recurrences import why_not_baseline_start
from azure_hotpatch.domain.azure.maintenance.recurrence import WEEKDAYS, WEEKS

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(lambda day: day.replace(second=0, microsecond=0))
EVERY = st.integers(1, 24)
HOURLY = st.builds(Recurrence, st.just(Unit.HOUR), st.integers(6, 200))
DAILY = st.builds(Recurrence, st.just(Unit.DAY), EVERY)
WEEKLY = st.builds(
    Recurrence, st.just(Unit.WEEK), EVERY, weekdays=st.lists(st.sampled_from(WEEKDAYS), unique=True).map(tuple)
)
BY_DAY = st.builds(
    Recurrence,
    st.just(Unit.MONTH),
    EVERY,
    month_days=st.lists(st.integers(1, 28), unique=True, min_size=1).map(tuple),
)
BY_WEEK = st.builds(
    Recurrence,
    st.just(Unit.MONTH),
    EVERY,
    weekdays=st.tuples(st.sampled_from(WEEKDAYS)),
    week=st.sampled_from(WEEKS),
    offset=st.integers(-6, 6),
)
ANY = st.one_of(HOURLY, DAILY, WEEKLY, BY_DAY, BY_WEEK)


@given(ANY)
def test_what_is_written_is_read_back(recurrence: Recurrence) -> None:
    assert parse_recurrence(str(recurrence)) == recurrence


@given(ANY)
def test_letter_case_does_not_matter(recurrence: Recurrence) -> None:
    assert parse_recurrence(str(recurrence).lower()) == recurrence


@given(st.text(max_size=30))
def test_a_text_is_read_or_explained(text: str) -> None:
    reason = why_not_recurrence(text)
    if reason is None:
        assert why_not_recurrence(str(parse_recurrence(text))) is None
    else:
        assert repr(text) in reason or text.strip() in reason


# The examples of the API's description but for the bare months, which Azure refuses.
@pytest.mark.parametrize(
    "text",
    [
        "Day",
        "3Days",
        "3Weeks",
        "Week Saturday,Sunday",
        "Month day23,day24",
        "Month Last Sunday",
        "Month Fourth Monday",
        "Month Last Sunday Offset-3",
        "Month Third Sunday Offset6",
        "1Month Second Tuesday Offset4",
        "6Hours",
    ],
)
def test_accepts_azures_own_examples(text: str) -> None:
    assert why_not_recurrence(text) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Month", "says no day"),
        ("2Months", "says no day"),
        ("5Hours", "recurs too often"),
        ("0Days", "write a number from 1"),
        ("3Days Monday", "days have no further words"),
        ("Fortnight", "is not the unit"),
        ("Week Sunday,Sunday", "names Sunday twice"),
        ("Week Tusday", "did you mean 'Tuesday'?"),
        ("Month day32", "day1 to day31"),
        ("Month Fifth Monday", "First, Second, Third, Fourth, Last"),
        ("Month Second Tuesday Offset7", "Offset-6 to Offset6, in days; did you mean 'Third Tuesday'?"),
        ("Month Second Tuesday Offset9", "Offset-6 to Offset6, in days; did you mean 'Third Tuesday Offset2'?"),
        ("Month Second Tuesday Offset-9", "Offset-6 to Offset6, in days; did you mean 'First Tuesday Offset-2'?"),
        ("Month Fourth Tuesday Offset7", "Offset-6 to Offset6, in days$"),
        ("Month First Tuesday Offset-7", "Offset-6 to Offset6, in days$"),
        ("Month Last Tuesday Offset7", "Offset-6 to Offset6, in days$"),
        ("Month Second Tuesday Offset+4", "did you mean 'Second Tuesday Offset4'?"),
        ("Month Second Tuesday Offset04", "did you mean 'Second Tuesday Offset4'?"),
        ("Month day01", "day1 to day31"),
        ("03Days", "without leading zeros"),
        ("Month Second Tuesday 4", "Offset-6 to Offset6"),
        ("Month Second", "is not a week of the month"),
        ("every day", "is not the unit"),
        ("", "is not a recurrence"),
    ],
)
def test_says_why_not(text: str, reason: str) -> None:
    with pytest.raises(RecurrenceError, match=reason.replace("?", r"\?")):
        parse_recurrence(text)


@given(ANY, MOMENTS)
def test_occurrences_come_in_order_from_the_start_on(recurrence: Recurrence, start: datetime) -> None:
    found = list(islice(occurrences(recurrence, start), 8))
    assert len(found) == 8
    assert found[0] >= start
    assert all(earlier < later for earlier, later in pairwise(found))


@given(st.one_of(DAILY, WEEKLY, BY_DAY, BY_WEEK), MOMENTS)
def test_a_window_opens_at_the_time_of_its_start(recurrence: Recurrence, start: datetime) -> None:
    assert {moment.time() for moment in islice(occurrences(recurrence, start), 5)} == {start.time()}


@given(WEEKLY, MOMENTS)
def test_weeks_fall_on_their_days(recurrence: Recurrence, start: datetime) -> None:
    days = {WEEKDAYS.index(name) for name in recurrence.weekdays} or {start.weekday()}
    assert {moment.weekday() for moment in islice(occurrences(recurrence, start), 10)} <= days


@given(BY_DAY, MOMENTS)
def test_months_fall_on_their_days_every_so_many_months(recurrence: Recurrence, start: datetime) -> None:
    for moment in islice(occurrences(recurrence, start), 10):
        assert moment.day in recurrence.month_days
        assert ((moment.year - start.year) * 12 + moment.month - start.month) % recurrence.every == 0


@given(BY_WEEK, MOMENTS)
def test_weeks_of_the_month_are_counted_before_the_offset(recurrence: Recurrence, start: datetime) -> None:
    for moment in islice(occurrences(recurrence, start), 6):
        day = moment - timedelta(days=recurrence.offset)
        assert WEEKDAYS[day.weekday()] == recurrence.weekdays[0]
        if recurrence.week == "Last":
            assert day.day > monthrange(day.year, day.month)[1] - 7
        else:
            assert (day.day - 1) // 7 == WEEKS.index(recurrence.week)


@given(ANY, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_the_next_occurrence_is_the_first_that_is_not_over(
    recurrence: Recurrence, start: datetime, later: timedelta
) -> None:
    following = next_occurrence(recurrence, start, start + later)
    assert following is not None
    assert following >= start + later
    assert [moment for moment in occurrences(recurrence, start, following) if moment >= start + later] == [following]


@given(MOMENTS)
def test_the_named_saturday_is_the_one_after_patch_tuesday(start: datetime) -> None:
    recurrence = parse_recurrence(NAMED_RECURRENCES["saturdayAfterPatchTuesday"])
    for moment in islice(occurrences(recurrence, start), 4):
        assert moment.date() == saturday_after_patch_tuesday(moment.year, moment.month)


@given(MOMENTS)
def test_a_schedule_for_baselines_opens_after_planned_baselines_only(today: datetime) -> None:
    start = f"{next_planned_baseline(today.date())} 22:00"
    recurrence = parse_recurrence(NAMED_RECURRENCES["saturdayAfterBaseline"])

    assert why_not_baseline_start("saturdayAfterBaseline", start) is None
    for moment in islice(occurrences(recurrence, datetime.fromisoformat(start)), 4):
        assert moment.month in BASELINE_MONTHS
        assert moment.date() - patch_day(moment.year, moment.month) == timedelta(days=4)


def test_a_month_without_the_day_is_passed_over() -> None:
    found = islice(occurrences(parse_recurrence("Month day31"), datetime(2026, 1, 1)), 3)
    assert [(moment.month, moment.day) for moment in found] == [(1, 31), (3, 31), (5, 31)]


def test_the_last_week_of_the_month_before_may_reach_into_the_first() -> None:
    recurrence = parse_recurrence("Month Last Sunday Offset6")
    assert next(occurrences(recurrence, datetime(2026, 8, 3))) == datetime(2026, 9, 5)
    assert next(occurrences(recurrence, datetime(2026, 9, 1))) == datetime(2026, 9, 5)


def test_a_window_ends_with_its_expiration_and_with_the_calendar() -> None:
    daily = parse_recurrence("Day")
    assert len(list(occurrences(daily, datetime(2026, 1, 1), datetime(2026, 1, 3, 12)))) == 3
    assert len(list(occurrences(daily, datetime(9999, 12, 30)))) == 2
    assert next_occurrence(parse_recurrence("12Months day30"), datetime(9000, 2, 1), datetime(9000, 2, 1)) is None
