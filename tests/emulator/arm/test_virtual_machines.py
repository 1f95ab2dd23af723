"""Machines: what is demanded, filled in, shown, kept from changing, and what goes with them."""

import pytest


def code(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_moves_from_creating_to_succeeded_when_asked(arm, vm, good_vm):
    answer = arm.put(vm, good_vm)
    assert answer.status_code == 201
    assert answer.json()["properties"]["provisioningState"] == "Creating"
    assert answer.headers["Retry-After"] == "0"
    url = answer.headers["Azure-AsyncOperation"]
    assert [arm.get(url).json()["status"] for _ in range(3)] == ["InProgress", "Succeeded", "Succeeded"]
    assert arm.get(vm).json()["properties"]["provisioningState"] == "Succeeded"


def test_moves_on_too_when_only_the_machine_is_asked_about(arm, vm, good_vm):
    arm.put(vm, good_vm)
    states = [arm.get(vm).json()["properties"]["provisioningState"] for _ in range(2)]
    assert states == ["Creating", "Succeeded"]


def test_shows_a_machine_as_azure_fills_it_in(arm, vm, good_vm, group):
    made = arm.make(vm, good_vm)
    properties = made["properties"]
    disk = properties["storageProfile"]["osDisk"]
    assert made["type"] == "Microsoft.Compute/virtualMachines"
    assert disk["name"].startswith("web-1_OsDisk_1_")
    assert disk["managedDisk"]["id"] == f"{group}/providers/Microsoft.Compute/disks/{disk['name']}"
    assert (disk["osType"], disk["diskSizeGB"], disk["deleteOption"]) == ("Windows", 127, "Detach")
    assert properties["osProfile"]["allowExtensionOperations"] is True
    assert len(properties["vmId"]) == 36
    assert properties["timeCreated"]


def test_resolves_latest_and_keeps_the_resolved_version(arm, vm, good_vm):
    first = arm.make(vm, good_vm)["properties"]["storageProfile"]["imageReference"]
    arm.post("/emulator/clock", {"days": 200})
    second = arm.make(vm, good_vm)["properties"]["storageProfile"]["imageReference"]
    assert first["version"] == "latest"
    assert first["exactVersion"].startswith("20348.")
    assert second == first


def test_gives_an_image_of_a_pinned_version_as_it_is(arm, vm, good_vm):
    good_vm["properties"]["storageProfile"]["imageReference"]["version"] = "20348.2966.241205"
    made = arm.make(vm, good_vm)["properties"]["storageProfile"]["imageReference"]
    assert made["exactVersion"] == "20348.2966.241205"


def test_never_stores_a_password_nor_custom_data(arm, vm, good_vm, tmp_path):
    secrets = {"adminPassword": "Kept-From-Disk-42", "customData": "S2VwdC1Gcm9tLURpc2stNDI="}
    good_vm["properties"]["osProfile"].update(secrets)
    good_vm["properties"]["userData"] = "VXNlci1EYXRhLUtlcHQ="
    arm.make(vm, good_vm)
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"fleetadmin" in stored  # the search would find them
    for secret in ("Kept-From-Disk-42", "S2VwdC1Gcm9tLURpc2stNDI=", "VXNlci1EYXRhLUtlcHQ="):
        assert secret.encode() not in stored
    assert not set(arm.get(vm).json()["properties"]["osProfile"]) & {"adminPassword", "customData"}


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("hardwareProfile", "vmSize"),
        ("storageProfile", "storageProfile"),
        ("networkProfile", "networkProfile"),
        ("osProfile", "osProfile"),
    ],
)
def test_names_what_is_missing(arm, vm, good_vm, path, name):
    del good_vm["properties"][path]
    answer = arm.put(vm, good_vm)
    assert code(answer) == (400, "InvalidParameter")
    assert answer.json()["error"]["message"] == f"Required parameter '{name}' is missing (null)."
    assert answer.json()["error"]["target"] == name


@pytest.mark.parametrize(
    ("name", "value", "target", "words"),
    [
        ("computerName", "a-name-of-16-chars", "computerName", "Windows computer name cannot be more than 15"),
        ("computerName", "12345", "computerName", "be entirely numeric"),
        ("adminUsername", "Administrator", "adminUsername", "The Admin Username specified is not allowed."),
        ("adminPassword", "short", "adminPassword", "must be between 8-123 characters long"),
        ("adminPassword", None, "adminPassword", "Required parameter 'adminPassword' is missing (null)."),
        ("linuxConfiguration", {}, "linuxConfiguration", "Parameter 'linuxConfiguration' is not allowed."),
    ],
)
def test_refuses_a_wrong_profile(arm, vm, good_vm, name, value, target, words):
    good_vm["properties"]["osProfile"][name] = value
    answer = arm.put(vm, good_vm)
    assert code(answer) == (400, "InvalidParameter")
    assert answer.json()["error"]["target"] == target
    assert words in answer.json()["error"]["message"]


