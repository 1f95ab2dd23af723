"""HP031: a window starts, and has not expired."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import UNKNOWN

START = "maintenanceWindow.startDateTime"
EXPIRATION = "maintenanceWindow.expirationDateTime"


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
