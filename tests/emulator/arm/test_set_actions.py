"""What is asked of a scale set's instances, and how a set is scaled."""

import copy

import pytest


def error(answer):
    return answer.status_code, answer.json()["error"]["code"]


@pytest.fixture
def path(provider):
    return provider("Microsoft.Compute/virtualMachineScaleSets/pool")


@pytest.fixture
def uniform(good_vm, subnet):
    """A Uniform set of three plain machines that is upgraded by hand."""
    machine = copy.deepcopy(good_vm["properties"])
    machine["storageProfile"]["imageReference"]["sku"] = "2022-datacenter-g2"
    system = {name: machine["osProfile"][name] for name in ("adminUsername", "adminPassword")}
    link = {"primary": True, "ipConfigurations": [{"name": "a", "properties": {"subnet": {"id": subnet}}}]}
    profile = {
        "storageProfile": machine["storageProfile"],
        "osProfile": {**system, "computerNamePrefix": "pool"},
        "networkProfile": {"networkInterfaceConfigurations": [{"name": "nic", "properties": link}]},
    }
    return {
        "location": "westeurope",
        "tags": {"tier": "web"},
        "sku": {"name": "Standard_D2s_v5", "capacity": 3},
        "properties": {"upgradePolicy": {"mode": "Manual"}, "virtualMachineProfile": profile},
    }


@pytest.fixture
def pool(arm, path, uniform):
    arm.make(path, uniform)
    return path


def power_of(arm, pool):
    listed = arm.get(f"{pool}/virtualMachines?$expand=instanceView&api-version=2024-11-01").json()["value"]
    codes = {one["instanceId"]: one["properties"]["instanceView"]["statuses"][1]["code"] for one in listed}
    return {name: code.removeprefix("PowerState/") for name, code in codes.items()}


@pytest.mark.parametrize(
    ("action", "state"),
    [("poweroff", "stopped"), ("deallocate", "deallocated"), ("restart", "running"), ("start", "running")],
)
def test_does_to_all_instances_what_is_asked_of_the_set(arm, pool, action, state):
    arm.act(f"{pool}/powerOff")
    arm.act(f"{pool}/{action}")
    assert set(power_of(arm, pool).values()) == {state}


def test_does_to_the_named_instances_alone_what_is_asked(arm, pool):
    arm.act(f"{pool}/deallocate", {"instanceIds": ["1"]})
    assert power_of(arm, pool) == {"0": "running", "1": "deallocated", "2": "running"}


def test_refuses_an_instance_that_is_not_there(arm, pool):
    answer = arm.post(f"{pool}/restart", {"instanceIds": ["0", "9"]})
    assert error(answer) == (400, "InvalidParameter")
    assert "The provided instanceId 9 is not an active" in answer.text


def test_deletes_instances_and_never_gives_their_numbers_again(arm, pool, uniform):
    assert error(arm.post(f"{pool}/delete", {})) == (400, "InvalidParameter")
    arm.act(f"{pool}/delete", {"instanceIds": ["0"]})
    assert set(power_of(arm, pool)) == {"1", "2"}
    assert arm.get(pool).json()["sku"]["capacity"] == 2
    arm.make(pool, uniform)
    assert set(power_of(arm, pool)) == {"1", "2", "3"}


def test_deleting_one_instance_lowers_the_capacity(arm, pool):
    arm.remove(f"{pool}/virtualMachines/2")
    assert arm.get(pool).json()["sku"]["capacity"] == 2


@pytest.mark.parametrize("action", ["start", "restart", "powerOff", "deallocate", "redeploy", "reimage", "runCommand"])
def test_takes_the_actions_of_one_instance(arm, pool, action):
    arm.act(f"{pool}/virtualMachines/1/{action}", {"commandId": "RunPowerShellScript"})
    expected = {"powerOff": "stopped", "deallocate": "deallocated"}.get(action, "running")
    view = arm.get(f"{pool}/virtualMachines/1/instanceView").json()
    assert view["statuses"][1]["code"] == f"PowerState/{expected}"
    assert power_of(arm, pool)["0"] == "running"


