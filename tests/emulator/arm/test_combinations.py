"""Refusals that look at more than one property: what exists, what stands beside it, and what does not go together."""

import copy

import pytest


def error(answer):
    found = answer.json()["error"]
    return answer.status_code, found["code"], found.get("target")


def words(answer):
    return answer.json()["error"]["message"]


@pytest.fixture
def storage(good_vm):
    found = good_vm["properties"]["storageProfile"]
    found["osDisk"] = {"createOption": "FromImage", "managedDisk": {"storageAccountType": "StandardSSD_LRS"}}
    return found


@pytest.fixture
def plain(good_vm):
    """A machine without hotpatch and without an agent."""
    good_vm["properties"]["storageProfile"]["imageReference"]["sku"] = "2022-datacenter-g2"
    good_vm["properties"]["osProfile"]["windowsConfiguration"] = {
        "provisionVMAgent": False,
        "enableAutomaticUpdates": False,
        "patchSettings": {"patchMode": "Manual"},
    }
    return good_vm


def test_refuses_an_os_disk_that_is_smaller_than_its_image(arm, vm, good_vm, storage):
    storage["osDisk"]["diskSizeGB"] = 64
    answer = arm.put(vm, good_vm)
    assert error(answer) == (409, "OperationNotAllowed", "osDisk.diskSizeGB")
    assert words(answer) == (
        "The specified disk size 64 GB is smaller than the size of the corresponding disk in the VM image: 127 GB. "
        "This is not allowed. Please choose equal or greater size or do not specify an explicit size."
    )


def test_takes_the_same_disk_for_a_small_image(arm, vm, good_vm, storage):
    storage["osDisk"]["diskSizeGB"] = 64
    storage["imageReference"]["sku"] += "-smalldisk"
    assert arm.make(vm, good_vm)["properties"]["storageProfile"]["osDisk"]["diskSizeGB"] == 64


def size_of(arm, machine):
    shown = machine["properties"]["storageProfile"]["osDisk"]
    return shown["diskSizeGB"], arm.get(shown["managedDisk"]["id"]).json()["properties"]["diskSizeGB"]


def test_an_os_disk_that_grows_grows_itself(arm, vm, good_vm, storage):
    arm.make(vm, good_vm)
    storage["osDisk"]["diskSizeGB"] = 256
    assert size_of(arm, arm.make(vm, good_vm)) == (256, 256)
    del storage["osDisk"]["diskSizeGB"]
    assert size_of(arm, arm.make(vm, good_vm)) == (256, 256)


def test_a_disk_that_grows_by_itself_grows_in_its_machine(arm, vm, good_vm):
    made = arm.make(vm, good_vm)
    disk = made["properties"]["storageProfile"]["osDisk"]["managedDisk"]["id"]
    assert arm.patch(disk, {"properties": {"diskSizeGB": 512}}).status_code == 200
    assert size_of(arm, arm.get(vm).json()) == (512, 512)


def test_refuses_an_os_disk_that_shrinks(arm, vm, good_vm, storage):
    storage["osDisk"]["diskSizeGB"] = 256
    arm.make(vm, good_vm)
    storage["osDisk"]["diskSizeGB"] = 128
    answer = arm.put(vm, good_vm)
    assert error(answer) == (400, "InvalidParameter", "disk.diskSizeGB")
    assert size_of(arm, arm.get(vm).json()) == (256, 256)


def test_refuses_a_zone_within_an_availability_set(arm, vm, good_vm, provider):
    av_set = provider("Microsoft.Compute/availabilitySets/web")
    arm.make(av_set, {"location": "westeurope", "sku": {"name": "Aligned"}})
    good_vm["properties"]["availabilitySet"] = {"id": av_set}
    good_vm["zones"] = ["1"]
    answer = arm.put(vm, good_vm)
    assert error(answer)[:2] == (400, "BadRequest")
    assert "Availability Set" in words(answer)
    assert "Availability Zone" in words(answer)


@pytest.mark.parametrize(("first", "second"), [(["1"], ["2"]), (["1"], None), (None, ["1"])])
def test_keeps_a_machine_and_its_disk_in_its_zone(arm, vm, good_vm, first, second):
    good_vm.update({"zones": first} if first else {})
    made = arm.make(vm, good_vm)
    for path, body in ((vm, good_vm), (made["properties"]["storageProfile"]["osDisk"]["managedDisk"]["id"], None)):
        changed = copy.deepcopy(body or arm.get(path).json())
        changed.pop("zones", None)
        changed.update({"zones": second} if second else {})
        answer = arm.put(path, changed)
        assert error(answer) == (409, "PropertyChangeNotAllowed", "zones")
        assert words(answer) == "Changing property 'zones' is not allowed."


