"""A hotpatched machine: what it is made of by default, with everything set, and what is refused."""

from typing import Any

import pulumi
import pytest

from azure_hotpatch.components import ArgumentsRefusedError, HotpatchVirtualMachine
from tests.components.arguments import GOOD, GROUP, SUBNET, machine

CONFIGURATION = f"{GROUP}/Microsoft.Maintenance/maintenanceConfigurations/window"
EVERYTHING: dict[str, Any] = {
    "resource_group_name": "fleet",
    "image": "MicrosoftWindowsServer:WindowsServer:2025-Datacenter-Azure-Edition-Core-smalldisk",
    "image_version": "26100.32690.260412",
    "image_generation": "2025",
    "admin_username": "fleetadmin",
    "admin_password": "Correct-horse-9",
    "patching_mode": "hotpatch",
    "reboot_setting": "Always",
    "location": "northeurope",
    "size": "Standard_E4s_v5",
    "network_interfaces": [
        {"subnet_id": SUBNET, "private_ip_address": "10.0.0.9", "accelerated_networking": True},
        {"subnet_id": SUBNET},
    ],
    "computer_name": "erp",
    "virtual_machine_name": "erp-machine",
    "zones": ["2"],
    "os_disk_type": "Premium_ZRS",
    "os_disk_size_gb": 96,
    "disk_encryption_set_id": f"{GROUP}/Microsoft.Compute/diskEncryptionSets/keys",
    "proximity_placement_group_id": f"{GROUP}/Microsoft.Compute/proximityPlacementGroups/near",
    "data_disks": [{"size_gb": 512, "type": "PremiumV2_LRS"}, {"size_gb": 64, "caching": "ReadOnly"}],
    "azure_hybrid_benefit": True,
    "encryption_at_host": True,
    "user_assigned_identity_ids": [f"{GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/reader"],
    "time_zone": "W. Europe Standard Time",
    "user_data": "role=erp",
    "tags": {"role": "erp"},
}
RESTARTS_WHEN_REQUIRED = {"reboot_setting": "IfRequired"}  # HP046 advises against Always


def test_a_machine_keeps_every_rule(register: Any, violations: Any) -> None:
    resources = register(lambda: machine(GOOD))
    assert [resource.name for resource in resources] == ["web-nic", "web-vm"]
    assert violations(resources) == []


def test_a_machine_with_everything_set_keeps_every_rule(register: Any, violations: Any) -> None:
    resources = register(lambda: machine(EVERYTHING | RESTARTS_WHEN_REQUIRED))
    assert [resource.name for resource in resources] == ["web-nic", "web-nic-2", "web-vm"]
    assert violations(resources, "2025") == []


@pytest.mark.parametrize(
    "image",
    [
        "2022-Datacenter-Azure-Edition-Core",
        "2022-Datacenter-Azure-Edition-Core-smalldisk",
        "2022-Datacenter-Azure-Edition-Hotpatch",
        "2022-Datacenter-Azure-Edition-Hotpatch-smalldisk",
    ],
)
def test_keeps_the_spelling_of_the_article(virtual_machine: Any, image: str) -> None:
    reference = virtual_machine({**GOOD, "image": image}).inputs["storageProfile"]["imageReference"]
    assert reference == {
        "publisher": "MicrosoftWindowsServer",
        "offer": "WindowsServer",
        "sku": image,
        "version": "latest",
    }


def test_states_all_of_the_patch_settings(virtual_machine: Any) -> None:
    assert virtual_machine(GOOD).inputs["osProfile"]["windowsConfiguration"] == {
        "provisionVMAgent": True,
        "enableAutomaticUpdates": True,
        "patchSettings": {
            "patchMode": "AutomaticByPlatform",
            "assessmentMode": "AutomaticByPlatform",
            "enableHotpatching": True,
            "automaticByPlatformSettings": {
                "rebootSetting": "IfRequired",
                "bypassPlatformSafetyChecksOnUserSchedule": False,
            },
        },
    }


def test_has_trusted_launch_diagnostics_and_an_identity(virtual_machine: Any) -> None:
    inputs = virtual_machine(GOOD).inputs
    assert inputs["securityProfile"] == {
        "securityType": "TrustedLaunch",
        "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True},
    }
    assert inputs["diagnosticsProfile"] == {"bootDiagnostics": {"enabled": True}}
    assert inputs["identity"] == {"type": "SystemAssigned"}


def test_has_no_public_address(register: Any) -> None:
    interface = register(lambda: machine(GOOD))[0]
    assert interface.type.endswith(":NetworkInterface")
    assert "publicIPAddress" not in interface.inputs["ipConfigurations"][0]


def test_keeps_a_password_secret_that_was_given_in_plain_text(virtual_machine: Any) -> None:
    made = virtual_machine(GOOD)
    assert made.inputs["osProfile"]["adminPassword"] == GOOD["admin_password"]
    assert any("osProfile.adminPassword".startswith(path) for path in made.secrets)


