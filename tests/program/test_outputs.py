"""The output `fleet`: a row a machine, with its next baseline as the stack's calendar has it."""

from typing import Any

import pytest

from tests.program.conftest import Deploy
from tests.program.test_every_setting_counts import EVENT, EVERYTHING


def rows(deploy: Deploy, config: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in deploy(config).outputs["fleet"]}


def test_a_row_says_what_the_machine_was_declared_to_be(deploy: Deploy) -> None:
    found = rows(deploy, {key: value for key, value in EVERYTHING.items() if key != "calendar"})
    assert {name: (row["mode"], row["hotpatch"], row["patchMode"]) for name, row in found.items()} == {
        "web-01": ("hotpatch", True, "AutomaticByPlatform"),
        "web-02": ("hotpatch", True, "AutomaticByPlatform"),
        "web-ne": ("hotpatch", True, "AutomaticByPlatform"),
        "erp": ("customerManagedSchedule", False, "AutomaticByPlatform"),
        "front": ("hotpatch", True, "AutomaticByPlatform"),
        "policy": ("azureLocal", True, "groupPolicy"),
        "menu": ("azureLocal", True, "sconfig"),
        "server": ("azureLocal", True, "thirdParty"),
    }
    assert {row["nextPlannedBaseline"] for name, row in found.items() if name != "erp"} == {"2027-01-12"}
    assert found["erp"]["nextPlannedBaseline"] is None
    assert (found["web-01"]["azureName"], found["web-01"]["location"]) == ("web-01-vm", "westeurope")
    assert (found["web-01"]["principalId"], found["web-01"]["privateIpAddress"]) == ("own", "10.0.0.4")
    assert found["front"]["azureName"] == "front-vmss"
    for row in found.values():
        assert row["portalUrl"].endswith(row["resourceId"])
        assert row["image"].startswith("MicrosoftWindowsServer:WindowsServer:2022-Datacenter-Azure-Edition-Core")


@pytest.mark.parametrize(
    ("release", "of_2022", "of_2025"),
    [
        ("unplannedBaseline", "2026-11-10", "2027-01-12"),
        ("hotpatch", "2027-01-12", "2027-01-12"),
    ],
)
def test_the_stacks_calendar_moves_the_next_baseline_of_its_generation(
    release: str, of_2022: str, of_2025: str, deploy: Deploy
) -> None:
    config = {
        "images": {"generation": "2025"},
        "calendar": {"events": [{**EVENT, "release": release}]},
        "fleet": {"machines": [{"name": "old"}, {"name": "new", "image": "2025-core"}], "scaleSets": [{"name": "set"}]},
    }
    found = {name: row["nextPlannedBaseline"] for name, row in rows(deploy, config).items()}
    assert found == {"old": of_2022, "set": of_2022, "new": of_2025}


def test_a_baseline_that_became_a_hotpatch_is_passed_over(deploy: Deploy) -> None:
    event = {**EVENT, "day": "2027-01-12", "release": "hotpatch"}
    config = {"calendar": {"events": [event]}, "fleet": {"machines": [{"name": "web"}]}}
    assert rows(deploy, config)["web"]["nextPlannedBaseline"] == "2027-04-13"
