"""Access to a disk by a URL: given for a time, taken back, and what it forbids meanwhile."""

from typing import Any

import pytest

from tests.emulator.arm.conftest import Arm

READ = {"access": "Read", "durationInSeconds": 3600}


@pytest.fixture
def disk(arm: Arm, provider: Any) -> str:
    path: str = provider("Microsoft.Compute/disks/data")
    source = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}
    arm.make(path, {"location": "westeurope", "properties": source})
    return path


def state(arm: Arm, disk: str) -> Any:
    return arm.get(disk).json()["properties"]["diskState"]


def test_gives_access_and_takes_it_back(arm: Arm, disk: str) -> None:
    url = arm.act(f"{disk}/beginGetAccess", READ)["accessSAS"]
    assert url.startswith("https://md-")
    assert "sp=r" in url
    assert state(arm, disk) == "ActiveSAS"
    arm.act(f"{disk}/endGetAccess")
    assert state(arm, disk) == "Unattached"


def test_access_ends_with_its_time(arm: Arm, disk: str) -> None:
    arm.act(f"{disk}/beginGetAccess", READ)
    arm.post("/emulator/clock", {"hours": 2})
    assert state(arm, disk) == "Unattached"


def test_a_disk_that_somebody_reads_is_neither_deleted_nor_attached(arm: Arm, disk: str, vm: str, good_vm: Any) -> None:
    arm.act(f"{disk}/beginGetAccess", READ)
    data = [{"lun": 0, "createOption": "Attach", "managedDisk": {"id": disk}}]
    good_vm["properties"]["storageProfile"]["dataDisks"] = data
    for answer in (arm.delete(disk), arm.put(vm, good_vm)):
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "OperationNotAllowed")
        assert "Call EndGetAccess before attaching or deleting the disk." in answer.text
    arm.act(f"{disk}/endGetAccess")
    arm.make(vm, good_vm)


def test_a_disk_of_a_running_machine_is_not_read(arm: Arm, vm: str, good_vm: Any) -> None:
    system = arm.make(vm, good_vm)["properties"]["storageProfile"]["osDisk"]["managedDisk"]["id"]
    refused = arm.post(f"{system}/beginGetAccess", READ)
    assert refused.status_code == 409
    assert f"is currently attached to running VM {vm}." in refused.text
    arm.act(f"{vm}/deallocate")
    assert arm.act(f"{system}/beginGetAccess", READ)["accessSAS"]


@pytest.mark.parametrize("body", [{}, {"access": "Own", "durationInSeconds": 1}, {"access": "Read"}])
def test_refuses_what_says_neither_which_access_nor_how_long(arm: Arm, disk: str, body: Any) -> None:
    answer = arm.post(f"{disk}/beginGetAccess", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "InvalidParameter")


def test_a_policy_may_deny_access_to_all(arm: Arm, disk: str) -> None:
    arm.wait(arm.patch(disk, {"properties": {"networkAccessPolicy": "DenyAll"}}))
    assert arm.post(f"{disk}/beginGetAccess", READ).status_code == 409


def test_a_disk_is_uploaded_and_then_as_any_other(arm: Arm, provider: Any) -> None:
    path = provider("Microsoft.Compute/disks/uploaded")
    source = {"creationData": {"createOption": "Upload", "uploadSizeBytes": 20972032}}
    arm.make(path, {"location": "westeurope", "properties": source})
    assert state(arm, path) == "ReadyToUpload"
    arm.act(f"{path}/beginGetAccess", {"access": "Write", "durationInSeconds": 3600})
    assert state(arm, path) == "ActiveUpload"
    arm.act(f"{path}/endGetAccess")
    assert state(arm, path) == "Unattached"


def test_a_snapshot_is_read_as_a_disk_is(arm: Arm, disk: str, provider: Any) -> None:
    path = provider("Microsoft.Compute/snapshots/before")
    created = {"createOption": "Copy", "sourceResourceId": disk}
    arm.make(path, {"location": "westeurope", "properties": {"creationData": created}})
    assert arm.act(f"{path}/beginGetAccess", READ)["accessSAS"]
    assert arm.delete(path).status_code == 409
