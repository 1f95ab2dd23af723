"""HP031: a window starts, and has not expired."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import UNKNOWN

START = "maintenanceWindow.startDateTime"
EXPIRATION = "maintenanceWindow.expirationDateTime"
TIME_ZONE = "maintenanceWindow.timeZone"


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (START, None, "is absent"),
        (START, "14/02/2026", "is not written"),
        (START, "2026-02-14 23:50", "may miss the trigger"),
        (EXPIRATION, "2026-03-01 02:00", "expired"),
        (EXPIRATION, "2026-01-01 02:00", "is not after the start"),
        (EXPIRATION, "soon", "is not written"),
    ],
)
def test_refuses_a_window_that_is_not_open(path: str, value: Any, reason: str, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP031", configuration({path: value}))
    assert finding.path == path
    assert reason in finding.message


@pytest.mark.parametrize("value", [None, "9999-12-31 23:59:59", "2026-03-02 02:00"])
def test_accepts_a_window_to_come(value: Any, configuration: Any, ask: Any) -> None:
    assert ask("HP031", configuration({EXPIRATION: value})) == []


def test_a_window_that_started_long_ago_is_fine(configuration: Any, ask: Any) -> None:
    assert ask("HP031", configuration({START: "2021-02-14 02:00"})) == []


def test_an_unknown_start_does_not_hide_that_it_expired(configuration: Any, ask: Any) -> None:
    findings = ask("HP031", configuration({START: UNKNOWN, EXPIRATION: "2025-01-01 02:00"}))
    assert [finding.path for finding in findings] == [START, EXPIRATION]


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        ("2025-10-05 02:00", "AUS Eastern Standard Time"),
        ("2026-03-29 02:30", "W. Europe Standard Time"),
        ("2026-03-08 02:59", "Eastern Standard Time"),
    ],
)
def test_refuses_a_start_in_the_hour_that_summer_time_skips(
    start: str, zone: str, configuration: Any, ask: Any
) -> None:
    (finding,) = ask("HP031", configuration({START: start, TIME_ZONE: zone}))
    assert finding.path == START
    assert f"does not exist in {zone}" in finding.message


@pytest.mark.parametrize("start", ["2026-04-05 02:30", "2025-10-05 01:59", "2025-10-05 03:00"])
def test_accepts_a_start_in_the_doubled_hour_and_beside_the_skipped_one(
    start: str, configuration: Any, ask: Any
) -> None:
    assert ask("HP031", configuration({START: start, TIME_ZONE: "AUS Eastern Standard Time"})) == []


@pytest.mark.parametrize(
    ("expiration", "zone", "is_over"),
    [
        ("2026-03-01 14:00", "Samoa Standard Time", True),
        ("2026-03-01 14:00", "UTC-11", False),  # 01:00 of the second of March in UTC
        ("2026-03-01 23:00", "UTC", True),
        ("2026-03-01 14:00", UNKNOWN, False),
        ("2026-02-27 14:00", UNKNOWN, True),
    ],
)
def test_a_window_expires_in_its_own_time_zone(
    expiration: str, zone: Any, is_over: bool, configuration: Any, ask: Any
) -> None:
    findings = ask("HP031", configuration({EXPIRATION: expiration, TIME_ZONE: zone}))
    assert [finding.path for finding in findings] == [EXPIRATION] * is_over
