"""HP002: an image by id is refused, unless the id is a marketplace image's."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import UNKNOWN

REFERENCE = "storageProfile.imageReference"
COMPUTE = "/subscriptions/0/resourceGroups/images/providers/Microsoft.Compute"


@pytest.mark.parametrize(
    ("name", "value", "kind"),
    [
        ("id", f"{COMPUTE}/images/golden", "a managed image"),
        ("id", f"{COMPUTE}/IMAGES/golden", "a managed image"),
        ("id", f"{COMPUTE}/galleries/g/images/golden/versions/1.0.0", "an image of a Compute Gallery"),
        ("id", "mcr.microsoft.com/windows/servercore:ltsc2022", "a container base image"),
        ("id", "golden", "a custom image"),
        ("sharedGalleryImageId", "/SharedGalleries/g/Images/golden/Versions/1.0.0", "an image of a shared gallery"),
        ("communityGalleryImageId", "/CommunityGalleries/g/Images/x/Versions/1", "an image of a community gallery"),
    ],
)
def test_refuses_every_kind_of_custom_image(name: str, value: str, kind: str, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP002", vm({REFERENCE: {name: value}}))
    assert finding.path == f"{REFERENCE}.{name}"
    assert finding.message.startswith(f"{kind} cannot be hotpatched")


def test_refuses_a_vhd(vm: Any, ask: Any, absent: Any) -> None:
    blob = "storageProfile.osDisk.image.uri"
    machine = vm({REFERENCE: absent, "storageProfile.osDisk.image": {"uri": "https://store.example/golden.vhd"}})
    (finding,) = ask("HP002", machine)
    assert (finding.path, finding.message.split(" cannot")[0]) == (blob, "a VHD")
    assert ask("HP001", machine) == []
    unknown = vm({REFERENCE: absent, "storageProfile.osDisk.image": {"uri": UNKNOWN}})
    assert ask("HP001", unknown) == []
    (finding,) = ask("HP012", unknown)
    assert finding.path == blob


def test_accepts_the_id_of_a_marketplace_image(vm: Any, ask: Any) -> None:
    image = (
        "/Subscriptions/0/Providers/Microsoft.Compute/Locations/westeurope/Publishers/MicrosoftWindowsServer"
        "/ArtifactTypes/VMImage/Offers/WindowsServer/Skus/2022-datacenter-azure-edition-core/Versions/latest"
    )
    assert ask("HP002", vm({REFERENCE: {"id": image}})) == []


def test_accepts_a_triple_and_an_empty_id(vm: Any, ask: Any) -> None:
    assert ask("HP002", vm({f"{REFERENCE}.id": ""})) == []


def test_an_unknown_id_is_unverifiable(vm: Any, ask: Any) -> None:
    (finding,) = ask("HP002", vm({f"{REFERENCE}.sharedGalleryImageId": UNKNOWN}))
    assert finding.path == f"{REFERENCE}.sharedGalleryImageId"


def test_a_custom_image_of_a_machine_of_no_known_system_is_judged(vm: Any, ask: Any, absent: Any) -> None:
    changes = {REFERENCE: {"id": f"{COMPUTE}/images/golden"}, "osProfile": {}, "storageProfile.osDisk.osType": absent}
    assert len(ask("HP002", vm(changes))) == 1


def test_refuses_a_custom_image_in_a_scale_set(scale_set: Any, ask: Any) -> None:
    path = f"virtualMachineProfile.{REFERENCE}"
    (finding,) = ask("HP002", scale_set({path: {"id": f"{COMPUTE}/images/golden"}}))
    assert finding.path == f"{path}.id"
