"""How deletions and long operations end for a client that polls in its own way, and what a precondition means."""

import pytest


@pytest.fixture
def machine(arm, vm, good_vm):
    arm.make(vm, good_vm)
    return vm


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_client_that_polls_the_resource_sees_its_end(arm, machine, nic, method):
    arm.delete(machine)
    statuses = [arm.ask(method, machine).status_code for _ in range(3)]
    assert statuses[-1] == 404
    assert machine not in arm.stored()  # at once: another question might end the deletion itself
    assert arm.delete(nic).status_code in {200, 202}
    assert {arm.ask(other, machine).status_code for other in ("GET", "HEAD")} == {404}


def test_a_client_that_polls_the_group_sees_its_end(arm, group):
    arm.delete(group)
    assert [arm.get(group).status_code for _ in range(3)][-1] == 404
    assert arm.stored() == []
    assert arm.ask("HEAD", group).status_code == 404
    assert arm.put(group, {"location": "westeurope"}).status_code == 201


def test_the_location_of_a_put_ends_with_the_resource(arm, provider):
    disk = provider("Microsoft.Compute/disks/data")
    answer = arm.put(
        disk, {"location": "westeurope", "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 4}}
    )
    assert answer.status_code == 202
    arm.wait(answer)
    last = arm.get(answer.headers["Location"])
    assert last.status_code == 200
    assert last.json() == arm.get(disk).json()


def test_the_location_of_a_delete_ends_without_a_body(arm, machine):
    answer = arm.delete(machine)
    arm.wait(answer)
    last = arm.get(answer.headers["Location"])
    assert (last.status_code, last.content) == (200, b"")


@pytest.mark.parametrize("tag", ["*", '"made-up"'])
def test_changes_nothing_where_the_version_that_is_meant_is_not_there(arm, provider, tag):
    network = provider("Microsoft.Network/virtualNetworks/net")
    body = {"location": "westeurope", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}}
    answer = arm.put(network, body, headers={"If-Match": tag})
    assert (answer.status_code, answer.json()["error"]["code"]) == (412, "PreconditionFailed")
    assert arm.get(network).status_code == 404


def test_a_put_of_a_scale_set_may_name_the_size_alone(arm, provider):
    path = provider("Microsoft.Compute/virtualMachineScaleSets/web")
    body = {
        "location": "westeurope",
        "tags": {"owner": "ops"},
        "sku": {"name": "Standard_D2s_v5", "capacity": 0},
        "properties": {"orchestrationMode": "Flexible", "platformFaultDomainCount": 1},
    }
    before = arm.make(path, body)
    after = arm.make(path, {"location": "westeurope", "sku": {"name": "Standard_D4s_v5", "capacity": 0}})
    assert after["sku"]["name"] == "Standard_D4s_v5"
    changed = {"sku": None, "etag": None}
    assert after | changed == before | changed


@pytest.mark.parametrize("capacity", [-1, 1001, 10**12])
def test_refuses_a_scale_set_of_more_machines_than_azure_makes(arm, provider, capacity):
    path = provider("Microsoft.Compute/virtualMachineScaleSets/web")
    properties = {"orchestrationMode": "Flexible", "platformFaultDomainCount": 1}
    body = {
        "location": "westeurope",
        "sku": {"name": "Standard_D2s_v5", "capacity": capacity},
        "properties": properties,
    }
    assert arm.put(path, body).json()["error"]["code"] == "InvalidParameter"
