"""What a machine and an image on Azure Local register: the defaults, everything set, and what is refused."""

from collections.abc import Callable
from typing import Any

import pulumi
import pytest

from azure_hotpatch.components import ArgumentsRefusedError, AzureLocalImage, AzureLocalVirtualMachine

GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/store"
LOCATION = f"{GROUP}/providers/Microsoft.ExtendedLocation/customLocations/store"
NETWORK = f"{GROUP}/providers/Microsoft.AzureStackHCI/logicalNetworks/lan"
STORAGE = f"{GROUP}/providers/Microsoft.AzureStackHCI/storageContainers/disks"
MARKETPLACE_IMAGE = f"{GROUP}/providers/Microsoft.AzureStackHCI/marketplaceGalleryImages/core"
OWN_IMAGE = f"{GROUP}/providers/Microsoft.AzureStackHCI/galleryImages/from-iso"
PASSWORD = "Correct-horse-9"  # noqa: S105 - a machine that is never made

Register = Callable[[Callable[[], Any]], list[Any]]


def good_image(**changes: Any) -> dict[str, Any]:
    return {"resource_group_name": "store", "custom_location_id": LOCATION, "image": "2022-core", **changes}


def good_vm(**changes: Any) -> dict[str, Any]:
    return {**good_image(), "logical_network_id": NETWORK, "admin_password": PASSWORD, **changes}


def from_iso(**changes: Any) -> dict[str, Any]:
    return good_vm(image=None, installed_from_iso=True, gallery_image_id=OWN_IMAGE, **changes)


@pytest.fixture
def machine(register: Register) -> Callable[..., dict[str, Any]]:
    """The resources of a machine by their short type; of two of a type, by their name."""

    def registered(args: Any) -> dict[str, Any]:
        found = register(lambda: AzureLocalVirtualMachine("till", args))
        return {resource.name.removeprefix("till-"): resource for resource in found}

    return registered


def test_an_image_is_the_newest_of_a_marketplace_image(register: Register) -> None:
    (image,) = register(lambda: AzureLocalImage("core", good_image()))
    assert image.type == "azure-native:azurestackhci:MarketplaceGalleryImage"
    assert image.inputs["identifier"] == {
        "publisher": "MicrosoftWindowsServer",
        "offer": "WindowsServer",
        "sku": "2022-Datacenter-Azure-Edition-Core",
    }
    assert image.inputs["hyperVGeneration"] == "V2"
    assert image.inputs["extendedLocation"] == {"type": "CustomLocation", "name": LOCATION}
    assert "version" not in image.inputs


def test_an_image_is_pinned_and_stored_where_it_is_told(register: Register) -> None:
    args = good_image(image_version="20348.2966.241205", storage_path_id=STORAGE, tags={"a": "b"}, location="eastus")
    (image,) = register(lambda: AzureLocalImage("core", args))
    assert image.inputs["version"] == {"name": "20348.2966.241205"}
    assert (image.inputs["containerId"], image.inputs["tags"], image.inputs["location"]) == (
        STORAGE,
        {"a": "b"},
        "eastus",
    )


def test_a_machine_is_its_image_arc_machine_interface_instance_and_run_command(machine: Any) -> None:
    assert set(machine(good_vm())) == {"image", "machine", "nic", "vm", "windows-update"}


def test_the_arc_machine_is_of_kind_hci_with_an_identity(machine: Any) -> None:
    inputs = machine(good_vm())["machine"].inputs
    assert (inputs["kind"], inputs["identity"], inputs["machineName"]) == ("HCI", {"type": "SystemAssigned"}, "till")


def test_the_instance_has_trusted_launch_and_the_guests_agents(machine: Any) -> None:
    made = machine(good_vm())
    inputs = made["vm"].inputs
    assert inputs["resourceUri"] == made["machine"].id
    assert inputs["securityProfile"] == {
        "securityType": "TrustedLaunch",
        "enableTPM": True,
        "uefiSettings": {"secureBootEnabled": True},
    }
    assert inputs["osProfile"]["windowsConfiguration"] == {"provisionVMAgent": True, "provisionVMConfigAgent": True}
    assert inputs["storageProfile"]["imageReference"] == {"id": made["image"].id}
    assert inputs["networkProfile"]["networkInterfaces"] == [{"id": made["nic"].id}]


