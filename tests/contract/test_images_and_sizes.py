"""Domain and emulator agree on the images that can be hotpatched, and on the disks and the sizes for them."""

from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.azure import calendar, machines
from azure_hotpatch.domain.azure.images import OFFER, PUBLISHER, WHOLE_CATALOGUE, Image, why_not_hotpatchable
from azure_hotpatch.domain.azure.size_series import SIZES
from azure_hotpatch.domain.azure.sizes import why_not_size
from azure_hotpatch.emulator.arm.providers.compute import images
from azure_hotpatch.emulator.arm.providers.compute.image_catalogue import IMAGES
from azure_hotpatch.emulator.arm.windows_update import patch_days

EDITIONS = ("", "-azure-edition", "-azure-edition-core", "-azure-edition-hotpatch", "-core", "-g2", "-azure-edition-g2")
LOOK_ALIKES = [
    f"{year}-{name}{edition}{size}"
    for year in ("2019", "2022", "2025")
    for name in ("datacenter", "Datacenter")
    for edition in EDITIONS
    for size in ("", "-smalldisk", "-with-containers")
]
OLD_SIZES = (
    *("Standard_A2_v2", "Standard_D2_v2", "Standard_D2_v3", "Standard_E2_v3", "Standard_F2", "Standard_NC6"),
    *("Standard_NV6", "Standard_G2", "Standard_H8", "Standard_D2ps_v5", "Standard_D2plds_v5", "Standard_E2ps_v5"),
)


def test_an_image() -> None:
    differing = [
        sku
        for sku in (*LOOK_ALIKES, *(image.sku for image in WHOLE_CATALOGUE.images))
        if images.is_hotpatched({"publisher": PUBLISHER, "offer": OFFER, "sku": sku})
        != (why_not_hotpatchable(Image(PUBLISHER, OFFER, sku), WHOLE_CATALOGUE) is None)
    ]
    assert differing == []


def test_another_publisher_or_offer() -> None:
    sku = WHOLE_CATALOGUE.images[0].sku
    for publisher, offer in ((PUBLISHER.upper(), OFFER.lower()), ("Contoso", OFFER), (PUBLISHER, "WindowsServer-2")):
        emulated = images.is_hotpatched({"publisher": publisher, "offer": offer, "sku": sku})
        assert emulated == (why_not_hotpatchable(Image(publisher, offer, sku), WHOLE_CATALOGUE) is None)


@pytest.mark.parametrize("sku", IMAGES[PUBLISHER][OFFER])
def test_the_smallest_disk_of_an_image(sku: str) -> None:
    size = images.disk_gb({"publisher": PUBLISHER, "sku": sku}, windows=True)
    assert machines.why_not_os_disk_gb(size, sku) is None
    assert machines.why_not_os_disk_gb(size - 1, sku) is not None


def test_the_days_of_baselines() -> None:
    months = [date(year, month, 1) for year in range(2022, 2033) for month in range(1, 13)]
    assert [patch_days.patch_day(month) for month in months] == [
        calendar.patch_day(month.year, month.month) for month in months
    ]
    assert [month for month in months if patch_days.is_baseline(month)] == [
        month for month in months if calendar.planned_release(month.month).is_baseline
    ]


def test_a_size(put: Any) -> None:
    sizes = [*SIZES[::7], *OLD_SIZES]
    differing = [size for size in sizes if (why_not_size(size) is not None) != _is_refused(put, size)]
    assert differing == []


def _is_refused(put: Any, size: str) -> bool:
    """Whether the emulator refuses a machine of a hotpatch image for its size; its other refusals come later."""
    refusal = put(
        "Microsoft.Compute/virtualMachines/sized",
        {
            "location": "westeurope",
            "properties": {
                "hardwareProfile": {"vmSize": size},
                "storageProfile": {
                    "imageReference": {
                        "publisher": PUBLISHER,
                        "offer": OFFER,
                        "sku": "2022-datacenter-azure-edition-core",
                        "version": "latest",
                    },
                    "osDisk": {"createOption": "FromImage"},
                },
                "osProfile": {
                    "computerName": "sized",
                    "adminUsername": "operator",
                    "adminPassword": "Correct-Horse-7-Battery",
                    "windowsConfiguration": {"patchSettings": {"patchMode": "AutomaticByPlatform"}},
                },
                "networkProfile": {"networkInterfaces": []},
            },
        },
    )
    return refusal is not None and "The selected VM size" in refusal
