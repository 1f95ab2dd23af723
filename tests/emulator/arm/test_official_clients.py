"""The served emulator through Microsoft's own Python clients: make, poll, read, list, change, delete, be refused."""

import uuid

import pytest
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError
from azure.mgmt.maintenance import MaintenanceManagementClient

from tests.emulator.arm.conftest import SUBSCRIPTION
from tests.images import windows_server_image

PASSWORD = "Correct-Horse-7-Battery"  # noqa: S105 - it guards nothing


@pytest.fixture(scope="module")
def maintenance(connect):
    return connect(MaintenanceManagementClient, SUBSCRIPTION)


@pytest.fixture
def group(resources):
    """A group of the test's own, which takes everything along."""
    name = f"fleet-{uuid.uuid4().hex[:8]}"
    resources.resource_groups.create_or_update(name, {"location": "westeurope"})
    yield name
    resources.resource_groups.begin_delete(name).wait()
    assert not resources.resource_groups.check_existence(name)


@pytest.fixture
def nic(network, group):
    network.virtual_networks.begin_create_or_update(
        group, "net", {"location": "westeurope", "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}}
    ).result()
    subnet = network.subnets.begin_create_or_update(
        group, "net", "machines", {"properties": {"addressPrefix": "10.0.0.0/24"}}
    ).result()
    configuration = {"name": "internal", "properties": {"subnet": {"id": subnet.id}}}
    body = {"location": "westeurope", "properties": {"ipConfigurations": [configuration]}}
    return network.network_interfaces.begin_create_or_update(group, "nic", body).result()


@pytest.fixture
def good_vm(nic):
    settings = {"patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform", "enableHotpatching": True}
    image = windows_server_image("2022-Datacenter-Azure-Edition-Hotpatch")
    return {
        "location": "westeurope",
        "identity": {"type": "SystemAssigned"},
        "properties": {
            "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
            "storageProfile": {"imageReference": image},
            "osProfile": {
                "computerName": "web-1",
                "adminUsername": "fleetadmin",
                "adminPassword": PASSWORD,
                "windowsConfiguration": {"patchSettings": settings},
            },
            "networkProfile": {"networkInterfaces": [{"id": nic.id}]},
        },
    }


def test_makes_reads_lists_and_deletes_a_machine(compute, group, good_vm):
    made = compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm).result()
    assert made.provisioning_state == "Succeeded"
    assert made.identity.principal_id
    assert made.os_profile.windows_configuration.patch_settings.enable_hotpatching is True
    assert made.os_profile.admin_password is None
    assert [one.id for one in compute.virtual_machines.list(group)] == [made.id]
    assert made.id in {one.id for one in compute.virtual_machines.list_all()}
    changed = compute.virtual_machines.begin_update(group, "web-1", {"tags": {"owner": "ops"}}).result()
    assert changed.tags == {"owner": "ops"}
    compute.virtual_machines.begin_delete(group, "web-1").wait()
    with pytest.raises(ResourceNotFoundError) as missing:
        compute.virtual_machines.get(group, "web-1")
    assert missing.value.error.code == "ResourceNotFound"


def test_says_why_a_machine_is_refused(compute, group, good_vm):
    settings = good_vm["properties"]["osProfile"]["windowsConfiguration"]["patchSettings"]
    settings["automaticByPlatformSettings"] = {"bypassPlatformSafetyChecksOnUserSchedule": True}
    with pytest.raises(HttpResponseError) as refused:
        compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm)
    assert refused.value.error.code == "InvalidParameter"
    assert "Hotpatch updates require platform safety checks." in refused.value.error.message


def test_says_what_cannot_be_changed(compute, group, good_vm):
    compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm).wait()
    good_vm["properties"]["osProfile"]["windowsConfiguration"]["enableAutomaticUpdates"] = False
    with pytest.raises(ResourceExistsError) as refused:
        compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm)
    assert refused.value.error.code == "PropertyChangeNotAllowed"
    assert refused.value.error.target == "windowsConfiguration.enableAutomaticUpdates"


def test_keeps_an_interface_that_a_machine_has(compute, network, group, good_vm, nic):
    compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm).wait()
    with pytest.raises(HttpResponseError) as refused:
        network.network_interfaces.begin_delete(group, nic.name)
    assert refused.value.error.code == "NicInUse"
    assert network.network_interfaces.get(group, nic.name).virtual_machine.id.endswith("/web-1")


def test_assesses_and_installs_patches(compute, group, good_vm):
    compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm).wait()
    assessed = compute.virtual_machines.begin_assess_patches(group, "web-1").result()
    assert assessed.status == "Succeeded"
    assert {"NeverReboots"} <= {one.reboot_behavior for one in assessed.available_patches}
    body = {"rebootSetting": "IfRequired", "windowsParameters": {"classificationsToInclude": ["Security"]}}
    installed = compute.virtual_machines.begin_install_patches(group, "web-1", body).result()
    assert installed.installed_patch_count == 1
    view = compute.virtual_machines.instance_view(group, "web-1")
    assert view.patch_status.last_patch_installation_summary.installed_patch_count == 1
    assert view.patch_status.available_patch_summary.critical_and_security_patch_count == 0


