"""What Microsoft's own Python clients ask beside resources: lists, marketplace, scale sets, locks, roles and tags."""

import uuid

import pytest
from azure.core.exceptions import HttpResponseError
from azure.mgmt.authorization import AuthorizationManagementClient
from azure.mgmt.maintenance import MaintenanceManagementClient
from azure.mgmt.resource.locks import ManagementLockClient
from azure.mgmt.resource.subscriptions import SubscriptionClient

from tests.emulator.arm.conftest import SUBSCRIPTION

PASSWORD = "Correct-Horse-7-Battery"  # noqa: S105 - it guards nothing
IMAGE = ("westeurope", "MicrosoftWindowsServer", "WindowsServer", "2022-datacenter-g2")


@pytest.fixture
def group(resources):
    """A group of its own for each test."""
    name = f"fleet-{uuid.uuid4().hex[:8]}"
    resources.resource_groups.create_or_update(name, {"location": "westeurope", "tags": {"test": name}})
    return name


@pytest.fixture
def disk(compute, group):
    empty = {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8}
    body = {"location": "westeurope", "properties": empty}
    return compute.disks.begin_create_or_update(group, "data", body).result()


@pytest.fixture
def pool(network, compute, group):
    """The name of a Uniform set of two machines."""
    subnets = [{"name": "machines", "properties": {"addressPrefix": "10.0.0.0/24"}}]
    properties = {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": subnets}
    body = {"location": "westeurope", "properties": properties}
    subnet = network.virtual_networks.begin_create_or_update(group, "net", body).result().subnets[0].id
    link = {"primary": True, "ipConfigurations": [{"name": "a", "properties": {"subnet": {"id": subnet}}}]}
    profile = {
        "storageProfile": {
            "imageReference": {"publisher": IMAGE[1], "offer": IMAGE[2], "sku": IMAGE[3], "version": "latest"}
        },
        "osProfile": {"computerNamePrefix": "pool", "adminUsername": "fleetadmin", "adminPassword": PASSWORD},
        "networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": link}]},
    }
    body = {
        "location": "westeurope",
        "sku": {"name": "Standard_D2s_v5", "capacity": 2},
        "properties": {"upgradePolicy": {"mode": "Manual"}, "virtualMachineProfile": profile},
    }
    compute.virtual_machine_scale_sets.begin_create_or_update(group, "pool", body).result()
    return "pool"


def test_walks_through_the_marketplace(compute):
    images = compute.virtual_machine_images
    assert "WindowsServer" in {one.name for one in images.list_offers(*IMAGE[:2])}
    assert IMAGE[3] in {one.name for one in images.list_skus(*IMAGE[:3])}
    [newest] = images.list(*IMAGE, top=1, orderby="name desc")
    found = images.get(*IMAGE, newest.name)
    assert (found.os_disk_image.operating_system, found.hyper_v_generation) == ("Windows", "V2")
    extensions = compute.virtual_machine_extension_images
    [version] = extensions.list_versions("westeurope", "Microsoft.Compute", "CustomScriptExtension")
    assert extensions.get("westeurope", "Microsoft.Compute", "CustomScriptExtension", version.name).name == version.name


def test_lists_sizes_skus_quotas_and_run_commands(compute):
    assert "Standard_D2s_v5" in {one.name for one in compute.virtual_machine_sizes.list("westeurope")}
    skus = list(compute.resource_skus.list(filter="location eq 'westeurope'"))
    assert {location for one in skus for location in one.locations} == {"westeurope"}
    assert "cores" in {one.name.value for one in compute.usage.list("westeurope")}
    commands = {one.id for one in compute.virtual_machine_run_commands.list("westeurope")}
    assert "RunPowerShellScript" in commands


def test_works_on_the_instances_of_a_scale_set(compute, group, pool):
    sets, instances = compute.virtual_machine_scale_sets, compute.virtual_machine_scale_set_vms

    def state(number):
        return instances.get_instance_view(group, pool, number).statuses[1].code

    sets.begin_power_off(group, pool, {"instanceIds": ["0"]}).result()
    assert (state("0"), state("1")) == ("PowerState/stopped", "PowerState/running")
    sets.begin_start(group, pool).result()
    instances.begin_deallocate(group, pool, "1").result()
    assert (state("0"), state("1")) == ("PowerState/running", "PowerState/deallocated")
    sets.begin_delete_instances(group, pool, {"instanceIds": ["0"]}).result()
    assert [one.instance_id for one in instances.list(group, pool)] == ["1"]
    sku = {"name": "Standard_D2s_v5", "capacity": 3}
    scaled = sets.begin_create_or_update(group, pool, {"location": "westeurope", "sku": sku}).result()
    assert scaled.sku.capacity == len(list(instances.list(group, pool))) == 3
    assert scaled.virtual_machine_profile.os_profile.computer_name_prefix == "pool"


