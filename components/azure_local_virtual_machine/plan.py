"""Which inputs a machine on Azure Local is registered with, from checked arguments."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.components.azure_local_virtual_machine.guest_scripts import windows_update_script
from azure_hotpatch.components.shared.arguments import mapped
from azure_hotpatch.domain.azure import windows_update
from azure_hotpatch.domain.azure.image_names import named_image

Args = Mapping[str, Any]

ADMIN_USERNAME = "hotpatch"
PROCESSORS = 2
MEMORY_MB = 8192
_TOOL_ARGUMENTS = (
    ("update_tool", "groupPolicy"),
    ("automatic_update", "downloadAndSchedule"),
    ("install_day", "daily"),
    ("install_hour", 3),
    ("no_restart_with_logged_on_users", False),
    ("sconfig_setting", "automatic"),
    ("wsus_server", None),
    ("wsus_status_server", None),
)


def gallery_image(args: Args) -> dict[str, Any]:
    """The inputs of the marketplace image that the instance downloads."""
    return {
        **_place(args),
        "os_type": "Windows",
        "hyper_v_generation": "V2",
        "identifier": mapped(_identifier, args["image"]),
        "version": mapped(_version, args["image"], args.get("image_version", "latest")),
        "container_id": args.get("storage_path_id"),
    }


def machine(args: Args, name: str) -> dict[str, Any]:
    """The inputs of the Arc machine that stands for the virtual machine in Azure."""
    return {
        "resource_group_name": args["resource_group_name"],
        "location": args.get("location"),
        "tags": args.get("tags"),
        "machine_name": args.get("virtual_machine_name", name),
        "kind": "HCI",
        "identity": {"type": "SystemAssigned"},
    }


def network_interface(args: Args) -> dict[str, Any]:
    """The inputs of its interface in the logical network."""
    configuration = {"subnet": {"id": args["logical_network_id"]}, "private_ip_address": args.get("private_ip_address")}
    return {**_place(args), "ip_configurations": [{"name": "ipconfig", "properties": configuration}]}


def instance(args: Args, name: str, machine_id: Any, interface_id: Any, image_id: Any) -> dict[str, Any]:
    """The inputs of the virtual machine instance, an extension of the Arc machine.

    Its `windowsConfiguration` has no `patchSettings`: hotpatch is no property of ARM there, the image decides.
    """
    return {
        "resource_uri": machine_id,
        "extended_location": _extended_location(args),
        "hardware_profile": {
            "vm_size": "Custom",
            "processors": args.get("processors", PROCESSORS),
            "memory_mb": args.get("memory_mb", MEMORY_MB),
        },
        "os_profile": {
            "admin_username": args.get("admin_username", ADMIN_USERNAME),
            "admin_password": args["admin_password"],
            "computer_name": args.get("virtual_machine_name", name),
            # Without the agents no run command reaches the guest, and nothing can tell it who installs updates.
            "windows_configuration": {"provision_vm_agent": True, "provision_vm_config_agent": True},
        },
        "security_profile": {
            "security_type": "TrustedLaunch",
            "enable_tpm": True,
            "uefi_settings": {"secure_boot_enabled": True},
        },
        "storage_profile": {
            "image_reference": {"id": image_id},
            "os_disk": {"os_type": "Windows"},
            "vm_config_storage_path_id": args.get("storage_path_id"),
        },
        "network_profile": {"network_interfaces": [{"id": interface_id}]},
    }


def run_command(args: Args, machine_name: Any, script: Any) -> dict[str, Any]:
    """The inputs of a run command that runs `script` in the guest."""
    return {
        "resource_group_name": args["resource_group_name"],
        "location": args.get("location"),
        "tags": args.get("tags"),
        "machine_name": machine_name,
        "source": {"script": script},
    }


def image_name(image: str) -> str:
    """An image as publisher:offer:sku, nothing for none."""
    return str(named_image(image)) if image else ""


def update_script(args: Args) -> Any:
    """The script that tells the guest who installs updates, or an output of it."""
    return mapped(_update_script, *(args.get(argument, default) for argument, default in _TOOL_ARGUMENTS))


def _update_script(
    tool: str, automatic: str, day: str, hour: int, no_restart: bool, sconfig: str, wsus: str, status: str | None
) -> str:
    values = {
        "groupPolicy": lambda: windows_update.group_policy(automatic, day, hour, no_restart),
        "sconfig": lambda: windows_update.sconfig(sconfig),
        "thirdParty": lambda: windows_update.update_server(wsus, status),
    }
    return windows_update_script(values[tool]())


def _place(args: Args) -> dict[str, Any]:
    return {
        "resource_group_name": args["resource_group_name"],
        "location": args.get("location"),
        "tags": args.get("tags"),
        "extended_location": _extended_location(args),
    }


def _extended_location(args: Args) -> dict[str, Any]:
    return {"type": "CustomLocation", "name": args["custom_location_id"]}


def _identifier(image: str) -> dict[str, str]:
    named = named_image(image)
    return {"publisher": named.publisher, "offer": named.offer, "sku": named.sku}


def _version(image: str, version: str) -> dict[str, str] | None:
    # Absent is the newest: the property takes a number only.
    chosen = named_image(image, version).version
    return None if chosen == "latest" else {"name": chosen}
