"""Scale sets, Flexible and Uniform."""

import copy
import itertools
from datetime import datetime, timedelta

import pytest


def error(answer):
    found = answer.json()["error"]
    return answer.status_code, found["code"], found.get("target")


@pytest.fixture
def path(provider):
    return provider("Microsoft.Compute/virtualMachineScaleSets/web")


@pytest.fixture
def flexible(good_vm, subnet):
    """A Flexible set of two hotpatch machines."""
    machine = copy.deepcopy(good_vm["properties"])
    system = {name: value for name, value in machine["osProfile"].items() if name != "computerName"}
    configuration = {
        "name": "nic",
        "properties": {
            "primary": True,
            "ipConfigurations": [{"name": "internal", "properties": {"subnet": {"id": subnet}}}],
        },
    }
    health = {
        "name": "health",
        "properties": {
            "publisher": "Microsoft.ManagedServices",
            "type": "ApplicationHealthWindows",
            "typeHandlerVersion": "1.0",
        },
    }
    return {
        "location": "westeurope",
        "sku": {"name": "Standard_D2s_v5", "capacity": 2},
        "properties": {
            "orchestrationMode": "Flexible",
            "platformFaultDomainCount": 1,
            "virtualMachineProfile": {
                "storageProfile": machine["storageProfile"],
                "osProfile": {**system, "computerNamePrefix": "web"},
                "networkProfile": {
                    "networkApiVersion": "2022-11-01",
                    "networkInterfaceConfigurations": [configuration],
                },
                "extensionProfile": {"extensions": [health]},
            },
        },
    }


@pytest.fixture
def profile(flexible):
    return flexible["properties"]["virtualMachineProfile"]


@pytest.fixture
def uniform(flexible, profile):
    """A Uniform set on an image that cannot be hotpatched."""
    del flexible["properties"]["orchestrationMode"]
    del flexible["properties"]["platformFaultDomainCount"]
    del profile["networkProfile"]["networkApiVersion"]
    profile["storageProfile"]["imageReference"]["sku"] = "2022-datacenter-g2"
    profile["osProfile"]["windowsConfiguration"] = {}
    flexible["properties"]["upgradePolicy"] = {"mode": "Manual"}
    return flexible


def machines(arm, path):
    return arm.get(f"{path}/virtualMachines").json()["value"]


def test_makes_the_machines_of_a_flexible_set(arm, path, group, flexible):
    made = arm.make(path, flexible)
    assert made["properties"]["singlePlacementGroup"] is False
    listed = machines(arm, path)
    assert len(listed) == 2
    assert listed[0]["instanceId"] == listed[0]["name"]
    own = arm.get(listed[0]["id"]).json()
    assert own["type"] == "Microsoft.Compute/virtualMachines"
    assert own["properties"]["virtualMachineScaleSet"] == {"id": path}
    settings = own["properties"]["osProfile"]["windowsConfiguration"]["patchSettings"]
    assert settings["enableHotpatching"] is True
    interface = own["properties"]["networkProfile"]["networkInterfaces"][0]["id"]
    assert arm.get(interface).json()["properties"]["virtualMachine"] == {"id": own["id"]}
    assert "adminPassword" not in own["properties"]["osProfile"]
    arm.remove(path)
    left = [one for one in arm.stored() if "/virtualNetworks/" not in one and one != group]
    assert [one.rsplit("/", 1)[-1] for one in left] == ["web-1-nic"]


def test_scales_out_and_in(arm, path, flexible):
    arm.make(path, flexible)
    for capacity in (4, 1, 0):
        arm.wait(arm.patch(path, {"sku": {"capacity": capacity}}))
        assert len(machines(arm, path)) == capacity


def test_keeps_the_version_that_latest_was_until_the_image_changes(arm, path, flexible, profile):
    def version():
        made = arm.make(path, flexible)["properties"]["virtualMachineProfile"]
        return made["storageProfile"]["imageReference"]["exactVersion"]

    first = version()
    arm.post("/emulator/clock", {"days": 200})
    assert version() == first
    profile["storageProfile"]["imageReference"]["sku"] = "2022-Datacenter-Azure-Edition-Hotpatch"
    assert version() != first


def test_stores_no_password_of_a_set(arm, path, flexible, profile, tmp_path):
    profile["osProfile"]["adminPassword"] = "Kept-From-Disk-43"
    protected = {"protectedSettings": {"key": "Kept-From-Disk-44"}}
    profile["extensionProfile"]["extensions"][0]["properties"].update(protected)
    arm.make(path, flexible)
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"Kept-From-Disk" not in stored


@pytest.mark.parametrize("given", ["Uniform", None])
def test_refuses_a_hotpatch_image_in_a_uniform_set(arm, path, uniform, profile, given):
    profile["storageProfile"]["imageReference"]["sku"] = "2022-datacenter-azure-edition-core"
    uniform["properties"]["orchestrationMode"] = given
    answer = arm.put(path, uniform)
    assert error(answer) == (400, "InvalidParameter", "virtualMachineProfile.storageProfile.imageReference")


@pytest.mark.parametrize("stated", [False, None])
def test_refuses_hotpatch_off_or_unstated_in_a_set(arm, path, flexible, profile, stated):
    profile["osProfile"]["windowsConfiguration"]["patchSettings"]["enableHotpatching"] = stated
    answer = arm.put(path, flexible)
    assert answer.json()["error"]["message"] == (
        "'EnableHotpatching' must be set to 'true' on Virtual Machine Scale Sets running Hotpatch-compatible images."
    )