def test_the_password_is_a_secret_even_where_it_is_given_in_plain_text(machine: Any) -> None:
    made = machine(good_vm())
    assert made["vm"].secrets == {"osProfile"}  # Pulumi marks the whole object
    assert PASSWORD not in str([resource.inputs for name, resource in made.items() if name != "vm"])


def test_everything_that_is_set_arrives(machine: Any) -> None:
    made = machine(
        good_vm(
            admin_username="keeper",
            gallery_image_id=MARKETPLACE_IMAGE,
            processors=4,
            memory_mb=16384,
            private_ip_address="10.1.0.9",
            storage_path_id=STORAGE,
            virtual_machine_name="till-1",
            location="eastus",
            tags={"shop": "7"},
        )
    )
    assert "image" not in made
    vm = made["vm"].inputs
    assert vm["hardwareProfile"] == {"vmSize": "Custom", "processors": 4, "memoryMB": 16384}
    assert (vm["osProfile"]["adminUsername"], vm["osProfile"]["computerName"]) == ("keeper", "till-1")
    assert vm["storageProfile"]["vmConfigStoragePathId"] == STORAGE
    assert vm["storageProfile"]["imageReference"] == {"id": MARKETPLACE_IMAGE}
    assert made["nic"].inputs["ipConfigurations"][0]["properties"]["privateIPAddress"] == "10.1.0.9"
    assert [made[name].inputs["tags"] for name in ("machine", "nic", "windows-update")] == [{"shop": "7"}] * 3


def test_the_windows_update_client_installs_daily_at_three_by_default(machine: Any) -> None:
    script = machine(good_vm())["windows-update"].inputs["source"]["script"]
    assert "Name = 'AUOptions'; Type = 'DWord'; Value = 4 }" in script
    assert "Name = 'ScheduledInstallDay'; Type = 'DWord'; Value = 0 }" in script
    assert "Name = 'ScheduledInstallTime'; Type = 'DWord'; Value = 3 }" in script


@pytest.mark.parametrize(
    ("chosen", "line"),
    [
        ({"automatic_update": "notify"}, "Name = 'AUOptions'; Type = 'DWord'; Value = 2 }"),
        ({"install_day": "Sunday"}, "Name = 'ScheduledInstallDay'; Type = 'DWord'; Value = 1 }"),
        ({"install_hour": 22}, "Name = 'ScheduledInstallTime'; Type = 'DWord'; Value = 22 }"),
        (
            {"no_restart_with_logged_on_users": True},
            "Name = 'NoAutoRebootWithLoggedOnUsers'; Type = 'DWord'; Value = 1 }",
        ),
        (
            {"update_tool": "sconfig", "sconfig_setting": "manual"},
            "Name = 'NoAutoUpdate'; Type = 'DWord'; Value = 1 }",
        ),
        (
            {"update_tool": "thirdParty", "wsus_server": "https://wsus.contoso.com:8531"},
            "Name = 'WUStatusServer'; Type = 'String'; Value = 'https://wsus.contoso.com:8531' }",
        ),
    ],
)
def test_the_guest_is_told_what_was_chosen(machine: Any, chosen: dict[str, Any], line: str) -> None:
    assert line in machine(good_vm(**chosen))["windows-update"].inputs["source"]["script"]


def test_a_choice_that_is_known_later_reaches_the_script(machine: Any) -> None:
    made = machine(good_vm(install_hour=pulumi.Output.from_input(5)))
    assert (
        "Name = 'ScheduledInstallTime'; Type = 'DWord'; Value = 5 }"
        in (made["windows-update"].inputs["source"]["script"])
    )


def test_an_image_from_an_iso_is_enrolled_in_the_guest(machine: Any) -> None:
    made = machine(from_iso())
    assert set(made) == {"machine", "nic", "vm", "windows-update", "enable-hotpatch"}
    assert made["vm"].inputs["storageProfile"]["imageReference"] == {"id": OWN_IMAGE}
    assert "HotPatchTableSize" in made["enable-hotpatch"].inputs["source"]["script"]


