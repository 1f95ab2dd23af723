"""HP034: a pinned version holds the baseline of its quarter."""

from typing import Any

import pytest

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
