"""The hotpatch calendar: the plan, the record, and the difference between a quiet month and an unknown one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azure_hotpatch.domain.azure.calendar import (
    BASELINE_MONTHS,
    CALENDAR,
    Calendar,
    Certainty,
    last_planned_baseline,
    next_planned_baseline,
    patch_day,
    saturday_after_patch_tuesday,
)
from azure_hotpatch.domain.azure.calendar_events import EVENTS
from azure_hotpatch.domain.azure.patch_event import Generation, PatchEvent, Release, ReleaseSource

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
TODAY = date(2026, 11, 24)


def releases(generation: Generation, year: int) -> list[Release]:
    monthly = [event for event in EVENTS if event.release is not Release.OUT_OF_BAND]
    return [event.release for event in monthly if event.generation == generation and event.day.year == year]


@given(DAYS)
def test_patch_day_is_the_second_tuesday(day: date) -> None:
    tuesday = patch_day(day.year, day.month)
    assert tuesday.weekday() == 1
    assert 8 <= tuesday.day <= 14


@given(DAYS)
def test_the_next_planned_baseline_is_at_most_a_quarter_away(today: date) -> None:
    following = next_planned_baseline(today)
    assert following.month in BASELINE_MONTHS
    assert following == patch_day(following.year, following.month)
    assert timedelta(0) <= following - today <= timedelta(days=98)


@given(DAYS)
def test_no_planned_baseline_lies_between_the_last_and_the_next(today: date) -> None:
    last, following = last_planned_baseline(today), next_planned_baseline(today)
    assert last <= today <= following
    assert last == following == today or next_planned_baseline(last + timedelta(days=1)) == following


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 1, 13), date(2026, 1, 13)),
        (date(2026, 1, 14), date(2026, 4, 14)),
        (date(2026, 12, 31), date(2027, 1, 12)),
    ],
)
def test_the_day_of_a_baseline_itself_counts(today: date, day: date) -> None:
    assert next_planned_baseline(today) == day


def test_the_saturday_after_patch_tuesday_may_be_the_third_saturday() -> None:
    assert saturday_after_patch_tuesday(2026, 8) == date(2026, 8, 15)


@pytest.mark.parametrize(
    ("generation", "year", "baselines", "unplanned", "hotpatches"),
    [("2022", 2024, 4, 1, 7), ("2022", 2025, 4, 0, 8), ("2025", 2025, 4, 0, 8), ("2025", 2026, 3, 2, 4)],
)
def test_the_record_of_a_year_adds_up(
    generation: Generation, year: int, baselines: int, unplanned: int, hotpatches: int
) -> None:
    found = releases(generation, year)
    assert found.count(Release.BASELINE) == baselines
    assert found.count(Release.UNPLANNED_BASELINE) == unplanned
    assert found.count(Release.HOTPATCH) == hotpatches


def test_every_monthly_record_is_on_its_patch_day_and_its_baseline_in_a_planned_month() -> None:
    monthly = [event for event in EVENTS if event.release is not Release.OUT_OF_BAND]
    assert [event for event in monthly if event.day != patch_day(event.day.year, event.day.month)] == []
    planned = [event for event in monthly if event.release is not Release.UNPLANNED_BASELINE]
    assert [
        event for event in planned if (event.day.month in BASELINE_MONTHS) != (event.release is Release.BASELINE)
    ] == []


@pytest.mark.parametrize("generation", ["2022", "2025"])
def test_revisions_only_grow(generation: Generation) -> None:
    known = sorted((event.day, event.revision) for event in EVENTS if event.generation == generation and event.revision)
    # A hotpatch has a lower revision than an out-of-band update that came before it: those are off the track.
    track = [revision for day, revision in known if day not in (date(2025, 10, 23), date(2026, 4, 19))]
    assert track == sorted(track)


def test_every_record_says_where_it_was_read_and_when() -> None:
    assert [event for event in EVENTS if not event.source.title or event.source.read is None] == []


def test_a_past_month_without_a_record_is_unknown_not_quiet() -> None:
    june = CALENDAR.month("2022", 2026, 6, TODAY)
    assert june.certainty is Certainty.UNKNOWN
    assert str(june) == "hotpatch was planned; what came is not recorded"


def test_a_recorded_month_is_what_it_was() -> None:
    august = CALENDAR.month("2022", 2024, 8, TODAY)
    assert (august.certainty, august.release) == (Certainty.ACTUAL, Release.UNPLANNED_BASELINE)
    assert august.event is not None
    assert (august.event.build, august.event.kb) == ("20348.2655", "KB5041160")


def test_a_release_is_actual_from_its_day_on() -> None:
    assert CALENDAR.month("2022", 2024, 8, date(2024, 8, 13)).certainty is Certainty.ACTUAL


def test_a_month_to_come_is_planned_even_where_it_is_recorded_by_now() -> None:
    assert CALENDAR.month("2022", 2024, 8, date(2024, 7, 1)).certainty is Certainty.PLANNED


@pytest.mark.parametrize("generation", ["2022", "2025"])
def test_a_forecast_never_promises_a_month_without_a_restart(generation: Generation) -> None:
    forecast = CALENDAR.forecast(generation, TODAY)

    assert [month.day for month in forecast[:2]] == [date(2026, 12, 8), date(2027, 1, 12)]
    assert len(forecast) == 12
    assert {month.certainty for month in forecast} == {Certainty.PLANNED}
    assert [month.day.month for month in forecast if "restart" not in str(month)] == []
    assert [month.day.month for month in forecast if month.release is Release.BASELINE] == [1, 4, 7, 10]


def test_the_day_of_a_release_is_still_in_the_forecast() -> None:
    assert CALENDAR.forecast("2022", date(2026, 12, 8), 1)[0].day == date(2026, 12, 8)


@pytest.mark.parametrize(
    ("generation", "on", "build"),
    [
        ("2022", date(2024, 8, 12), "20348.2582"),
        ("2022", date(2024, 8, 13), "20348.2655"),
        ("2025", date(2026, 7, 1), "26100.32995"),
    ],
)
def test_the_latest_baseline_may_be_an_unplanned_one(generation: Generation, on: date, build: str) -> None:
    latest = CALENDAR.latest_baseline(generation, on)
    assert latest is not None
    assert latest.build == build


def test_there_is_no_baseline_before_the_record() -> None:
    assert CALENDAR.latest_baseline("2022", date(2023, 1, 1)) is None


def test_an_event_of_ones_own_overrides_the_record() -> None:
    own = PatchEvent(date(2025, 9, 9), "2022", Release.UNPLANNED_BASELINE, ReleaseSource("my notes"), 4200)
    calendar = CALENDAR.extended([own])

    assert calendar.month("2022", 2025, 9, TODAY).event == own
    assert calendar.latest_baseline("2022", date(2025, 9, 30)) == own
    assert calendar.month("2025", 2025, 9, TODAY).release is Release.HOTPATCH


def test_an_out_of_band_update_is_not_the_release_of_its_month() -> None:
    assert CALENDAR.month("2025", 2025, 10, TODAY).release is Release.BASELINE
    assert Release.OUT_OF_BAND in {event.release for event in Calendar().events}