REFUSED = {
    "resource_group_name": (good_vm(resource_group_name=None), "is missing"),
    "custom_location_id": (good_vm(custom_location_id="store"), "is not the id of a Microsoft.ExtendedLocation"),
    "logical_network_id": (good_vm(logical_network_id=STORAGE), "is not the id of a Microsoft.AzureStackHCI"),
    "storage_path_id": (good_vm(storage_path_id=NETWORK), "is not the id of a Microsoft.AzureStackHCI"),
    "image": (good_vm(image="2022-datacenter"), "not hotpatchable"),
    "image_version": (good_vm(image_version="newest"), "'newest' is not an image version"),
    "image_generation": (good_vm(image_generation="2019"), "unknown value"),
    "gallery_image_id": (good_vm(gallery_image_id=OWN_IMAGE), "marketplaceGalleryImages"),
    "admin_password": (good_vm(admin_password="short"), "[secret]"),  # noqa: S106 - refused
    "admin_username": (good_vm(admin_username="administrator"), "'administrator'"),
    "virtual_machine_name": (good_vm(virtual_machine_name="a-name-of-20-letters"), "Windows takes 15 at most"),
    "processors": (good_vm(processors=0), "allowed: 1 to 2048"),
    "memory_mb": (good_vm(memory_mb=1023), "an even number of MB"),
    "install_hour": (good_vm(install_hour=24), "allowed: 0 to 23"),
    "update_tool": (good_vm(update_tool="wsus"), "unknown value"),
    "automatic_update": (good_vm(automatic_update="download"), "unknown value"),
    "install_day": (good_vm(install_day="sunday"), "did you mean: Sunday"),
    "sconfig_setting": (
        good_vm(update_tool="sconfig", sconfig_setting="auto"),
        "unknown value",
    ),
    "wsus_server": (good_vm(update_tool="thirdParty"), "it is required with update tool thirdParty"),
    "wsus_status_server": (
        good_vm(update_tool="thirdParty", wsus_server="https://wsus", wsus_status_server="wsus"),
        "is not the address of a WSUS server",
    ),
    "patching_mode": (good_vm(patching_mode="hotpatch"), "unknown argument"),
}


@pytest.mark.parametrize("argument", REFUSED)
def test_refuses_each_wrong_argument(machine: Any, argument: str) -> None:
    args, reason = REFUSED[argument]
    args = {name: value for name, value in args.items() if value is not None}
    with pytest.raises(ArgumentsRefusedError) as refused:
        machine(args)
    assert f"AzureLocalVirtualMachine 'till': 1 argument is wrong:\n  {argument}" in str(refused.value)
    assert reason in str(refused.value)
    assert "short" not in str(refused.value)


@pytest.mark.parametrize(
    ("args", "argument"),
    [
        (good_vm(image=None), "image"),
        (good_vm(installed_from_iso=True, gallery_image_id=OWN_IMAGE), "image"),
        (good_vm(image=None, installed_from_iso=True), "gallery_image_id"),
        (from_iso() | {"gallery_image_id": MARKETPLACE_IMAGE}, "gallery_image_id"),
        (good_vm(wsus_server="https://wsus"), "wsus_server"),
        (good_vm(update_tool="sconfig", install_hour=3), "install_hour"),
        (good_vm(update_tool="thirdParty", wsus_server="https://a", sconfig_setting="manual"), "sconfig_setting"),
    ],
)
def test_refuses_arguments_that_do_not_go_together(machine: Any, args: dict[str, Any], argument: str) -> None:
    with pytest.raises(ArgumentsRefusedError, match=f"(?s)1 argument is wrong:.*  {argument}"):
        machine(args)


def test_refuses_an_image_that_is_known_later(register: Register) -> None:
    args = good_image(image=pulumi.Output.from_input("2022-datacenter"))
    with pytest.raises(ArgumentsRefusedError, match="not hotpatchable"):
        register(lambda: AzureLocalImage("core", args))


def test_tells_every_problem_at_once(machine: Any) -> None:
    with pytest.raises(ArgumentsRefusedError, match="3 arguments are wrong") as refused:
        machine(good_vm(image="2022-datacenter", processors=0, install_hour=24))
    assert "allowed: 2022-Datacenter-Azure-Edition-Core, " in str(refused.value)
