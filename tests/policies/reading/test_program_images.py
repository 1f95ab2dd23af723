"""A machine that is made from an image of the same program runs what the image says."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.program_images import system_of_image
from azure_hotpatch.domain.judging.record import UNKNOWN
from azure_hotpatch.domain.judging.schedules import attachments
from azure_hotpatch.policies.config import parse_config
from azure_hotpatch.policies.reading import Source, records
from azure_hotpatch.policies.verdict import rulings

COMPUTE = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute"
VM = "azure-native:compute:VirtualMachine"


def judged(token: str, image: Mapping[str, Any], image_id: str) -> set[str]:
    machine = {"resourceGroupName": "rg", "storageProfile": {"imageReference": {"id": image_id}}}
    read = [*records(Source(token, "golden", "u", image)), *records(Source(VM, "vm", "v", machine))]
    assert len(read) == 2
    return {ruling.rule.id for ruling in rulings(read, parse_config({}), date(2026, 6, 1))}


def managed(system: str) -> dict[str, Any]:
    return {"imageName": "golden", "resourceGroupName": "rg", "storageProfile": {"osDisk": {"osType": system}}}


@pytest.mark.parametrize(
    ("token", "image", "image_id"),
    [
        ("azure-native:compute:Image", managed("Linux"), f"{COMPUTE}/images/golden"),
        (
            "azure-native:compute:GalleryImage",
            {"galleryImageName": "golden", "resourceGroupName": "rg", "osType": "linux"},
            f"{COMPUTE}/galleries/g/images/golden/versions/1.0.0",
        ),
        (
            "azure:compute/image:Image",
            {"name": "golden", "resourceGroupName": "rg", "osDisk": {"osType": "Linux"}},
            f"{COMPUTE}/images/golden",
        ),
        (
            "azure:compute/sharedImage:SharedImage",
            {"name": "golden", "resourceGroupName": "rg", "osType": "Linux"},
            f"{COMPUTE}/galleries/g/images/golden",
        ),
    ],
)
def test_a_machine_from_an_image_with_linux_is_not_judged(token: str, image: Any, image_id: str) -> None:
    assert not judged(token, image, image_id)


@pytest.mark.parametrize(
    ("image", "image_id"),
    [
        (managed("Windows"), f"{COMPUTE}/images/golden"),
        (managed("Linux"), f"{COMPUTE}/images/other"),
        (managed("Linux"), f"{COMPUTE}/galleries/g/images/golden"),
        (managed("Linux"), f"{COMPUTE}/images/golden".replace("/rg/", "/elsewhere/")),
        ({**managed("Linux"), "storageProfile": None}, f"{COMPUTE}/images/golden"),
    ],
)
def test_any_other_image_leaves_it_a_custom_one(image: Any, image_id: str) -> None:
    assert "HP002" in judged("azure-native:compute:Image", image, image_id)


@pytest.mark.parametrize(
    ("token", "props", "depends_on"),
    [
        (VM, {"storageProfile": {"imageReference": {"id": UNKNOWN}}}, "storageProfile"),
        (
            "azure-native:compute:VirtualMachineScaleSet",
            {"orchestrationMode": "Flexible", "virtualMachineProfile": {"storageProfile": {"imageReference": UNKNOWN}}},
            "virtualMachineProfile",
        ),
        ("azure:compute/windowsVirtualMachine:WindowsVirtualMachine", {"sourceImageId": UNKNOWN}, "sourceImageId"),
        (
            "azure-native:resources:Resource",
            {
                "resourceProviderNamespace": "Microsoft.Compute",
                "resourceType": "virtualMachines",
                "properties": {"storageProfile": {"imageReference": {"id": UNKNOWN}}},
            },
            "properties",
        ),
    ],
)
def test_an_image_without_an_id_yet_is_known_by_what_the_machine_depends_on(
    token: str, props: Any, depends_on: str
) -> None:
    (image,) = records(Source("azure-native:compute:Image", "golden", "image", managed("Linux")))
    (machine,) = records(Source(token, "vm", "v", props, depends_on={depends_on: ["disk", "image"]}))
    assert system_of_image(machine, [image]) == "Linux"
    (machine,) = records(Source(token, "vm", "v", props, depends_on={depends_on: ["disk"]}))
    assert system_of_image(machine, [image]) is None


def test_a_dynamic_scope_for_windows_leaves_a_machine_from_a_linux_image_out() -> None:
    """Its own image says what runs on it, to the filter as to the rules."""
    scope = {"maintenanceConfigurationId": "/c", "filter": {"osTypes": ["Windows"]}}
    (assignment,) = records(Source("azure-native:maintenance:ConfigurationAssignment", "s", "s", scope))
    machine = {"resourceGroupName": "rg", "storageProfile": {"imageReference": {"id": f"{COMPUTE}/images/golden"}}}
    (vm,) = records(Source(VM, "vm", "v", machine))
    for system, picked in (("Linux", False), ("Windows", True)):
        (image,) = records(Source("azure-native:compute:Image", "golden", "i", managed(system)))
        assert bool(attachments(vm, Links([assignment, vm, image]))) is picked
