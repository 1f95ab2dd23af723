"""HP028: a window lasts from 01:30 to 03:55."""

from typing import Any

import pytest

PATH = "maintenanceWindow.duration"


@pytest.mark.parametrize("value", ["01:00", "04:00", "3h", 3])
def test_refuses_what_azure_refuses(value: Any, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP028", configuration({PATH: value}))
    assert finding.path == PATH


@pytest.mark.parametrize("value", ["01:30", "03:55", None])
def test_accepts_what_azure_takes(value: Any, configuration: Any, ask: Any) -> None:
    assert ask("HP028", configuration({PATH: value})) == []


def test_judges_in_guest_configurations_only(configuration: Any, ask: Any) -> None:
    assert ask("HP028", configuration({PATH: "nonsense", "maintenanceScope": "Host"})) == []
