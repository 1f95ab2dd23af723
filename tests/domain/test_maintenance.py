"""What Azure takes as a maintenance window for updates in the guest, value by value."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azure_hotpatch.domain.azure import maintenance
from azure_hotpatch.domain.azure.maintenance import TIME_ZONES
from azure_hotpatch.domain.azure.maintenance.time_zones import nearest_time_zone

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
        ("xyzzy", None),
    ],
)
def test_a_time_zone_of_another_name_is_recognised(name: str, meant: str | None) -> None:
    assert nearest_time_zone(name) == meant
    assert maintenance.why_not_time_zone(name) is not None


def test_every_zone_that_is_meant_exists() -> None:
    from azure_hotpatch.domain.azure.maintenance import time_zones

    assert set(time_zones._IANA.values()) <= set(TIME_ZONES)


def test_maintenance_spells_update_rollup_in_its_own_way() -> None:
    assert maintenance.why_not_classification("UpdateRollup") is None
    assert "did you mean 'UpdateRollup'?" in str(maintenance.why_not_classification("UpdateRollUp"))


@pytest.mark.parametrize("number", ["KB5034129", "kb5034129", "5034129", "890830"])
def test_accepts_a_kb_number_with_and_without_its_letters(number: str) -> None:
    assert maintenance.why_not_kb_number(number) is None


@pytest.mark.parametrize("number", ["KB", "KB-5034129", "50341290", "MS17-010", ""])
def test_refuses_what_is_no_kb_number(number: str) -> None:
    assert maintenance.why_not_kb_number(number) is not None


def test_two_spellings_of_a_kb_number_are_one() -> None:
    assert maintenance.kb_digits("kb5034129") == maintenance.kb_digits("5034129")


def test_a_reboot_setting_as_azure_answers_it_is_explained() -> None:
    assert maintenance.why_not_reboot_setting("Always") is None
    assert "how Azure answers 'Always'" in str(maintenance.why_not_reboot_setting("AlwaysReboot"))


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
