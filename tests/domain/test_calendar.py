"""The hotpatch calendar: the plan, the record, and the difference between a quiet month and an unknown one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azure_hotpatch.domain.azure.calendar import (
    BASELINE_MONTHS,
    CALENDAR,
    EVENTS,
    Calendar,
    Certainty,
    Generation,
    PatchEvent,
    Release,
    ReleaseSource,
    last_planned_baseline,
    next_planned_baseline,
    patch_day,
    saturday_after_patch_tuesday,
    unplanned_baselines,
)

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
TODAY = date(2026, 11, 24)


def releases(generation: Generation, year: int) -> list[Release]:
    return [event.release for event in CALENDAR.monthly(generation) if event.day.year == year]


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
    [
        ("2022", 2022, 4, 3, 5),
        ("2022", 2023, 4, 0, 8),
        ("2022", 2024, 4, 1, 7),
        ("2022", 2025, 4, 0, 8),
        ("2022", 2026, 3, 2, 4),
        ("2025", 2025, 4, 0, 8),
        ("2025", 2026, 3, 2, 4),
    ],
)
def test_the_record_of_a_year_adds_up(
    generation: Generation, year: int, baselines: int, unplanned: int, hotpatches: int
) -> None:
    found = releases(generation, year)
    assert found.count(Release.BASELINE) == baselines
    assert found.count(Release.UNPLANNED_BASELINE) == unplanned
    assert found.count(Release.HOTPATCH) == hotpatches


def test_every_monthly_record_is_on_its_patch_day_and_its_baseline_in_a_planned_month() -> None:
    monthly = [event for event in EVENTS if event.release.is_monthly]
    assert [event for event in monthly if event.day != patch_day(event.day.year, event.day.month)] == []
    planned = [event for event in monthly if event.release is not Release.UNPLANNED_BASELINE]
    assert [
        event for event in planned if (event.day.month in BASELINE_MONTHS) != (event.release is Release.BASELINE)
    ] == []


@pytest.mark.parametrize("generation", ["2022", "2025"])
def test_revisions_of_the_hotpatch_track_only_grow(generation: Generation) -> None:
    track = [event.revision for event in CALENDAR.monthly(generation)]
    assert track == sorted(track, key=lambda revision: revision or 0)


@pytest.mark.parametrize("generation", ["2022", "2025"])
def test_a_month_of_a_hotpatch_has_the_update_of_both_tracks(generation: Generation) -> None:
    hotpatches = [event for event in CALENDAR.monthly(generation) if event.release is Release.HOTPATCH]
    assert hotpatches
    assert [event for event in hotpatches if not (event.cumulative_kb and event.cumulative_build)] == []
    assert [event for event in hotpatches if event.cumulative_kb == event.kb] == []


def test_the_hotpatchs_build_is_not_always_the_lower_one() -> None:
    november = CALENDAR.month("2022", 2022, 11, TODAY).event
    assert november is not None
    assert (november.build, november.cumulative_build) == ("20348.1251", "20348.1249")


def test_no_kb_is_recorded_twice() -> None:
    numbers = [number for event in EVENTS for number in (event.kb, event.cumulative_kb) if number]
    assert len(numbers) == len(set(numbers))


def test_every_record_says_where_it_was_read_and_when() -> None:
    assert [event for event in EVENTS if not event.source.title or event.source.read is None] == []


def test_a_past_month_without_a_record_is_unknown_not_quiet() -> None:
    november = CALENDAR.month("2022", 2026, 11, TODAY)
    assert november.certainty is Certainty.UNKNOWN
    assert str(november) == "hotpatch was planned; what came is not recorded"


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
    assert CALENDAR.latest_baseline("2022", date(2022, 1, 1)) is None


def test_an_event_of_ones_own_overrides_the_record() -> None:
    own = PatchEvent(date(2025, 9, 9), "2022", Release.UNPLANNED_BASELINE, ReleaseSource("my notes"), 4200)
    calendar = CALENDAR.extended([own])

    assert calendar.month("2022", 2025, 9, TODAY).event == own
    assert calendar.latest_baseline("2022", date(2025, 9, 30)) == own
    assert calendar.month("2025", 2025, 9, TODAY).release is Release.HOTPATCH


def test_an_out_of_band_update_is_not_the_release_of_its_month() -> None:
    assert CALENDAR.month("2025", 2025, 10, TODAY).release is Release.BASELINE
    assert Release.OUT_OF_BAND in {event.release for event in Calendar().events}


@pytest.mark.parametrize(
    ("kb", "until"),
    [
        ("KB5070881", date(2026, 1, 13)),  # October 2025: no hotpatch in November and December
        ("KB5015013", date(2022, 7, 12)),
        ("KB5129237", date(2026, 10, 13)),  # beyond the record: the next planned baseline
    ],
)
def test_an_update_with_a_restart_takes_a_machine_off_until_the_next_baseline(kb: str, until: date) -> None:
    event = next(event for event in EVENTS if event.kb == kb)
    assert event.release is Release.OUT_OF_BAND
    assert CALENDAR.back_on_track(event) == until


@pytest.mark.parametrize("kb", ["KB5070892", "KB5070893", "KB5078238", "KB5091576", "KB5091470", "KB5061096"])
def test_some_out_of_band_updates_restart_nothing(kb: str) -> None:
    event = next(event for event in EVENTS if event.kb == kb)
    assert event.release is Release.OUT_OF_BAND_HOTPATCH
    assert not event.release.restarts


def test_a_day_that_is_not_known_is_said_to_be_so() -> None:
    unknown = {event.kb for event in EVENTS if not event.day_known}
    assert unknown == {"KB5061096", "KB5066359", "KB5066360"}


def test_the_record_says_how_far_it_goes() -> None:
    assert CALENDAR.known_until("2022") == CALENDAR.known_until("2025") == date(2026, 9, 8)


def test_the_number_of_unplanned_baselines_is_a_range() -> None:
    found = unplanned_baselines(CALENDAR, "2022", TODAY)
    assert (found.unplanned, found.months, found.fewest, found.most) == (6, 56, 0, 3)
    assert str(found) == (
        "6 unplanned in the 56 months from 2022-02 to 2026-09; any 12 months in a row had from 0 to 3"
    )


def test_what_was_not_out_yet_is_not_counted() -> None:
    found = unplanned_baselines(CALENDAR, "2022", date(2024, 8, 12))
    assert (found.unplanned, found.months) == (3, 30)


@pytest.mark.parametrize(
    ("span", "fewest", "most"),
    [(24, 1, 3), (45, 2, 4), (56, 2, 7), (60, 2, 7)],  # the last two in runs of 45 and 11, and of 45 and 15
)
def test_months_beyond_the_record_are_a_range_too(span: int, fewest: int, most: int) -> None:
    found = unplanned_baselines(CALENDAR, "2022", TODAY, span)
    assert (found.fewest, found.most) == (fewest, most)


def test_a_day_knows_nothing_of_later_ones() -> None:
    then = CALENDAR.as_of(date(2026, 6, 8))
    june = then.month("2022", 2026, 6, date(2026, 6, 8))
    assert (june.release, june.certainty, june.event) == (Release.HOTPATCH, Certainty.PLANNED, None)
    assert then.known_until("2022") == date(2026, 5, 12)
    assert CALENDAR.as_of(TODAY) == CALENDAR


def test_what_a_person_has_announced_stays_known() -> None:
    announced = replace(CALENDAR.monthly("2022")[-1], day=date(2026, 12, 8))
    assert CALENDAR.extended([announced]).as_of(date(2025, 1, 1)).known_until("2022") == date(2026, 12, 8)
