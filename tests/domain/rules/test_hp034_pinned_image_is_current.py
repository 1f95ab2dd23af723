"""HP034: a pinned version holds the baseline of its quarter."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR, PatchEvent, Release, ReleaseSource
from azure_hotpatch.domain.judging.judge import judge
from azure_hotpatch.domain.judging.rule import Context
from azure_hotpatch.domain.rules import RULES

VERSION = "storageProfile.imageReference.version"


@pytest.mark.parametrize("version", ["20348.2966.241205", "20348.4467.251205"])
def test_warns_of_an_image_older_than_the_baseline(version: str, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP034", vm({VERSION: version}))
    assert finding.path == VERSION
    assert "older than the baseline of 2026-01-13" in finding.message


@pytest.mark.parametrize("version", ["latest", "Latest", None, "20348.4648.260108", "20348.4711.260205", "1.0.0"])
def test_accepts_a_current_image_and_one_that_says_nothing(version: Any, vm: Any, ask: Any) -> None:
    assert ask("HP034", vm({VERSION: version})) == []


def test_reads_the_version_in_the_id_of_a_marketplace_image(vm: Any, ask: Any) -> None:
    image = (
        "/Subscriptions/0/Providers/Microsoft.Compute/Locations/westeurope/Publishers/MicrosoftWindowsServer"
        "/ArtifactTypes/VMImage/Offers/WindowsServer/Skus/2022-datacenter-azure-edition-core/Versions/20348.2966.241205"
    )
    (finding,) = ask("HP034", vm({"storageProfile.imageReference": {"id": image}}))
    assert finding.path == "storageProfile.imageReference.id"


def test_counts_a_baseline_that_the_stack_adds_to_the_record(vm: Any) -> None:
    release = PatchEvent(date(2026, 2, 24), "2022", Release.UNPLANNED_BASELINE, ReleaseSource("our notes"), 4800, "KB1")
    context = Context(today=date(2026, 3, 2), calendar=CALENDAR.extended([release]))
    record = vm({VERSION: "20348.4648.260108"})
    rules = [rule for rule in RULES if rule.id == "HP034"]

    assert [finding.message for finding in judge(record, rules, context)] == [
        "image version 20348.4648.260108 is older than the baseline of 2026-02-24, build 20348.4800 (KB1)"
    ]
    assert list(judge(record, rules, replace(context, calendar=CALENDAR))) == []
