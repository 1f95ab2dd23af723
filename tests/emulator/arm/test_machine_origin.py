"""What a machine is made from, and what it must not say then: attached disks, and images of galleries."""

import copy

import pytest


def error(answer):
    found = answer.json()["error"]
    return answer.status_code, found["code"], found.get("target")


def words(answer):
    return answer.json()["error"]["message"]


@pytest.fixture
def disk(arm, provider):
    """The id of a disk with a system on it."""
    disk_id = provider("Microsoft.Compute/disks/system")
    creation = {"createOption": "Import", "sourceUri": "https://images.blob.core.windows.net/vhds/system.vhd"}
    properties = {"creationData": creation, "osType": "Windows", "diskSizeGB": 127}
    arm.make(disk_id, {"location": "westeurope", "properties": properties})
    return disk_id


@pytest.fixture
def attached(good_vm, disk):
    """A machine that is made from a disk, and so has no osProfile."""
    good_vm["properties"]["storageProfile"] = {
        "osDisk": {"createOption": "Attach", "osType": "Windows", "managedDisk": {"id": disk}}
    }
    good_vm["properties"].pop("osProfile")
    return good_vm


def test_refuses_an_os_profile_for_an_attached_disk(arm, vm, good_vm, disk):
    attach = {"createOption": "Attach", "osType": "Windows", "managedDisk": {"id": disk}}
    good_vm["properties"]["storageProfile"] = {"osDisk": attach}
    answer = arm.put(vm, good_vm)
    assert error(answer) == (400, "InvalidParameter", "osProfile")
    assert words(answer) == "Parameter 'osProfile' is not allowed."


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_refuses_an_os_profile_that_comes_later(arm, vm, attached, method):
    arm.make(vm, attached)
    profile = {"windowsConfiguration": {"patchSettings": {"patchMode": "AutomaticByPlatform"}}}
    changed = copy.deepcopy(attached)
    changed["properties"]["osProfile"] = profile
    body = changed if method == "PUT" else {"properties": {"osProfile": profile}}
    answer = arm.ask(method, vm, body)
    assert error(answer) == (409, "PropertyChangeNotAllowed", "osProfile")
    assert words(answer) == "Changing property 'osProfile' is not allowed."
    assert arm.put(vm, attached).status_code == 200


@pytest.fixture
def gallery_version(arm, provider):
    """Makes a gallery's image of a state, and answers the id of a version of it."""

    def make(state):
        gallery = provider("Microsoft.Compute/galleries/shared")
        identifier = {"publisher": "Contoso", "offer": "Server", "sku": "2022"}
        definition = {"osType": "Windows", "osState": state, "hyperVGeneration": "V2", "identifier": identifier}
        arm.make(gallery, {"location": "westeurope"})
        arm.make(f"{gallery}/images/server", {"location": "westeurope", "properties": definition})
        version = f"{gallery}/images/server/versions/1.0.0"
        arm.make(version, {"location": "westeurope", "properties": {}})
        return version

    return make


@pytest.fixture
def from_gallery(good_vm):
    """A machine's body from the image of a gallery."""

    def body(image):
        good_vm["properties"]["storageProfile"]["imageReference"] = {"id": image}
        good_vm["properties"]["osProfile"]["windowsConfiguration"] = {}
        return good_vm

    return body


def test_takes_a_specialized_image_without_an_os_profile_alone(arm, vm, gallery_version, from_gallery):
    body = from_gallery(gallery_version("Specialized"))
    assert error(arm.put(vm, body)) == (400, "InvalidParameter", "osProfile")
    del body["properties"]["osProfile"]
    assert arm.put(vm, body).status_code == 201


def test_wants_an_os_profile_for_a_generalized_image(arm, vm, gallery_version, from_gallery):
    body = from_gallery(gallery_version("Generalized"))
    del body["properties"]["osProfile"]
    assert error(arm.put(vm, body)) == (400, "InvalidParameter", "osProfile")


@pytest.mark.parametrize(
    "settings",
    [
        {"patchMode": "AutomaticByPlatform"},
        {"patchMode": "AutomaticByOS", "assessmentMode": "AutomaticByPlatform"},
    ],
)
def test_refuses_that_the_platform_patches_a_custom_image(arm, vm, gallery_version, from_gallery, settings):
    body = from_gallery(gallery_version("Generalized"))
    body["properties"]["osProfile"]["windowsConfiguration"] = {"patchSettings": settings}
    answer = arm.put(vm, body)
    assert error(answer)[:2] == (400, "InvalidParameter")
    assert words(answer) == "The selected VM image is not supported for VM Guest patch operations."


def test_a_disk_keeps_the_size_that_an_update_leaves_out(arm, disk):
    body = {"location": "westeurope", "properties": {"creationData": {"createOption": "Import"}}}
    assert arm.make(disk, body)["properties"]["diskSizeGB"] == 127