def test_never_repeats_a_weak_password(arm, vm, good_vm):
    good_vm["properties"]["osProfile"]["adminPassword"] = "onlyletters"
    assert "onlyletters" not in arm.put(vm, good_vm).text


@pytest.mark.parametrize("size", ["Standard_A2_v2", "Standard_D2_v3", "standard_e4_v3"])
def test_refuses_a_size_of_generation_1_for_a_hotpatch_image(arm, vm, good_vm, size):
    good_vm["properties"]["hardwareProfile"]["vmSize"] = size
    answer = arm.put(vm, good_vm)
    assert code(answer) == (400, "BadRequest")
    assert f"The selected VM size '{size}' cannot boot Hypervisor Generation '2'." in answer.text


@pytest.mark.parametrize("size", ["Standard_D2s_v3", "Standard_B2ms", "Standard_F2s_v2", "Standard_D2_v5"])
def test_takes_a_size_of_generation_2(arm, vm, good_vm, size):
    good_vm["properties"]["hardwareProfile"]["vmSize"] = size
    assert arm.put(vm, good_vm).status_code == 201


def test_refuses_a_machine_with_an_interface_that_is_not_there(arm, vm, good_vm, nic):
    good_vm["properties"]["networkProfile"]["networkInterfaces"] = [{"id": nic + "x"}]
    assert code(arm.put(vm, good_vm)) == (400, "InvalidResourceReference")


def test_refuses_an_interface_of_another_machine(arm, vm, good_vm):
    arm.make(vm, good_vm)
    answer = arm.put(vm.replace("web-1", "web-2"), good_vm)
    assert code(answer) == (400, "NicInUse")


def test_demands_a_primary_interface_among_several(arm, vm, good_vm, provider, nic, nic_body):
    second = provider("Microsoft.Network/networkInterfaces/second")
    arm.make(second, nic_body)
    good_vm["properties"]["networkProfile"]["networkInterfaces"] = [{"id": nic}, {"id": second}]
    assert code(arm.put(vm, good_vm)) == (400, "VirtualMachineMustHaveOneNetworkInterfaceAsPrimary")


def test_keeps_an_interface_while_its_machine_lives(arm, vm, good_vm, nic):
    arm.make(vm, good_vm)
    answer = arm.delete(nic)
    assert code(answer) == (400, "NicInUse")
    assert f"Network Interface {nic} is used by existing resource {vm}." in answer.text
    assert arm.get(nic).json()["properties"]["virtualMachine"] == {"id": vm}
    arm.remove(vm)
    arm.remove(nic)


def test_answers_404_once_a_deletion_was_asked_about(arm, vm, good_vm):
    arm.make(vm, good_vm)
    answer = arm.delete(vm)
    assert answer.status_code == 202
    assert arm.get(vm).json()["properties"]["provisioningState"] == "Deleting"
    arm.wait(answer)
    assert arm.get(vm).status_code == 404


def test_leaves_the_disk_of_a_machine_unless_it_was_to_go_too(arm, vm, good_vm):
    disk = arm.make(vm, good_vm)["properties"]["storageProfile"]["osDisk"]["managedDisk"]["id"]
    assert arm.get(disk).json()["managedBy"] == vm
    assert code(arm.delete(disk)) == (409, "OperationNotAllowed")
    arm.remove(vm)
    assert arm.get(disk).json()["properties"]["diskState"] == "Unattached"
    good_vm["properties"]["storageProfile"]["osDisk"] = {"createOption": "FromImage", "deleteOption": "Delete"}
    good_vm["properties"]["networkProfile"]["networkInterfaces"][0]["properties"] = {"deleteOption": "Delete"}
    made = arm.make(vm, good_vm)
    arm.remove(vm)
    assert arm.get(made["properties"]["storageProfile"]["osDisk"]["managedDisk"]["id"]).status_code == 404
    assert arm.get(good_vm["properties"]["networkProfile"]["networkInterfaces"][0]["id"]).status_code == 404


def test_makes_data_disks_and_keeps_their_names(arm, vm, good_vm):
    good_vm["properties"]["storageProfile"]["dataDisks"] = [{"lun": 0, "createOption": "Empty", "diskSizeGB": 64}]
    first = arm.make(vm, good_vm)["properties"]["storageProfile"]["dataDisks"]
    second = arm.make(vm, good_vm)["properties"]["storageProfile"]["dataDisks"]
    assert first == second
    assert arm.get(first[0]["managedDisk"]["id"]).json()["properties"]["diskSizeGB"] == 64


