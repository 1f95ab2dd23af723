"""What is true of everything that a stack deploys: where it is, how it is called, tagged, and connected."""

from typing import Any

from tests.program.conftest import Deploy, Deployed
from tests.program.test_every_setting_counts import EVERYTHING, SCOPED

WIDE = {
    "naming": {"prefix": "x-"},
    "tags": {"team": "blue"},
    "location": "uksouth",
    "adminUsername": "operator",
    "images": {"default": "2022-hotpatch", "version": "20348.2966.241205"},
}
# What has no tags, or no region of its own, in Azure.
UNTAGGED = {
    "Subnet",
    "RoleAssignment",
    "ConfigurationAssignment",
    "ConfigurationAssignmentsForSubscription",
    "VirtualMachineInstance",
}
MACHINES = ("VirtualMachine", "VirtualMachineScaleSet")


def native(deployed: Deployed) -> dict[tuple[str, str], dict[str, Any]]:
    return {key: each.inputs for key, each in deployed.resources.items() if each.type.startswith("azure-native:")}


def profiles(deployed: Deployed) -> dict[str, dict[str, Any]]:
    """The profile of each machine in Azure and of each set's instances."""
    found = {**deployed.of("VirtualMachine"), **deployed.of("VirtualMachineScaleSet")}
    return {name: inputs.get("virtualMachineProfile", inputs) for name, inputs in found.items()}


def test_everything_has_the_prefix_the_tags_the_region_and_the_group(deploy: Deploy) -> None:
    for (kind, name), inputs in native(deploy({**EVERYTHING, **WIDE})).items():
        assert name.startswith("x-"), (kind, name)
        if kind not in UNTAGGED:
            assert inputs["tags"] == {"team": "blue"}, (kind, name)
            assert inputs["location"] == ("northeurope" if "web-ne" in name or "northeurope" in name else "uksouth")
        if kind not in (
            "ResourceGroup",
            "RoleAssignment",
            "VirtualMachineInstance",
            "ConfigurationAssignmentsForSubscription",
        ):
            assert inputs["resourceGroupName"] in ("x-fleet", "fleet"), (kind, name)


def test_the_tags_of_a_group_come_over_those_of_the_stack(deploy: Deploy) -> None:
    fleet = {"machines": [{"name": "web", "tags": {"team": "red", "role": "web"}}]}
    tagged = deploy({"fleet": fleet, "tags": {"team": "blue", "cost": "1"}}).of("VirtualMachine")["web-vm"]["tags"]
    assert tagged == {"team": "red", "role": "web", "cost": "1"}


def test_every_machine_has_the_administrator_and_the_image_of_the_stack(deploy: Deploy) -> None:
    deployed = deploy({**EVERYTHING, **WIDE})
    for profile in profiles(deployed).values():
        assert profile["osProfile"]["adminUsername"] == "operator"
        assert profile["osProfile"]["adminPassword"]
        assert profile["storageProfile"]["imageReference"] == {
            "publisher": "MicrosoftWindowsServer",
            "offer": "WindowsServer",
            "sku": "2022-Datacenter-Azure-Edition-Hotpatch",
            "version": "20348.2966.241205",
        }
    for image in deployed.of("MarketplaceGalleryImage").values():
        assert image["identifier"]["sku"] == "2022-Datacenter-Azure-Edition-Hotpatch"
        assert image["version"] == {"name": "20348.2966.241205"}
    for instance in deployed.of("VirtualMachineInstance").values():
        assert instance["osProfile"]["adminUsername"] == "operator"


def test_the_password_is_a_secret_everywhere(deploy: Deploy) -> None:
    deployed = deploy(EVERYTHING)
    for (kind, name), each in deployed.resources.items():
        if kind in (*MACHINES, "VirtualMachineInstance"):
            holder = "virtualMachineProfile" if kind == "VirtualMachineScaleSet" else "osProfile"
            assert each.secrets == {holder}, (kind, name)  # Pulumi marks the whole object


def test_nothing_that_is_not_said_is_registered(deploy: Deploy) -> None:
    """A group that says nothing is as the component makes a machine: no zone, no set, no licence, no encryption."""
    machine = deploy({"fleet": {"machines": [{"name": "web"}]}}).of("VirtualMachine")["web-vm"]
    assert not {"zones", "availabilitySet", "licenseType", "userData"} & machine.keys()
    assert machine["securityProfile"].keys() == {"securityType", "uefiSettings"}
    assert machine["identity"] == {"type": "SystemAssigned"}
    disk = machine["storageProfile"]["osDisk"]
    assert (disk["managedDisk"], disk["diskSizeGB"]) == ({"storageAccountType": "StandardSSD_LRS"}, 128)
    assert machine["hardwareProfile"] == {"vmSize": "Standard_D2s_v5"}


