"""HP009: a hotpatch image is never deployed without patch settings."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import UNKNOWN

WINDOWS = "osProfile.windowsConfiguration"
SKU = "storageProfile.imageReference.sku"


@pytest.mark.parametrize("path", ["osProfile", WINDOWS, f"{WINDOWS}.patchSettings"])
def test_refuses_absent_settings_on_a_hotpatch_image(path: str, vm: Any, ask: Any, absent: Any) -> None:
    (finding,) = ask("HP009", vm({path: absent}))
    assert finding.path == f"{WINDOWS}.patchSettings"


def test_refuses_them_on_a_hotpatch_image_that_the_stack_does_not_accept(vm: Any, ask: Any) -> None:
    assert len(ask("HP009", vm({SKU: "2025-Datacenter-Azure-Edition", WINDOWS: {}}))) == 1


def test_accepts_stated_settings_and_another_image_without(vm: Any, ask: Any) -> None:
    assert ask("HP009", vm()) == []
    assert ask("HP009", vm({SKU: "2019-Datacenter", WINDOWS: {}})) == []


def test_cannot_tell_on_an_unknown_image(vm: Any, ask: Any) -> None:
    (finding,) = ask("HP009", vm({SKU: UNKNOWN, WINDOWS: {}}))
    assert finding.path == SKU


def test_reads_the_id_of_a_marketplace_image_and_passes_a_custom_one(vm: Any, ask: Any) -> None:
    marketplace = (
        "/Subscriptions/0/Providers/Microsoft.Compute/Locations/westeurope/Publishers/MicrosoftWindowsServer"
        "/ArtifactTypes/VMImage/Offers/WindowsServer/Skus/2022-datacenter-azure-edition-core/Versions/latest"
    )
    reference = "storageProfile.imageReference"
    assert len(ask("HP009", vm({reference: {"id": marketplace}, WINDOWS: {}}))) == 1
    assert ask("HP009", vm({reference: {"id": "/x/providers/Microsoft.Compute/images/i"}, WINDOWS: {}})) == []


def test_an_image_with_a_part_missing_is_no_hotpatch_image(vm: Any, ask: Any) -> None:
    assert ask("HP009", vm({"storageProfile.imageReference.offer": None, WINDOWS: {}})) == []
