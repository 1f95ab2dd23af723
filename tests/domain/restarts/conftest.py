"""Stacks in brief, and a day to see the calendar from."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.settings import StackSettings, parse_settings

TODAY = date(2026, 11, 29)
SCHEDULE = {
    "start": "2026-12-05 02:00",
    "recurrence": "saturdayAfterPatchTuesday",
    "timeZone": "W. Europe Standard Time",
}


@pytest.fixture
def today() -> date:
    return TODAY


@pytest.fixture
def stack() -> Callable[..., StackSettings]:
    """The settings of a stack with groups of machines, each of its keys given by name."""

    def make(*groups: dict[str, Any], azure_local: Any = (), scale_sets: Any = (), **maintenance: Any) -> StackSettings:
        fleet = {"machines": list(groups), "azureLocal": list(azure_local), "scaleSets": list(scale_sets)}
        network = {"regions": {"northeurope": {"addressSpace": "10.20.0.0/16", "subnetPrefix": "10.20.0.0/24"}}}
        images = {"generation": "2025"}
        return parse_settings({"fleet": fleet, "maintenance": maintenance, "network": network, "images": images})

    return make


@pytest.fixture
def schedule() -> dict[str, str]:
    return dict(SCHEDULE)