def test_each_machine_is_in_the_subnet_and_the_zone_of_its_group(deploy: Deploy) -> None:
    fleet = {
        "machines": [{"name": "web", "count": 3, "zones": ["1", "3"]}, {"name": "far", "location": "northeurope"}],
        "scaleSets": [{"name": "front", "zones": ["1", "2"]}],
    }
    deployed = deploy({"network": {"regions": {"northeurope": {}}}, "fleet": fleet})
    machines = deployed.of("VirtualMachine")
    assert [machines[f"web-0{number}-vm"]["zones"] for number in (1, 2, 3)] == [["1"], ["3"], ["1"]]
    assert [machines[f"web-0{number}-vm"]["osProfile"]["computerName"] for number in (1, 2)] == ["web-01", "web-02"]
    subnets = {
        name: nic["ipConfigurations"][0]["subnet"]["id"] for name, nic in deployed.of("NetworkInterface").items()
    }
    assert subnets["web-01-nic"].endswith("network-westeurope-subnet")
    assert subnets["far-nic"].endswith("network-northeurope-subnet")
    scale_set = deployed.of("VirtualMachineScaleSet")["front-vmss"]
    assert (scale_set["zones"], scale_set["virtualMachineProfile"]["osProfile"]["computerNamePrefix"]) == (
        ["1", "2"],
        "front",
    )


def test_the_machines_of_a_group_share_their_availability_set(deploy: Deploy) -> None:
    fleet = {"machines": [{"name": "web", "count": 2, "availabilitySet": True}, {"name": "single"}]}
    deployed = deploy({"fleet": fleet})
    (made,) = deployed.of("AvailabilitySet").values()
    assert made["sku"] == {"name": "Aligned"}
    assert (made["platformFaultDomainCount"], made["platformUpdateDomainCount"]) == (2, 5)
    sets = {name: vm.get("availabilitySet", {}).get("id", "") for name, vm in deployed.of("VirtualMachine").items()}
    assert {name: bool(each) for name, each in sets.items()} == {
        "web-01-vm": True,
        "web-02-vm": True,
        "single-vm": False,
    }
    assert sets["web-01-vm"].endswith("availabilitySets/web")


def test_a_schedule_is_assigned_to_the_machines_of_its_mode_or_finds_them(deploy: Deploy) -> None:
    assigned, scoped = deploy(EVERYTHING), deploy(SCOPED)
    assert list(assigned.of("ConfigurationAssignment")) == ["erp-schedule"]
    assert assigned.of("ConfigurationAssignmentsForSubscription") == {}
    assert scoped.of("ConfigurationAssignment") == {}
    scope = scoped.of("ConfigurationAssignmentsForSubscription")
    assert set(scope) == {"schedule-westeurope-scope", "schedule-northeurope-scope"}
    wanted = scope["schedule-westeurope-scope"]["filter"]
    assert wanted["tagSettings"] == {"tags": {"role": ["erp"]}, "filterOperator": "All"}
    assert wanted["locations"] == ["westeurope"]
    window = assigned.of("MaintenanceConfiguration")["schedule-westeurope-window"]
    assert window["installPatches"] == {
        "rebootSetting": "IfRequired",
        "windowsParameters": {"classificationsToInclude": ["Critical", "Security", "UpdateRollup"]},
    }


def test_the_outputs_say_where_everything_is(deploy: Deploy) -> None:
    outputs = deploy(EVERYTHING).outputs
    assert set(outputs) == {
        "resourceGroup",
        "resourceGroups",
        "subnets",
        "outboundAddresses",
        "schedules",
        "fleet",
        "asOf",
    }
    assert set(outputs["subnets"]) == set(outputs["outboundAddresses"]) == {"westeurope", "northeurope"}
    assert outputs["schedules"]["westeurope"].endswith("schedule-westeurope-window")
    assert outputs["asOf"] == "2026-11-02"
    existing = "/subscriptions/s/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub/subnets/servers"
    hub = deploy({"network": {"subnetId": existing}, "fleet": {"machines": [{"name": "web"}]}})
    assert hub.outputs["subnets"] == {"westeurope": existing}
    assert hub.of("NetworkInterface")["web-nic"]["ipConfigurations"][0]["subnet"] == {"id": existing}
    assert hub.of("Subnet") == {}