def test_a_smalldisk_image_gets_room_for_a_baseline(virtual_machine: Any) -> None:
    small = virtual_machine({**GOOD, "image": "2022-core-smalldisk"})
    assert small.inputs["storageProfile"]["osDisk"]["diskSizeGB"] == 64
    assert virtual_machine(GOOD).inputs["storageProfile"]["osDisk"]["diskSizeGB"] == 128


def test_attaches_interfaces_that_exist_and_makes_none(register: Any) -> None:
    ids = [f"{GROUP}/Microsoft.Network/networkInterfaces/{name}" for name in ("front", "back")]
    resources = register(lambda: machine({**GOOD, "subnet_id": None, "network_interface_ids": ids}))
    assert [resource.name for resource in resources] == ["web-vm"]
    attached = resources[0].inputs["networkProfile"]["networkInterfaces"]
    assert [(each["id"], each["primary"]) for each in attached] == [(ids[0], True), (ids[1], False)]


def test_everything_that_is_set_arrives(virtual_machine: Any) -> None:
    inputs = virtual_machine(EVERYTHING).inputs
    disks = inputs["storageProfile"]
    assert (inputs["vmName"], inputs["zones"], inputs["licenseType"]) == ("erp-machine", ["2"], "Windows_Server")
    assert inputs["userData"] == "cm9sZT1lcnA="
    assert inputs["securityProfile"]["encryptionAtHost"] is True
    assert inputs["identity"]["type"] == "SystemAssigned, UserAssigned"
    assert inputs["osProfile"]["windowsConfiguration"]["timeZone"] == "W. Europe Standard Time"
    assert (disks["osDisk"]["diskSizeGB"], disks["osDisk"]["managedDisk"]["storageAccountType"]) == (96, "Premium_ZRS")
    assert [(disk["lun"], disk["diskSizeGB"], disk["caching"]) for disk in disks["dataDisks"]] == [
        (0, 512, "None"),
        (1, 64, "ReadOnly"),
    ]
    assert all(disk["managedDisk"]["diskEncryptionSet"] for disk in (disks["osDisk"], *disks["dataDisks"]))


@pytest.mark.parametrize(
    ("mode", "hotpatch", "bypass", "given_up"),
    [
        ("azureManaged", False, False, ["HP004"]),
        ("customerManagedSchedule", False, True, ["HP004"]),
        ("paused", False, True, ["HP004", "HP024"]),
    ],
)
def test_another_mode_gives_up_only_its_own_rule(
    register: Any, violations: Any, mode: str, hotpatch: bool, bypass: bool, given_up: list[str]
) -> None:
    scheduled = {"maintenance_configuration_id": CONFIGURATION} if mode == "customerManagedSchedule" else {}
    resources = register(lambda: machine({**GOOD, "patching_mode": mode, **scheduled}))
    settings = next(each for each in resources if each.name == "web-vm").inputs["osProfile"]["windowsConfiguration"]
    assert settings["patchSettings"]["enableHotpatching"] is hotpatch
    platform = settings["patchSettings"]["automaticByPlatformSettings"]
    assert platform["bypassPlatformSafetyChecksOnUserSchedule"] is bypass
    assert violations(resources) == given_up


def test_a_scheduled_machine_is_assigned_to_its_configuration(register: Any) -> None:
    args = {**GOOD, "patching_mode": "customerManagedSchedule", "maintenance_configuration_id": CONFIGURATION}
    assignment = register(lambda: machine(args))[-1]
    assert assignment.type.endswith(":ConfigurationAssignment")
    assert assignment.inputs["maintenanceConfigurationId"] == CONFIGURATION
    assert (assignment.inputs["providerName"], assignment.inputs["resourceName"]) == ("Microsoft.Compute", "web-vm")


