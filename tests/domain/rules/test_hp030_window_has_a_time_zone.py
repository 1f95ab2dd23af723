"""HP030: the time zone is one of Windows."""

from typing import Any

import pytest

PATH = "maintenanceWindow.timeZone"


@pytest.mark.parametrize("value", [None, "Europe/Berlin", "CET", 1])
def test_refuses_what_azure_refuses(value: Any, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP030", configuration({PATH: value}))
    assert finding.path == PATH


@pytest.mark.parametrize("value", ["UTC", "W. Europe Standard Time"])
def test_accepts_what_azure_takes(value: Any, configuration: Any, ask: Any) -> None:
    assert ask("HP030", configuration({PATH: value})) == []


def test_judges_in_guest_configurations_only(configuration: Any, ask: Any) -> None:
    assert ask("HP030", configuration({PATH: "nonsense", "maintenanceScope": "Host"})) == []