def test_refuses_a_patch_of_the_machines_that_does_not_repeat_it(arm, path, flexible):
    arm.make(path, flexible)
    answer = arm.patch(path, {"properties": {"virtualMachineProfile": {"priority": "Regular"}}})
    assert "'EnableHotpatching' must be set to 'true'" in answer.text
    assert arm.patch(path, {"tags": {"a": "1"}}).status_code == 200


def test_refuses_hotpatch_with_the_bypass_in_a_set(arm, path, flexible, profile):
    settings = profile["osProfile"]["windowsConfiguration"]["patchSettings"]
    settings["automaticByPlatformSettings"]["bypassPlatformSafetyChecksOnUserSchedule"] = True
    assert "Hotpatch updates require platform safety checks." in arm.put(path, flexible).text


def test_demands_the_health_extension_of_a_hotpatch_set(arm, path, flexible, profile):
    del profile["extensionProfile"]
    assert error(arm.put(path, flexible)) == (400, "InvalidParameter", "virtualMachineProfile.extensionProfile")


def test_demands_a_fault_domain_count_of_a_flexible_set(arm, path, flexible):
    del flexible["properties"]["platformFaultDomainCount"]
    assert error(arm.put(path, flexible)) == (400, "InvalidParameter", "platformFaultDomainCount")


def test_demands_the_network_api_version_of_a_flexible_set(arm, path, flexible, profile):
    del profile["networkProfile"]["networkApiVersion"]
    assert error(arm.put(path, flexible)) == (400, "InvalidParameter", "networkApiVersion")


def test_refuses_a_fault_domain_count_out_of_range(arm, path, flexible):
    flexible["properties"]["platformFaultDomainCount"] = 5
    answer = arm.put(path, flexible)
    assert answer.json()["error"]["message"] == "The specified fault domain count 5 must fall in the range 1 to 3."


def test_refuses_a_system_identity_on_a_flexible_set(arm, path, flexible):
    flexible["identity"] = {"type": "SystemAssigned"}
    assert error(arm.put(path, flexible)) == (400, "InvalidParameter", "identity.type")


def test_refuses_a_prefix_of_more_than_nine_characters(arm, path, flexible, profile):
    profile["osProfile"]["computerNamePrefix"] = "webservers"
    assert error(arm.put(path, flexible)) == (400, "InvalidParameter", "computerNamePrefix")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("orchestrationMode", "Uniform"),
        ("platformFaultDomainCount", 2),
        ("singlePlacementGroup", True),
        (
            "proximityPlacementGroup",
            {"id": "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Compute/proximityPlacementGroups/p"},
        ),
    ],
)
def test_refuses_to_change_what_is_fixed_at_creation(arm, path, flexible, name, value):
    arm.make(path, flexible)
    answer = arm.patch(path, {"properties": {name: value}})
    assert error(answer) == (409, "PropertyChangeNotAllowed", name)


def test_takes_an_absent_mode_for_uniform(arm, path, uniform):
    made = arm.make(path, uniform)
    assert made["properties"]["orchestrationMode"] == "Uniform"
    assert [one["instanceId"] for one in machines(arm, path)] == ["0", "1"]


def test_demands_an_upgrade_policy_of_a_uniform_set(arm, path, uniform):
    del uniform["properties"]["upgradePolicy"]
    assert error(arm.put(path, uniform)) == (400, "InvalidParameter", "upgradePolicy")


def test_refuses_the_network_api_version_on_a_uniform_set(arm, path, uniform, profile):
    profile["networkProfile"]["networkApiVersion"] = "2020-11-01"
    assert error(arm.put(path, uniform)) == (400, "InvalidParameter", "networkApiVersion")


@pytest.mark.parametrize(("domains", "status"), [(1, 201), (2, 400)])
def test_refuses_zones_with_more_than_one_fault_domain(arm, path, flexible, domains, status):
    flexible["properties"]["platformFaultDomainCount"] = domains
    answer = arm.put(path, {**flexible, "zones": ["1", "2", "3"]})
    assert answer.status_code == status
    if status == 400:
        assert answer.json()["error"]["message"] == (
            "Specifying Availability Zones is not allowed when Virtual Machine Scale Set has platformFaultDomainCount "
            "higher than 1 with OrchestrationMode: 'Flexible'."
        )


def test_refuses_the_instance_view_of_a_flexible_set(arm, path, flexible):
    arm.make(path, flexible)
    answer = arm.get(f"{path}/instanceView")
    assert error(answer) == (409, "OperationNotAllowed", None)
    assert "'VirtualMachineScaleSets.instanceView.GET' is not allowed on Virtual Machine Scale Set" in answer.text


def test_counts_the_machines_in_the_instance_view(arm, path, uniform):
    arm.make(path, uniform)
    summary = arm.get(f"{path}/instanceView").json()["virtualMachine"]["statusesSummary"]
    assert summary == [{"code": "ProvisioningState/succeeded", "count": 2}]


def test_the_instances_are_patched_one_after_the_other(arm, path, flexible):
    flexible["sku"]["capacity"] = 3
    arm.post("/emulator/clock", {"now": "2031-01-31T00:00:00Z"})
    arm.make(path, flexible)
    arm.post("/emulator/clock", {"now": "2031-03-08T00:00:00Z"})
    found = [one["installations"] for one in arm.get("/emulator/installations").json()["value"]]
    assert [[run["restarted"] for run in runs] for runs in found] == [[False]] * 3  # February's hotpatch
    moments = sorted(datetime.fromisoformat(runs[0]["time"]) for runs in found)
    assert [later - earlier for earlier, later in itertools.pairwise(moments)] == [timedelta(minutes=20)] * 2