@pytest.mark.usefixtures("disk")
def test_filters_the_resources_of_a_subscription(resources, group):
    text = f"resourceType eq 'Microsoft.Compute/disks' and resourceGroup eq '{group}'"
    [found] = resources.resources.list(filter=text, expand="createdTime,changedTime")
    assert found.name == "data"
    assert found.created_time <= found.changed_time
    tagged = f"tagName eq 'test' and tagValue eq '{group}'"
    assert [one.name for one in resources.resource_groups.list(filter=tagged)] == [group]
    with pytest.raises(HttpResponseError) as refused:
        list(resources.resources.list(filter="colour eq 'red'"))
    assert refused.value.error.code == "InvalidFilterInQueryString"


def test_keeps_tags_at_a_scope(resources, disk):
    resources.tags.begin_create_or_update_at_scope(disk.id, {"properties": {"tags": {"a": "b"}}}).result()
    patch = {"operation": "Merge", "properties": {"tags": {"c": "d"}}}
    changed = resources.tags.begin_update_at_scope(disk.id, patch).result()
    assert changed.properties.tags == {"a": "b", "c": "d"}
    resources.tags.begin_delete_at_scope(disk.id).result()
    assert resources.tags.get_at_scope(disk.id).properties.tags in (None, {})


def test_locks_hold_until_they_are_taken_away(connect, compute, group, disk):
    locks = connect(ManagementLockClient, SUBSCRIPTION).management_locks
    locks.create_or_update_by_scope(disk.id, "keep", {"properties": {"level": "CanNotDelete"}})
    with pytest.raises(HttpResponseError) as refused:
        compute.disks.begin_delete(group, "data")
    assert (refused.value.status_code, refused.value.error.code) == (409, "ScopeLocked")
    assert [one.name for one in locks.list_by_scope(disk.id)] == ["keep"]
    locks.delete_by_scope(disk.id, "keep")
    compute.disks.begin_delete(group, "data").result()


def test_finds_a_role_and_its_assignments(connect, resources, group):
    roles = connect(AuthorizationManagementClient, SUBSCRIPTION)
    scope = resources.resource_groups.get(group).id
    [reader] = roles.role_definitions.list(scope, filter="roleName eq 'Reader'")
    principal = str(uuid.uuid4())
    body = {"properties": {"roleDefinitionId": reader.id, "principalId": principal}}
    roles.role_assignments.create(scope, str(uuid.uuid4()), body)
    found = roles.role_assignments.list_for_scope(scope, filter=f"principalId eq '{principal}'")
    assert [one.role_definition_id for one in found] == [reader.id]


def test_registers_a_provider_and_reads_its_versions(resources):
    assert resources.providers.get("Microsoft.KeyVault").registration_state == "NotRegistered"
    assert resources.providers.register("Microsoft.KeyVault").registration_state == "Registered"
    kinds = {one.resource_type: one for one in resources.providers.get("Microsoft.Compute").resource_types}
    assert kinds["virtualMachines"].api_versions[0] == "2026-04-01"


def test_pairs_the_zones_of_two_subscriptions(connect):
    subscriptions = connect(SubscriptionClient)
    body = {"location": "westeurope", "subscriptionIds": [f"subscriptions/{uuid.uuid4()}"]}
    found = subscriptions.subscriptions.check_zone_peers(SUBSCRIPTION, body)
    assert [one.availability_zone for one in found.availability_zone_peers] == ["1", "2", "3"]


def test_asks_about_the_maintenance_of_the_platform(connect, group, pool):
    maintenance = connect(MaintenanceManagementClient, SUBSCRIPTION)
    target = (group, "Microsoft.Compute", "virtualMachineScaleSets", pool)
    assert list(maintenance.updates.list(*target)) == []
    assert maintenance.apply_updates.create_or_update(*target).status == "Completed"
    assert list(maintenance.public_maintenance_configurations.list()) == []