def test_keeps_the_zone_of_a_machine_whose_update_is_a_patch(arm, vm, good_vm):
    good_vm["zones"] = ["1"]
    arm.make(vm, good_vm)
    assert arm.patch(vm, {"tags": {"a": "b"}}).json()["zones"] == ["1"]
    assert error(arm.patch(vm, {"zones": ["2"]})) == (409, "PropertyChangeNotAllowed", "zones")


@pytest.mark.parametrize("kind", ["publicIPAddresses", "publicIPPrefixes", "natGateways"])
def test_keeps_network_resources_in_their_zones(arm, provider, kind):
    path = provider(f"Microsoft.Network/{kind}/one")
    method = {"publicIPAllocationMethod": "Static"} if kind == "publicIPAddresses" else {}
    body = {"location": "westeurope", "sku": {"name": "Standard"}, "zones": ["1"], "properties": method}
    arm.make(path, body)
    body["zones"] = ["2"]
    answer = arm.put(path, body)
    assert error(answer)[:2] == (400, "ResourceAvailabilityZonesCannotBeModified")
    assert "availability zone constraint 1" in words(answer)


def test_a_public_address_becomes_standard_and_never_basic_again(arm, provider):
    path = provider("Microsoft.Network/publicIPAddresses/one")
    body = {"location": "westeurope", "properties": {"publicIPAllocationMethod": "Static"}}
    assert arm.make(path, body)["sku"]["name"] == "Basic"
    assert arm.make(path, {**body, "sku": {"name": "Standard"}})["sku"]["name"] == "Standard"
    assert arm.make(path, body)["sku"]["name"] == "Standard"
    assert error(arm.put(path, {**body, "sku": {"name": "Basic"}}))[:2] == (400, "SkuCannotBeChanged")


def test_a_load_balancer_keeps_its_sku(arm, provider):
    path = provider("Microsoft.Network/loadBalancers/one")
    arm.make(path, {"location": "westeurope", "sku": {"name": "Standard"}, "properties": {}})
    assert arm.make(path, {"location": "westeurope", "properties": {}})["sku"]["name"] == "Standard"
    basic = {"location": "westeurope", "sku": {"name": "Basic"}, "properties": {}}
    assert error(arm.put(path, basic))[:2] == (400, "SkuCannotBeChanged")


@pytest.fixture
def identity(arm, provider):
    path = provider("Microsoft.ManagedIdentity/userAssignedIdentities/fleet")
    arm.make(path, {"location": "westeurope"})
    return path


@pytest.mark.parametrize("kind", ["SystemAssigned", "None"])
def test_refuses_user_assigned_identities_of_another_type(arm, vm, good_vm, identity, kind):
    good_vm["identity"] = {"type": kind, "userAssignedIdentities": {identity: {}}}
    answer = arm.put(vm, good_vm)
    assert error(answer)[:2] == (400, "FailedIdentityOperation")
    assert "a non-UserAssigned identity type should not contain: userAssignedIdentities" in words(answer)


@pytest.mark.parametrize("kind", ["UserAssigned", "SystemAssigned, UserAssigned", "Managed", "None, SystemAssigned"])
def test_refuses_an_identity_type_that_says_nothing_or_too_much(arm, vm, good_vm, kind):
    good_vm["identity"] = {"type": kind}
    assert error(arm.put(vm, good_vm))[:2] == (400, "FailedIdentityOperation")


def test_a_patch_to_a_system_assigned_identity_takes_the_others_away(arm, vm, good_vm, identity):
    good_vm["identity"] = {"type": "UserAssigned", "userAssignedIdentities": {identity: {}}}
    arm.make(vm, good_vm)
    arm.wait(arm.patch(vm, {"identity": {"type": "SystemAssigned"}}))
    found = arm.get(vm).json()["identity"]
    assert set(found) == {"type", "principalId", "tenantId"}


@pytest.mark.parametrize(
    ("child", "properties"),
    [
        (
            "extensions/script",
            {"publisher": "Microsoft.Compute", "type": "CustomScriptExtension", "typeHandlerVersion": "1.10"},
        ),
        ("runCommands/check", {"source": {"script": "Get-HotFix"}}),
    ],
)
def test_installs_nothing_on_a_machine_without_an_agent(arm, vm, plain, child, properties):
    arm.make(vm, plain)
    answer = arm.put(f"{vm}/{child}", {"location": "westeurope", "properties": properties})
    assert error(answer)[:2] == (409, "OperationNotAllowed")
    assert "please ensure VM Agent is installed" in words(answer)


@pytest.mark.parametrize("action", ["assessPatches", "installPatches", "runCommand"])
def test_asks_nothing_of_an_agent_that_is_not_there(arm, vm, plain, action):
    arm.make(vm, plain)
    body = {"rebootSetting": "IfRequired", "windowsParameters": {"classificationsToInclude": ["Security"]}}
    assert error(arm.post(f"{vm}/{action}", body))[:2] == (409, "OperationNotAllowed")


