"""HP029: the recurrence can be read."""

from typing import Any

import pytest

PATH = "maintenanceWindow.recurEvery"


@pytest.mark.parametrize("value", ["Month", "Fortnight", "Week Funday", "2Hours", 7])
def test_refuses_what_azure_refuses(value: Any, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP029", configuration({PATH: value}))
    assert finding.path == PATH


@pytest.mark.parametrize("value", ["Day", "2Weeks Monday", "Month day1,day15", None])
def test_accepts_what_azure_takes(value: Any, configuration: Any, ask: Any) -> None:
    assert ask("HP029", configuration({PATH: value})) == []


def test_judges_in_guest_configurations_only(configuration: Any, ask: Any) -> None:
    assert ask("HP029", configuration({PATH: "nonsense", "maintenanceScope": "Host"})) == []
