"""Attaching data disks to a machine and detaching them, by the action that leaves the rest of its body alone."""

import pytest

DISKS = "Microsoft.Compute/disks"


@pytest.fixture
def machine(arm, vm, good_vm):
    arm.make(vm, good_vm)
    return vm


@pytest.fixture
def disk(arm, provider):
    def make(name):
        properties = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}
        arm.make(provider(f"{DISKS}/{name}"), {"location": "westeurope", "properties": properties})
        return provider(f"{DISKS}/{name}")

    return make


def attach(arm, machine, *wanted):
    return arm.post(f"{machine}/attachDetachDataDisks", {"dataDisksToAttach": list(wanted)})


def detach(arm, machine, disk_id):
    return arm.post(f"{machine}/attachDetachDataDisks", {"dataDisksToDetach": [{"diskId": disk_id}]})


def attached(arm, machine):
    return {one["name"]: one["lun"] for one in arm.get(machine).json()["properties"]["storageProfile"]["dataDisks"]}


def test_attaches_disks_where_there_is_room_and_detaches_them(arm, machine, disk):
    one, two = disk("one"), disk("two")
    answer = attach(arm, machine, {"diskId": one, "lun": 1, "caching": "ReadOnly"}, {"diskId": two})
    output = arm.wait(answer)["properties"]["output"]
    assert [(each["name"], each["caching"], each["diskSizeGB"]) for each in output["dataDisks"]] == [
        ("one", "ReadOnly", 8),
        ("two", "None", 8),
    ]
    assert attached(arm, machine) == {"one": 1, "two": 0}
    found = arm.get(one).json()
    assert (found["properties"]["diskState"], found["managedBy"]) == ("Attached", machine)
    arm.wait(detach(arm, machine, one))
    assert attached(arm, machine) == {"two": 0}
    assert arm.get(one).json()["properties"]["diskState"] == "Unattached"


def test_refuses_a_disk_that_is_not_there_is_taken_or_stands_where_another_does(
    arm, machine, disk, good_vm, nic_body, provider
):
    nic = provider("Microsoft.Network/networkInterfaces/other")
    arm.make(nic, nic_body)
    good_vm["properties"]["networkProfile"]["networkInterfaces"] = [{"id": nic}]
    other = provider("Microsoft.Compute/virtualMachines/other")
    arm.make(other, good_vm)
    one = disk("one")
    arm.wait(attach(arm, machine, {"diskId": one, "lun": 0}))
    before = arm.get(machine).json()
    for answer, status, words in (
        (attach(arm, machine, {"diskId": provider(f"{DISKS}/none")}), 404, "'Microsoft.Compute/disks/none'"),
        (attach(arm, machine, {"diskId": disk("two"), "lun": 0}), 400, "A disk at LUN 0 already exists."),
        (attach(arm, other, {"diskId": one}), 409, "already owned by VM"),
        (attach(arm, machine, {"lun": 3}), 400, "'dataDisksToAttach.diskId' is missing (null)."),
        (detach(arm, machine, disk("three")), 400, "is not attached to VM 'web-1'."),
        (arm.post(f"{machine}/attachDetachDataDisks", {}), 400, "is missing (null)."),
    ):
        assert (answer.status_code, words in answer.text) == (status, True), answer.text
    assert arm.get(machine).json() == before