def test_takes_the_tags_of_a_gallery_application_and_the_sku_of_an_inline_address(arm, vm, good_vm, provider):
    application = {
        "packageReferenceId": provider("Microsoft.Compute/galleries/shared/applications/agent/versions/1.0.0"),
        "tags": "agent",
    }
    good_vm["properties"]["applicationProfile"] = {"galleryApplications": [application]}
    link = good_vm["properties"]["networkProfile"]["networkInterfaces"]
    address = {"name": "ip", "sku": {"name": "Standard", "tier": "Regional"}, "properties": {}}
    good_vm["properties"]["networkProfile"] = {
        "networkInterfaces": link,
        "networkApiVersion": "2022-11-01",
        "networkInterfaceConfigurations": [
            {
                "name": "nic",
                "properties": {
                    "ipConfigurations": [{"name": "a", "properties": {"publicIPAddressConfiguration": address}}]
                },
            }
        ],
    }
    assert arm.put(vm, good_vm).status_code == 201


@pytest.mark.parametrize(
    ("path", "value"),
    [(("tags",), "web"), (("properties", "storageProfile", "imageReference", "sku"), {"name": "a"})],
)
def test_still_refuses_such_members_where_they_mean_something_else(arm, vm, good_vm, path, value):
    where = good_vm
    for step in path[:-1]:
        where = where[step]
    where[path[-1]] = value
    assert error(arm.put(vm, good_vm))[:2] == (400, "InvalidRequestContent")


@pytest.fixture
def flexible(arm, provider):
    path = provider("Microsoft.Compute/virtualMachineScaleSets/flexible")
    properties = {"orchestrationMode": "Flexible", "platformFaultDomainCount": 1}
    arm.make(path, {"location": "westeurope", "properties": properties})
    return path


def test_refuses_an_availability_set_beside_a_scale_set(arm, vm, good_vm, provider, flexible):
    av_set = provider("Microsoft.Compute/availabilitySets/web")
    arm.make(av_set, {"location": "westeurope", "sku": {"name": "Aligned"}})
    good_vm["properties"] |= {"availabilitySet": {"id": av_set}, "virtualMachineScaleSet": {"id": flexible}}
    answer = arm.put(vm, good_vm)
    assert error(answer)[:2] == (400, "BadRequest")
    assert "both Availability Set and Virtual Machine Scale Set" in words(answer)


def test_refuses_a_machine_in_two_zones(arm, vm, good_vm):
    good_vm["zones"] = ["1", "2"]
    assert error(arm.put(vm, good_vm))[:2] == (400, "BadRequest")


def test_refuses_a_set_and_an_interface_of_another_region(arm, vm, good_vm, flexible):
    good_vm["location"] = "northeurope"
    answer = arm.put(vm, good_vm)
    assert error(answer)[:2] == (400, "InvalidResourceReference")
    assert "both resources are in the same region" in words(answer)
    good_vm["location"] = "westeurope"
    good_vm["properties"]["virtualMachineScaleSet"] = {"id": flexible}
    assert arm.put(vm, good_vm).status_code == 201


def test_refuses_two_disks_in_one_place(arm, vm, good_vm, storage):
    storage["dataDisks"] = [{"lun": 1, "createOption": "Empty", "diskSizeGB": size} for size in (8, 16)]
    answer = arm.put(vm, good_vm)
    assert error(answer) == (400, "InvalidParameter", "dataDisk.lun")


def test_refuses_a_premium_disk_on_a_size_without_and_gives_that_size_another(arm, vm, good_vm, storage):
    good_vm["properties"]["hardwareProfile"]["vmSize"] = "Standard_D2_v5"
    storage["osDisk"]["managedDisk"]["storageAccountType"] = "Premium_LRS"
    answer = arm.put(vm, good_vm)
    assert error(answer) == (400, "InvalidParameter", "osDisk")
    assert "Consider updating the VM to a size that supports Premium storage." in words(answer)
    del storage["osDisk"]["managedDisk"]
    made = arm.make(vm, good_vm)["properties"]["storageProfile"]["osDisk"]
    assert made["managedDisk"]["storageAccountType"] == "Standard_LRS"


def test_a_machine_without_an_agent_reports_none(arm, vm, plain):
    arm.make(vm, plain)
    assert "vmAgent" not in arm.get(f"{vm}/instanceView").json()


def test_patching_is_not_ready_where_extensions_may_do_nothing(arm, vm, good_vm):
    good_vm["properties"]["osProfile"]["allowExtensionOperations"] = False
    arm.make(vm, good_vm)
    (status,) = arm.get(f"{vm}/instanceView").json()["patchStatus"]["configurationStatuses"]
    assert (status["level"], "Allow Extension Operations" in status["message"]) == ("Error", True)
