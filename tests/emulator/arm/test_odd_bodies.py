"""Bodies that no client would send: each is stored or refused, and none breaks the emulator."""

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 5000),
    st.text(max_size=8),
    st.lists(st.one_of(st.integers(), st.text(max_size=3), st.just({"a": None})), max_size=2),
    st.dictionaries(st.sampled_from(["id", "name", "properties", "type"]), st.one_of(st.text(max_size=4), st.just({}))),
)


def paths(value, path=()):
    """Every path into a body."""
    if path:
        yield path
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in steps:
        yield from paths(item, (*path, step))


def spoiled(body, path, value):
    result = copy.deepcopy(body)
    where = result
    for step in path[:-1]:
        where = where[step]
    where[path[-1]] = value
    return result


BODIES = {
    "Microsoft.Network/virtualNetworks/odd": {
        "location": "westeurope",
        "tags": {"a": "1"},
        "properties": {
            "addressSpace": {"addressPrefixes": ["10.9.0.0/16"]},
            "subnets": [{"name": "a", "properties": {"addressPrefix": "10.9.1.0/24"}}],
        },
    },
    "Microsoft.Network/networkSecurityGroups/odd": {
        "location": "westeurope",
        "properties": {
            "securityRules": [
                {
                    "name": "a",
                    "properties": {"protocol": "*", "access": "Deny", "direction": "Inbound", "priority": 100},
                }
            ]
        },
    },
    "Microsoft.Network/publicIPAddresses/odd": {
        "location": "westeurope",
        "sku": {"name": "Standard"},
        "properties": {"publicIPAllocationMethod": "Static", "dnsSettings": {"domainNameLabel": "odd"}},
    },
    "Microsoft.Network/loadBalancers/odd": {
        "location": "westeurope",
        "properties": {
            "frontendIPConfigurations": [{"name": "a", "properties": {}}],
            "backendAddressPools": [{"name": "b"}],
            "loadBalancingRules": [{"name": "c", "properties": {"backendAddressPool": {"id": "/x"}}}],
        },
    },
    "Microsoft.Compute/disks/odd": {
        "location": "westeurope",
        "sku": {"name": "Premium_LRS"},
        "properties": {"creationData": {"createOption": "Empty"}, "diskSizeGB": 8},
    },
    "Microsoft.Compute/availabilitySets/odd": {
        "location": "westeurope",
        "sku": {"name": "Aligned"},
        "properties": {"platformFaultDomainCount": 2},
    },
    "Microsoft.Storage/storageAccounts/odd": {
        "location": "westeurope",
        "kind": "StorageV2",
        "sku": {"name": "Standard_LRS"},
    },
    "Microsoft.Maintenance/maintenanceConfigurations/odd": {
        "location": "westeurope",
        "properties": {
            "maintenanceScope": "InGuestPatch",
            "extensionProperties": {"InGuestPatchMode": "User"},
            "maintenanceWindow": {
                "startDateTime": "2051-02-01 22:00",
                "expirationDateTime": "2052-02-01 22:00",
                "duration": "02:00",
                "timeZone": "UTC",
                "recurEvery": "Week Sunday",
            },
            "installPatches": {
                "rebootSetting": "Never",
                "windowsParameters": {"classificationsToInclude": ["Security"]},
            },
        },
    },
    "Microsoft.HybridCompute/machines/odd": {
        "location": "westeurope",
        "kind": "HCI",
        "identity": {"type": "SystemAssigned"},
    },
    "Microsoft.Compute/snapshots/odd": {
        "location": "westeurope",
        "sku": {"name": "Standard_LRS"},
        "properties": {"creationData": {"createOption": "Copy", "sourceResourceId": "/x"}, "diskSizeGB": 8},
    },
    "Microsoft.Authorization/locks/odd": {"properties": {"level": "CanNotDelete", "notes": "kept"}},
    "Microsoft.Authorization/roleDefinitions/12345678-0000-4000-8000-000000000001": {
        "properties": {"roleName": "odd", "assignableScopes": ["/"], "permissions": [{"actions": ["*/read"]}]},
    },
    "Microsoft.Resources/tags/default": {"operation": "Merge", "properties": {"tags": {"a": "b"}}},
    "Microsoft.Authorization/policyAssignments/odd": {
        "location": "westeurope",
        "properties": {"policyDefinitionId": "/providers/Microsoft.Authorization/policyDefinitions/x"},
    },
}
QUIETLY = settings(
    max_examples=examples(80),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


@QUIETLY
@given(data=st.data())
def test_answers_an_odd_machine(arm, vm, good_vm, data):
    body = spoiled(good_vm, data.draw(st.sampled_from(list(paths(good_vm)))), data.draw(ODD))
    check(arm, vm, body)


@QUIETLY
@given(data=st.data())
def test_answers_an_odd_change_of_a_machine(arm, vm, good_vm, data):
    """What exists is compared with what comes, in the properties and beside them."""
    body = {**good_vm, "zones": ["1"], "identity": {"type": "SystemAssigned"}, "plan": {"name": "a"}}
    storage = {"osDisk": {"createOption": "FromImage", "diskSizeGB": 128, "managedDisk": {}}}
    storage["dataDisks"] = [{"lun": 0, "createOption": "Empty", "diskSizeGB": 8}]
    body["properties"] = {**good_vm["properties"], "applicationProfile": {"galleryApplications": [{"tags": "a"}]}}
    body["properties"]["storageProfile"] = {**good_vm["properties"]["storageProfile"], **storage}
    arm.wait(arm.put(vm, body))
    check(arm, vm, spoiled(body, data.draw(st.sampled_from(list(paths(body)))), data.draw(ODD)))


@QUIETLY
@given(data=st.data())
def test_answers_an_odd_change_of_a_scale_set(arm, provider, good_vm, data):
    machine = good_vm["properties"]
    image = {**machine["storageProfile"]["imageReference"], "sku": "2022-datacenter-g2"}
    system = {name: machine["osProfile"][name] for name in ("adminUsername", "adminPassword")}
    profile = {
        "storageProfile": {"imageReference": image, "osDisk": {"createOption": "FromImage", "diskSizeGB": 128}},
        "osProfile": {**system, "computerNamePrefix": "odd"},
    }
    body = {
        "location": "westeurope",
        "zones": ["1"],
        "sku": {"name": "Standard_D2s_v5", "capacity": 1},
        "properties": {"upgradePolicy": {"mode": "Manual"}, "virtualMachineProfile": profile},
    }
    path = provider("Microsoft.Compute/virtualMachineScaleSets/odd")
    arm.wait(arm.put(path, body))
    check(arm, path, spoiled(body, data.draw(st.sampled_from(list(paths(body)))), data.draw(ODD)))


@QUIETLY
@given(data=st.data())
def test_answers_an_odd_interface(arm, nic, nic_body, data):
    check(arm, nic, spoiled(nic_body, data.draw(st.sampled_from(list(paths(nic_body)))), data.draw(ODD)))


@pytest.mark.parametrize("path", BODIES)
@settings(parent=QUIETLY, max_examples=examples(25))
@given(data=st.data())
def test_answers_an_odd_body(arm, provider, path, data):
    body = spoiled(BODIES[path], data.draw(st.sampled_from(list(paths(BODIES[path])))), data.draw(ODD))
    check(arm, provider(path), body)


def check(arm, path, body):
    """PUT, GET, PATCH and DELETE a body: each is answered, and none of the answers is a defect."""
    for answer in (arm.put(path, body), arm.get(path), arm.patch(path, body), arm.get(path), arm.delete(path)):
        assert answer.status_code < 500, answer.text
    arm.get(path)  # a deletion that is under way ends
    arm.get(path)