def test_refuses_a_disk_of_another_machine(arm, vm, good_vm, provider, nic_body):
    disk = provider("Microsoft.Compute/disks/data")
    body = {"location": "westeurope", "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}}
    arm.make(disk, body)
    attached = [{"lun": 0, "createOption": "Attach", "managedDisk": {"id": disk}}]
    good_vm["properties"]["storageProfile"]["dataDisks"] = attached
    arm.make(vm, good_vm)
    second = provider("Microsoft.Network/networkInterfaces/second")
    arm.make(second, nic_body)
    good_vm["properties"]["networkProfile"]["networkInterfaces"] = [{"id": second}]
    answer = arm.put(vm.replace("web-1", "web-2"), good_vm)
    assert code(answer) == (409, "ConflictingUserInput")


@pytest.mark.parametrize(
    ("path", "value", "target"),
    [
        ("osProfile.adminUsername", "somebody", "osProfile.adminUsername"),
        ("osProfile.computerName", "web-9", "osProfile.computerName"),
        ("storageProfile.imageReference.sku", "2022-datacenter-azure-edition-hotpatch", "imageReference"),
        ("storageProfile.osDisk", {"createOption": "FromImage", "name": "other"}, "osDisk.name"),
    ],
)
def test_refuses_to_change_what_a_machine_is_made_of(arm, vm, good_vm, path, value, target):
    arm.make(vm, good_vm)
    where = good_vm["properties"]
    *steps, last = path.split(".")
    for step in steps:
        where = where[step]
    where[last] = value
    answer = arm.put(vm, good_vm)
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "PropertyChangeNotAllowed"
    assert answer.json()["error"]["target"] == target


def test_takes_another_spelling_of_the_image_for_the_same(arm, vm, good_vm):
    arm.make(vm, good_vm)
    good_vm["properties"]["storageProfile"]["imageReference"]["sku"] = "2022-datacenter-azure-edition-core"
    assert arm.put(vm, good_vm).status_code == 200


def test_resizes_a_machine(arm, vm, good_vm):
    arm.make(vm, good_vm)
    answer = arm.patch(vm, {"properties": {"hardwareProfile": {"vmSize": "Standard_D4s_v5"}}})
    assert answer.json()["properties"]["provisioningState"] == "Updating"
    arm.wait(answer)
    assert arm.get(vm).json()["properties"]["hardwareProfile"]["vmSize"] == "Standard_D4s_v5"


def test_an_update_without_an_identity_keeps_it_and_the_type_none_takes_it_away(arm, vm, good_vm):
    first = arm.make(vm, {**good_vm, "identity": {"type": "SystemAssigned"}})["identity"]
    assert arm.make(vm, good_vm)["identity"] == first
    assert arm.make(vm, {**good_vm, "identity": {"type": "None"}})["identity"] == {"type": "None"}


def test_does_not_show_capabilities_that_were_sent_empty(arm, vm, good_vm):
    good_vm["properties"]["additionalCapabilities"] = {}
    assert "additionalCapabilities" not in arm.make(vm, good_vm)["properties"]


def test_gives_a_system_identity_that_stays(arm, vm, good_vm):
    good_vm["identity"] = {"type": "SystemAssigned"}
    first = arm.make(vm, good_vm)["identity"]
    second = arm.make(vm, good_vm)["identity"]
    assert first == second
    assert set(first) == {"type", "principalId", "tenantId"}


def test_shows_the_principals_of_user_assigned_identities(arm, vm, good_vm, provider):
    identity = provider("Microsoft.ManagedIdentity/userAssignedIdentities/ops")
    good_vm["identity"] = {"type": "UserAssigned", "userAssignedIdentities": {identity: {}}}
    assert code(arm.put(vm, good_vm)) == (400, "FailedIdentityOperation")
    principal = arm.make(identity, {"location": "westeurope"})["properties"]["principalId"]
    made = arm.make(vm, good_vm)["identity"]["userAssignedIdentities"]
    assert made[identity]["principalId"] == principal


def test_keeps_an_availability_set_that_has_a_machine(arm, vm, good_vm, provider):
    availability_set = provider("Microsoft.Compute/availabilitySets/set")
    arm.make(availability_set, {"location": "westeurope", "sku": {"name": "Aligned"}})
    good_vm["properties"]["availabilitySet"] = {"id": availability_set}
    arm.make(vm, good_vm)
    assert arm.get(availability_set).json()["properties"]["virtualMachines"] == [{"id": vm}]
    assert code(arm.delete(availability_set)) == (409, "OperationNotAllowed")


@pytest.mark.parametrize(
    ("action", "state"),
    [("powerOff", "stopped"), ("deallocate", "deallocated"), ("start", "running"), ("restart", "running")],
)
def test_changes_the_power_of_a_machine(arm, vm, good_vm, action, state):
    arm.make(vm, good_vm)
    arm.act(f"{vm}/{action}")
    statuses = arm.get(f"{vm}/instanceView").json()["statuses"]
    assert [one["code"] for one in statuses] == ["ProvisioningState/succeeded", f"PowerState/{state}"]


def test_shows_the_instance_view_where_a_get_asks_for_it(arm, vm, good_vm):
    arm.make(vm, good_vm)
    view = arm.get(vm, expand="instanceView").json()["properties"]["instanceView"]
    assert view["computerName"] == "web-1"
    assert view["hyperVGeneration"] == "V2"
    assert "instanceView" not in arm.get(vm).json()["properties"]