def test_turns_a_machine_off_and_on(compute, group, good_vm):
    compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm).wait()
    for begin, state in (
        (compute.virtual_machines.begin_deallocate, "PowerState/deallocated"),
        (compute.virtual_machines.begin_start, "PowerState/running"),
    ):
        begin(group, "web-1").wait()
        assert state in {one.code for one in compute.virtual_machines.instance_view(group, "web-1").statuses}


def test_makes_a_flexible_set_and_refuses_a_uniform_one(compute, group, good_vm, nic):
    machine = good_vm["properties"]
    system = {**machine["osProfile"], "computerNamePrefix": "web"}
    del system["computerName"]
    subnet = {"id": nic.ip_configurations[0].subnet.id}
    internal = {"name": "internal", "properties": {"subnet": subnet}}
    configuration = {"name": "nic", "properties": {"primary": True, "ipConfigurations": [internal]}}
    health = {
        "publisher": "Microsoft.ManagedServices",
        "type": "ApplicationHealthWindows",
        "typeHandlerVersion": "1.0",
    }
    body = {
        "location": "westeurope",
        "sku": {"name": "Standard_D2s_v5", "capacity": 1},
        "properties": {
            "orchestrationMode": "Flexible",
            "platformFaultDomainCount": 1,
            "virtualMachineProfile": {
                "storageProfile": machine["storageProfile"],
                "osProfile": system,
                "networkProfile": {
                    "networkApiVersion": "2022-11-01",
                    "networkInterfaceConfigurations": [configuration],
                },
                "extensionProfile": {"extensions": [{"name": "health", "properties": health}]},
            },
        },
    }
    made = compute.virtual_machine_scale_sets.begin_create_or_update(group, "web", body).result()
    assert made.orchestration_mode == "Flexible"
    assert len(list(compute.virtual_machines.list(group))) == 1
    body["properties"] |= {"orchestrationMode": "Uniform", "upgradePolicy": {"mode": "Manual"}}
    del body["properties"]["virtualMachineProfile"]["networkProfile"]["networkApiVersion"]
    with pytest.raises(HttpResponseError) as refused:
        compute.virtual_machine_scale_sets.begin_create_or_update(group, "uniform", body)
    assert refused.value.error.code == "InvalidParameter"
    assert "Uniform" in refused.value.error.message


def test_schedules_a_machine(compute, maintenance, group, good_vm):
    compute.virtual_machines.begin_create_or_update(group, "web-1", good_vm).wait()
    schedule = {
        "location": "westeurope",
        "properties": {
            "maintenanceScope": "InGuestPatch",
            "extensionProperties": {"InGuestPatchMode": "User"},
            "maintenanceWindow": {
                "startDateTime": "2051-02-01 22:00",
                "duration": "02:00",
                "timeZone": "UTC",
                "recurEvery": "Month Second Tuesday Offset4",
            },
            "installPatches": {"rebootSetting": "Always"},
        },
    }
    made = maintenance.maintenance_configurations.create_or_update(group, "nights", schedule)
    assert made.install_patches.reboot_setting == "AlwaysReboot"
    where = (group, "Microsoft.Compute", "virtualMachines", "web-1", "nights")
    assigned = maintenance.configuration_assignments.create_or_update(
        *where, {"properties": {"maintenanceConfigurationId": made.id}}
    )
    assert assigned.maintenance_configuration_id.lower() == made.id.lower()
    view = compute.virtual_machines.instance_view(group, "web-1")
    assert view.patch_status.configuration_statuses[0].level == "Error"
    maintenance.configuration_assignments.delete(*where)
    view = compute.virtual_machines.instance_view(group, "web-1")
    assert view.patch_status.configuration_statuses[0].level == "Info"


def test_refuses_a_schedule_of_a_bare_month(maintenance, group):
    window = {
        "startDateTime": "2051-02-01 22:00",
        "duration": "02:00",
        "timeZone": "UTC",
        "recurEvery": "Month",
    }
    body = {"location": "westeurope", "properties": {"maintenanceScope": "Host", "maintenanceWindow": window}}
    with pytest.raises(HttpResponseError) as refused:
        maintenance.maintenance_configurations.create_or_update(group, "nights", body)
    assert refused.value.error.code == "InvalidMaintenanceWindow"


def test_changes_tags_of_a_network_and_keeps_a_subnet_in_use(network, group, nic):
    assert nic.provisioning_state == "Succeeded"
    changed = network.virtual_networks.update_tags(group, "net", {"tags": {"owner": "ops"}})
    assert changed.tags == {"owner": "ops"}
    with pytest.raises(HttpResponseError) as refused:
        network.subnets.begin_delete(group, "net", "machines")
    assert refused.value.error.code == "InUseSubnetCannotBeDeleted"


def test_lists_what_is_in_a_group(resources, group, nic):
    types = {one.type for one in resources.resources.list_by_resource_group(group)}
    assert types == {"Microsoft.Network/virtualNetworks", "Microsoft.Network/networkInterfaces"}
    assert resources.resources.get_by_id(nic.id, api_version="2024-05-01").name == "nic"
    assert group in {one.name for one in resources.resource_groups.list()}