REFUSED = [
    ("image", "2022-datacenter-azure-edition", "looks hotpatchable and is not"),
    ("image", "2022-Datacenter", "is not hotpatchable"),
    ("image", "Canonical:UbuntuServer:22_04-lts", "publisher"),
    ("image", "MicrosoftSQLServer:sql2022-ws2022:standard-gen2", "publisher"),
    ("image", "MicrosoftWindowsServer:WindowsServerSemiAnnual:2022-Datacenter-Azure-Edition-Core", "offer"),
    ("image", f"{GROUP}/Microsoft.Compute/images/golden", "cannot be hotpatched"),
    ("image", f"{GROUP}/Microsoft.Compute/galleries/g/images/golden/versions/1.0.0", "cannot be hotpatched"),
    ("image", "2025-core", "this stack does not accept it"),
    ("image_version", "1.2", "is not an image version"),
    ("image_generation", "2019", "unknown value"),
    ("admin_password", "short", "fewer than 8"),
    ("admin_password", "onlyletters", "fewer than three of"),
    ("admin_username", "administrator", "Azure refuses for an administrator"),
    ("patching_mode", "manual", "unknown value"),
    ("reboot_setting", "Sometimes", "unknown value"),
    ("maintenance_configuration_id", CONFIGURATION, "a machine with hotpatch takes no schedule"),
    ("size", "Standard_A2_v2", "generation 1"),
    ("size", "Standard_D2ps_v5", "Arm"),
    ("size", "D2s_v5", "is not the name of a size"),
    ("subnet_id", "machines", "is not the id of a Microsoft.Network/virtualNetworks/subnets"),
    ("network_interface_ids", ["front"], "is not the id of a Microsoft.Network/networkInterfaces"),
    ("computer_name", "a-name-that-is-too-long", "Windows takes 15"),
    ("zones", ["4"], "is not a zone"),
    ("zones", ["1", "2"], "a machine is in one zone"),
    ("availability_set_id", "set", "is not the id of a Microsoft.Compute/availabilitySets"),
    ("os_disk_type", "UltraSSD_LRS", "unknown value"),
    ("os_disk_size_gb", 64, "is not from 127"),
    ("disk_encryption_set_id", "keys", "is not the id of"),
    ("proximity_placement_group_id", "near", "is not the id of a Microsoft.Compute/proximityPlacementGroups"),
    ("data_disks", [{"type": "Premium_LRS"}], "size_gb: is missing"),
    ("data_disks", [{"size_gb": 0}], "allowed: 1 to 32767 GiB"),
    ("data_disks", [{"size_gb": 4, "caching": "Write"}], "unknown value"),
    ("user_assigned_identity_ids", ["reader"], "is not the id of"),
    ("time_zone", "Europe/Berlin", "Windows"),
    ("import_virtual_machine_id", "web", "is not the id of"),
    ("sku", "2022-core", "unknown argument"),
]
MACHINE_ID = f"{GROUP}/Microsoft.Compute/virtualMachines/web"
NIC_ID = f"{GROUP}/Microsoft.Network/networkInterfaces/web"
IMPORT = {"import_virtual_machine_id": MACHINE_ID, "import_network_interface_id": NIC_ID}


@pytest.mark.parametrize(
    ("argument", "arguments", "why"),
    [
        ("resource_group_name", {**IMPORT, "resource_group_name": "other"}, "would be replaced"),
        ("virtual_machine_name", {**IMPORT, "virtual_machine_name": "other"}, "would be replaced"),
        ("import_network_interface_id", {"import_virtual_machine_id": MACHINE_ID}, "would lose its interface"),
        (
            "import_network_interface_id",
            {**IMPORT, "subnet_id": None, "network_interface_ids": [NIC_ID]},
            "none is made that could be taken over",
        ),
    ],
)
def test_refuses_an_import_that_would_not_leave_the_machine_as_it_is(
    argument: str, arguments: dict[str, Any], why: str
) -> None:
    with pytest.raises(ArgumentsRefusedError) as refused:
        machine({**GOOD, **arguments})
    assert [error["property_path"] for error in refused.value.errors or []] == [argument]
    assert why in str(refused.value)


@pytest.mark.parametrize(("argument", "value", "why"), REFUSED, ids=[f"{a}-{i}" for i, (a, _, _) in enumerate(REFUSED)])
def test_refuses_before_anything_is_registered(
    monkeypatch: pytest.MonkeyPatch, argument: str, value: Any, why: str
) -> None:
    monkeypatch.setattr(pulumi.ComponentResource, "__init__", lambda *_: pytest.fail("the component was registered"))
    with pytest.raises(ArgumentsRefusedError) as refused:
        machine({**GOOD, argument: value})
    assert argument in str(refused.value)
    assert why in str(refused.value)


def test_tells_every_refused_argument_at_once() -> None:
    with pytest.raises(ArgumentsRefusedError) as refused:
        machine({"image": "2019-Datacenter", "size": "Standard_A1", "zones": ["9"], "admin_password": "x"})
    told = {error["property_path"] for error in refused.value.errors or []}
    assert told == {"resource_group_name", "image", "size", "zones", "admin_password", "subnet_id"}


def test_never_shows_a_refused_password() -> None:
    with pytest.raises(ArgumentsRefusedError) as refused:
        machine({**GOOD, "admin_password": "sesame"})
    assert "sesame" not in str(refused.value)


def test_refuses_what_is_known_later_before_the_machine_is_registered(register: Any) -> None:
    def build() -> HotpatchVirtualMachine:
        return machine({**GOOD, "image": pulumi.Output.from_input("2022-datacenter-azure-edition")})

    with pytest.raises(ArgumentsRefusedError, match="looks hotpatchable and is not"):
        register(build)


def test_takes_what_is_known_later(register: Any, violations: Any) -> None:
    resources = register(
        lambda: machine(
            {
                **GOOD,
                "image": pulumi.Output.from_input("2022-core"),
                "admin_password": pulumi.Output.secret("Correct-horse-9"),
                "zones": [pulumi.Output.from_input("1")],
                "patching_mode": pulumi.Output.from_input("hotpatch"),
            }
        )
    )
    assert violations(resources) == []
    assert resources[-1].inputs["zones"] == ["1"]