def test_expands_the_view_of_one_instance(arm, pool):
    found = arm.get(f"{pool}/virtualMachines/1?$expand=instanceView&api-version=2024-11-01").json()
    assert found["properties"]["instanceView"]["vmAgent"]["statuses"][0]["displayStatus"] == "Ready"


def test_filters_instances_by_the_model_that_they_have(arm, pool, uniform):
    uniform["properties"]["virtualMachineProfile"]["licenseType"] = "Windows_Server"
    arm.make(pool, uniform)
    arm.act(f"{pool}/manualupgrade", {"instanceIds": ["1"]})
    path = f"{pool}/virtualMachines?api-version=2024-11-01&$filter="
    newest = arm.get(f"{path}properties/latestModelApplied eq true").json()["value"]
    assert [one["instanceId"] for one in newest] == ["1"]
    assert error(arm.get(f"{path}colour eq 'red'")) == (400, "InvalidFilterInQueryString")


def test_scales_by_a_body_of_location_and_sku_alone(arm, pool):
    before = arm.get(pool).json()
    answer = arm.put(pool, {"location": "westeurope", "sku": {"name": "Standard_D2s_v5", "capacity": 5}})
    assert answer.status_code == 200, answer.text
    arm.wait(answer)
    after = arm.get(pool).json()
    assert after["sku"]["capacity"] == len(power_of(arm, pool)) == 5
    assert after["tags"] == {"tier": "web"}
    assert after["properties"] == before["properties"]


def test_keeps_the_properties_that_an_update_leaves_out(arm, pool):
    body = {"location": "westeurope", "sku": {"name": "Standard_D2s_v5", "capacity": 3}}
    arm.wait(arm.put(pool, {**body, "properties": {"overprovision": False}}))
    found = arm.get(pool).json()["properties"]
    assert found["overprovision"] is False
    assert found["virtualMachineProfile"]["storageProfile"]["imageReference"]["sku"] == "2022-datacenter-g2"
    assert found["upgradePolicy"] == {"mode": "Manual"}


def test_refuses_an_os_disk_that_is_smaller_than_the_image_of_a_set(arm, path, uniform):
    uniform["properties"]["virtualMachineProfile"]["storageProfile"]["osDisk"] = {"diskSizeGB": 64}
    assert error(arm.put(path, uniform)) == (409, "OperationNotAllowed")


def test_spreads_a_set_over_more_zones_and_never_over_fewer(arm, path, uniform):
    arm.make(path, {**uniform, "zones": ["1"]})
    assert arm.make(path, {**uniform, "zones": ["1", "2"]})["zones"] == ["1", "2"]
    assert error(arm.put(path, {**uniform, "zones": ["2"]})) == (409, "PropertyChangeNotAllowed")
    assert arm.make(path, uniform)["zones"] == ["1", "2"]


def test_takes_a_schedule_of_one_instance(arm, provider, pool, good_schedule):
    schedule = provider("Microsoft.Maintenance/maintenanceConfigurations/saturday")
    arm.make(schedule, good_schedule)
    assignment = f"{pool}/virtualMachines/0/providers/Microsoft.Maintenance/configurationAssignments/saturday"
    body = {"location": "westeurope", "properties": {"maintenanceConfigurationId": schedule}}
    assert arm.put(assignment, body).status_code == 201


def test_lists_what_a_set_may_be_scaled_to_and_has(arm, pool):
    assert arm.get(f"{pool}/skus").json()["value"][0]["sku"]["name"] == "Standard_D2s_v5"
    assert arm.get(f"{pool}/publicipaddresses").json() == {"value": []}
    assert arm.get(f"{pool}/osUpgradeHistory").json() == {"value": []}
