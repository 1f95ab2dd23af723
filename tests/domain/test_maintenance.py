"""What Azure takes as a maintenance window for updates in the guest, value by value."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azure_hotpatch.domain.azure import maintenance
from azure_hotpatch.domain.azure.maintenance import TIME_ZONES
from azure_hotpatch.domain.azure.maintenance.time_zones import nearest_time_zone
from azure_hotpatch.domain.azure.maintenance.windows_zones import WINDOWS_ZONES

GOOD: dict[str, Any] = {
    "extensionProperties": {"InGuestPatchMode": "User"},
    "installPatches": {"rebootSetting": "IfRequired"},
    "maintenanceWindow": {"recurEvery": "Day"},
}


@given(st.timedeltas(timedelta(0), timedelta(hours=23, minutes=59)))
def test_a_window_lasts_from_01_30_to_03_55(length: timedelta) -> None:
    minutes = length // timedelta(minutes=1)
    text = f"{minutes // 60:02}:{minutes % 60:02}"
    assert (maintenance.why_not_duration(text) is None) == (90 <= minutes <= 235)
    if 90 <= minutes <= 235:
        assert maintenance.parse_duration(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize(("text", "accepted"), [("01:29", False), ("01:30", True), ("03:55", True), ("03:56", False)])
def test_both_ends_of_a_window_are_allowed(text: str, accepted: bool) -> None:
    assert (maintenance.why_not_duration(text) is None) is accepted


@pytest.mark.parametrize("text", ["3:00", "03:60", "three hours", "PT3H", "03:00:00", ""])
def test_a_duration_is_written_in_hours_and_minutes(text: str) -> None:
    assert "HH:mm" in str(maintenance.why_not_duration(text))
    with pytest.raises(ValueError, match="HH:mm"):
        maintenance.parse_duration(text)


def test_a_moment_is_read_with_and_without_seconds() -> None:
    assert maintenance.parse_moment("2026-01-10 22:00") == datetime(2026, 1, 10, 22)
    assert maintenance.parse_moment(maintenance.NEVER_EXPIRES) == datetime(9999, 12, 31, 23, 59, 59)


@pytest.mark.parametrize("text", ["2026-02-30 10:00", "2026-01-10 25:00"])
def test_a_moment_must_exist(text: str) -> None:
    assert "exists" in str(maintenance.why_not_moment(text))


@pytest.mark.parametrize("text", ["2026-01-10", "2026-01-10T22:00", "10.01.2026 22:00", "2026-1-10 22:00"])
def test_a_moment_has_one_form(text: str) -> None:
    assert "YYYY-MM-DD hh:mm" in str(maintenance.why_not_moment(text))


@pytest.mark.parametrize(("time", "accepted"), [("23:44", True), ("23:45", False), ("23:59", False), ("00:00", True)])
def test_a_window_does_not_start_just_before_midnight(time: str, accepted: bool) -> None:
    assert (maintenance.why_not_start(f"2026-01-10 {time}") is None) is accepted


def test_a_new_window_does_not_start_in_the_past() -> None:
    today = date(2026, 1, 10)
    assert maintenance.why_not_start("2026-01-10 10:00", today) is None
    assert "past" in str(maintenance.why_not_start("2026-01-09 10:00", today))
    assert maintenance.why_not_start("2026-01-09 10:00") is None


def test_a_window_expires_after_it_starts() -> None:
    assert maintenance.why_not_expiration("2026-01-11 10:00", "2026-01-10 10:00") is None
    assert "not after" in str(maintenance.why_not_expiration("2026-01-10 10:00", "2026-01-10 10:00"))
    assert "YYYY" in str(maintenance.why_not_expiration("never", "2026-01-10 10:00"))


def test_time_zones_are_windows_names_each_once() -> None:
    assert len(TIME_ZONES) == len(set(TIME_ZONES)) == 141
    assert all(maintenance.why_not_time_zone(name) is None for name in TIME_ZONES)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Europe/Berlin", "W. Europe Standard Time"),
        ("etc/utc", "UTC"),
        ("w. europe standard time", "W. Europe Standard Time"),
        ("W. Europe Standart Time", "W. Europe Standard Time"),
        ("xyzzy", ""),
    ],
)
def test_a_time_zone_of_another_name_is_recognised(name: str, meant: str) -> None:
    assert nearest_time_zone(name) == meant
    assert maintenance.why_not_time_zone(name) is not None


def test_the_time_zone_database_knows_every_zone() -> None:
    assert {name for names in WINDOWS_ZONES.values() for name in names[:1]} <= available_timezones()


def test_an_iana_name_stands_for_one_windows_zone_that_is_not_obsolete() -> None:
    current = {zone for zone in TIME_ZONES if zone not in ("Kamchatka Standard Time", "Mid-Atlantic Standard Time")}
    names = [name for zone in current for name in WINDOWS_ZONES[zone]]
    assert len(names) == len(set(names))
    assert (nearest_time_zone("Etc/GMT+2"), nearest_time_zone("Asia/Kamchatka")) == ("UTC-02", "Russia Time Zone 11")


@pytest.mark.parametrize(
    ("text", "zone", "next_time"),
    [
        ("2025-10-05 02:00", "AUS Eastern Standard Time", "2025-10-05 03:00"),
        ("2026-03-29 02:59", "W. Europe Standard Time", "2026-03-29 03:00"),
        ("2026-10-04 02:15", "Lord Howe Standard Time", "2026-10-04 02:30"),  # half an hour
        ("2011-12-30 12:00", "Samoa Standard Time", "2011-12-31 00:00"),  # a whole day
    ],
)
def test_a_start_that_no_clock_shows_is_refused(text: str, zone: str, next_time: str) -> None:
    assert f"the next time they show is {next_time}" in str(maintenance.why_not_start(text, time_zone=zone))
    assert maintenance.nearest_start(text, zone) == next_time
    assert maintenance.why_not_start(next_time, time_zone=zone) is None


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-04-05 02:30", "AUS Eastern Standard Time"),  # it is shown twice
        ("2025-10-05 02:00", "E. Australia Standard Time"),  # Queensland has no summer time
        ("2025-10-05 02:00", "UTC"),
        ("2025-10-05 02:00", "Nowhere Standard Time"),  # that the zone does not exist is said elsewhere
    ],
)
def test_a_start_that_a_clock_shows_is_accepted(text: str, zone: str) -> None:
    assert maintenance.why_not_in_time_zone(text, zone) is None


@given(st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)), st.sampled_from(TIME_ZONES))
def test_a_local_time_exists_or_has_a_next_one(local: datetime, zone: str) -> None:
    text = f"{local:%Y-%m-%d %H:%M}"
    if maintenance.why_not_in_time_zone(text, zone):
        following = maintenance.nearest_start(text, zone)
        assert following > text
        assert maintenance.why_not_in_time_zone(following, zone) is None
    else:
        instant = maintenance.in_zone(datetime.fromisoformat(text), zone)
        assert instant is not None
        assert f"{instant:%Y-%m-%d %H:%M}" == text


def test_the_past_is_that_of_the_time_zone() -> None:
    # 23:00 in Samoa's zone of 2026, UTC+13, is 10:00 in UTC; in UTC-11 it is 10:00 of the next day.
    assert maintenance.is_over("2026-01-10 23:00", date(2026, 1, 11), "Samoa Standard Time")
    assert not maintenance.is_over("2026-01-10 23:00", date(2026, 1, 11), "UTC-11")
    assert not maintenance.is_over("9999-12-31 23:59:59", date(2026, 1, 11), "UTC-11")


def test_maintenance_spells_update_rollup_in_its_own_way() -> None:
    assert maintenance.why_not_classification("UpdateRollup") is None
    assert maintenance.why_not_classification("UpdateRollUp") is not None
    assert maintenance.nearest_classification("UpdateRollUp") == "UpdateRollup"


@pytest.mark.parametrize("number", ["KB5034129", "kb5034129", "5034129", "890830"])
def test_accepts_a_kb_number_with_and_without_its_letters(number: str) -> None:
    assert maintenance.why_not_kb_number(number) is None


@pytest.mark.parametrize("number", ["KB", "KB-5034129", "50341290", "MS17-010", ""])
def test_refuses_what_is_no_kb_number(number: str) -> None:
    assert maintenance.why_not_kb_number(number) is not None


def test_two_spellings_of_a_kb_number_are_one() -> None:
    assert maintenance.kb_digits("kb5034129") == maintenance.kb_digits("5034129")


def test_the_names_of_group_and_configuration_share_their_room() -> None:
    assert maintenance.why_not_names("g" * 90, "c" * 37) is None
    assert "128 characters together" in str(maintenance.why_not_names("g" * 90, "c" * 38))


def test_a_window_installs_something() -> None:
    assert maintenance.why_nothing_to_install(["Critical"], []) is None
    assert maintenance.why_nothing_to_install([], ["KB5034129"]) is None
    assert maintenance.why_nothing_to_install([], []) is not None


def test_accepts_a_whole_configuration() -> None:
    assert maintenance.why_not_in_guest(GOOD) is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"extensionProperties": None}, "Extension properties must contain Patch mode"),
        ({"extensionProperties": {"InGuestPatchMode": "Auto"}}, "not User or Platform"),
        ({"extensionProperties": {"InGuestPatchMode": "Platform"}}, "installPatches must be absent"),
        ({"installPatches": None}, "installPatches is absent"),
        ({"maintenanceWindow": None}, "maintenanceWindow is absent"),
    ],
)
def test_refuses_a_configuration_that_would_not_run(change: dict[str, Any], reason: str) -> None:
    assert reason in str(maintenance.why_not_in_guest({**GOOD, **change}))
