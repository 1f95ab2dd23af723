"""Domain and emulator agree on which schedules Azure accepts; both were written from the reference, not each other."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from azure_hotpatch.domain.azure import maintenance
from azure_hotpatch.domain.azure.maintenance import CLASSIFICATIONS, TIME_ZONES
from azure_hotpatch.domain.azure.patching import REBOOT_SETTINGS
from tests.examples import examples

Ask = Callable[..., str | None]

NUMBERS = st.sampled_from(["", "0", "1", "2", "5", "6", "12", "03", "100"])
UNITS = st.sampled_from(["Hour", "Hours", "Day", "Days", "Week", "Weeks", "Month", "Months", "month", "DAYS", "Year"])
WEEKDAYS = st.sampled_from(["Monday", "Tuesday", "saturday", "Sunday", "Funday"])
LISTS = st.lists(WEEKDAYS, min_size=1, max_size=3).map(",".join)
DAYS = st.lists(st.sampled_from(["day1", "day15", "day31", "day32", "day0", "day01", "Day7"]), min_size=1, max_size=3)
OFFSETS = st.sampled_from(["", " Offset4", " Offset-6", " Offset6", " Offset7", " Offset+4", " offset0", " Offset04"])
WEEKS = st.sampled_from(["First", "second", "Third", "Fourth", "Fifth", "Last"])
TAILS = st.one_of(
    st.just(""),
    LISTS.map(" {}".format),
    DAYS.map(", ".join).map(" {}".format),
    st.tuples(WEEKS, WEEKDAYS, OFFSETS).map(lambda parts: f" {parts[0]} {parts[1]}{parts[2]}"),
)
RECURRENCES = st.tuples(NUMBERS, UNITS, TAILS).map("".join)


@settings(max_examples=examples(400), deadline=None)
@given(RECURRENCES)
def test_a_recurrence(put_window: Ask, text: str) -> None:
    assert bool(maintenance.why_not_recurrence(text)) == bool(put_window(recurEvery=text)), text


@pytest.mark.parametrize(
    "text",
    ["0Days", "Week Monday,Monday", "Month day1,day1", "Month Second Tuesday Offset+4", "Month", "5Hours", "Fortnight"],
)
def test_a_recurrence_that_is_refused(put_window: Ask, text: str) -> None:
    assert maintenance.why_not_recurrence(text)
    assert put_window(recurEvery=text)


def test_a_duration(put_window: Ask) -> None:
    texts = [f"{minutes // 60:02}:{minutes % 60:02}" for minutes in range(0, 360, 5)]
    texts += ["1:30", "01:60", "three hours", "01:30:00", "89"]
    differing = [text for text in texts if bool(maintenance.why_not_duration(text)) != bool(put_window(duration=text))]
    assert differing == []


def test_a_time_zone(put_window: Ask) -> None:
    names = [*TIME_ZONES, "Europe/Berlin", "CET", "Mars Standard Time", "GMT", "UTC+02:00"]
    differing = [name for name in names if bool(maintenance.why_not_time_zone(name)) != bool(put_window(timeZone=name))]
    assert differing == []


@pytest.mark.parametrize("text", ["2099-01-10", "2099-13-01 00:00", "2099-01-10 22:00:00", "10/01/2099 22:00", "soon"])
def test_a_start(put_window: Ask, text: str) -> None:
    assert bool(maintenance.why_not_moment(text)) == bool(put_window(startDateTime=text))


def test_a_start_around_each_change_of_the_clocks(put_window: Ask) -> None:
    """Every half hour of the nights in which clocks are changed, in zones of every kind."""
    zones = {
        "AUS Eastern Standard Time": ("2099-10-04", "2099-04-05"),
        "W. Europe Standard Time": ("2099-03-29", "2099-10-25"),
        "Eastern Standard Time": ("2099-03-08", "2099-11-01"),
        "Lord Howe Standard Time": ("2099-10-04", "2099-04-05"),
        "E. Australia Standard Time": ("2099-10-04", "2099-04-05"),
        "UTC": ("2099-03-29", "2099-10-25"),
    }
    differing = [
        (zone, text)
        for zone, nights in zones.items()
        for night in nights
        for text in _half_hours(night)
        if bool(maintenance.why_not_in_time_zone(text, zone)) != bool(put_window(startDateTime=text, timeZone=zone))
    ]
    assert differing == []


@pytest.mark.parametrize("word", [*CLASSIFICATIONS, "UpdateRollUp", "critical", "Drivers", ""])
def test_a_classification(put_window: Ask, word: str) -> None:
    patches: dict[str, Any] = {"windowsParameters": {"classificationsToInclude": [word]}}
    assert bool(maintenance.why_not_classification(word)) == bool(put_window(patches))


@pytest.mark.parametrize("word", [*REBOOT_SETTINGS, "Sometimes", ""])
def test_a_reboot_setting(put_window: Ask, word: str) -> None:
    assert (word in REBOOT_SETTINGS) == (put_window({"rebootSetting": word}) is None)


def _half_hours(night: str) -> list[str]:
    midnight = datetime.fromisoformat(night)
    return [f"{midnight + timedelta(minutes=30 * number):%Y-%m-%d %H:%M}" for number in range(10)]
