"""Which inputs a hotpatch machine and its network interfaces are registered with, from checked arguments."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from azure_hotpatch.components.shared.arguments import mapped
from azure_hotpatch.domain.azure.image_names import named_image
from azure_hotpatch.domain.azure.machines import LONGEST_COMPUTER_NAME, os_disk_gb
from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration

Args = Mapping[str, Any]

ADMIN_USERNAME = "hotpatch"
SIZE = "Standard_D2s_v5"
DISK_TYPE = "StandardSSD_LRS"


def network_interfaces(args: Args) -> list[dict[str, Any]]:
    """The inputs of each interface that is made for the machine, none where existing ones are attached."""
    if "network_interface_ids" in args:
        return []
    wanted = args.get("network_interfaces") or [{"subnet_id": args["subnet_id"]}]
    return [_network_interface(args, interface) for interface in wanted]


def virtual_machine(args: Args, interface_ids: Any) -> dict[str, Any]:
    """The inputs of the machine; `interface_ids` is a list of ids, or a value that becomes one."""
    return without_absent(
        {
            "resource_group_name": args["resource_group_name"],
            "vm_name": args.get("virtual_machine_name"),
            "location": args.get("location"),
            "zones": args.get("zones"),
            "tags": args.get("tags"),
            "hardware_profile": {"vm_size": args.get("size", SIZE)},
            "storage_profile": storage_profile(args),
            "os_profile": {**os_profile(args), "computer_name": args["computer_name"]},
            "network_profile": {"network_interfaces": mapped(_interface_references, interface_ids)},
            "security_profile": security_profile(args),
            "diagnostics_profile": diagnostics_profile(),
            "identity": _identity(args),
            "availability_set": _reference(args.get("availability_set_id")),
            "license_type": license_type(args),
            "user_data": user_data(args),
        }
    )


def storage_profile(args: Args, delete_data_disks: str = "Detach") -> dict[str, Any]:
    """The image and the disks."""
    encryption = without_absent({"disk_encryption_set": _reference(args.get("disk_encryption_set_id"))})
    size = args.get("os_disk_size_gb") or mapped(lambda image: os_disk_gb(named_image(image).sku), args["image"])
    return {
        "image_reference": mapped(_image_reference, args["image"], args.get("image_version", "latest")),
        "os_disk": {
            "create_option": "FromImage",
            "delete_option": "Delete",
            "caching": "ReadWrite",
            "disk_size_gb": size,
            "managed_disk": {"storage_account_type": args.get("os_disk_type", DISK_TYPE), **encryption},
        },
        "data_disks": mapped(
            lambda disks: _data_disks(disks, encryption, delete_data_disks), args.get("data_disks", [])
        ),
    }


def os_profile(args: Args) -> dict[str, Any]:
    """The administrator, and who patches Windows."""
    return {
        "admin_username": args.get("admin_username", ADMIN_USERNAME),
        "admin_password": args["admin_password"],
        "allow_extension_operations": True,  # patches are installed by extensions of the platform
        "windows_configuration": mapped(
            _windows_configuration,
            args.get("patching_mode", PatchingMode.HOTPATCH.value),
            args.get("reboot_setting", "IfRequired"),
            args.get("time_zone"),
        ),
    }


def security_profile(args: Args) -> dict[str, Any]:
    """Hotpatch needs virtualisation-based security in the guest, hence secure boot."""
    return without_absent(
        {
            "security_type": "TrustedLaunch",
            "uefi_settings": {"secure_boot_enabled": True, "v_tpm_enabled": True},
            "encryption_at_host": args.get("encryption_at_host"),
        }
    )


def diagnostics_profile() -> dict[str, Any]:
    """Boot diagnostics in storage that Azure manages: no storage account is named."""
    return {"boot_diagnostics": {"enabled": True}}


def license_type(args: Args) -> Any:
    """Windows_Server for Azure Hybrid Benefit, None for pay by the hour."""
    return mapped(lambda benefit: "Windows_Server" if benefit else None, args.get("azure_hybrid_benefit", False))


def user_data(args: Args) -> Any:
    """The user data in base64, as Azure takes it."""
    text = args.get("user_data")
    return None if text is None else mapped(lambda known: base64.b64encode(known.encode()).decode(), text)


def image_urn(args: Args) -> pulumi.Output[str]:
    """The image, publisher:offer:sku:version."""
    return pulumi.Output.from_input(mapped(_urn, args["image"], args.get("image_version", "latest")))


def _urn(name: str, version: str) -> str:
    image = named_image(name, version)
    return f"{image}:{image.version}"


def computer_name(name: str) -> str:
    """A computer name from a component's name: `web.server_01` -> `web-server-01`, 15 characters at most."""
    spelled = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name)
    return spelled[:LONGEST_COMPUTER_NAME].strip("-")


def _windows_configuration(mode: str, reboot_setting: str, time_zone: str | None) -> dict[str, Any]:
    configuration = windows_configuration(PatchingMode(mode), reboot_setting)
    return configuration if time_zone is None else {**configuration, "timeZone": time_zone}


def _network_interface(args: Args, interface: Args) -> dict[str, Any]:
    address = interface.get("private_ip_address")
    fixed = {"private_ip_allocation_method": "Static", "private_ip_address": address}
    return without_absent(
        {
            "resource_group_name": args["resource_group_name"],
            "location": args.get("location"),
            "tags": args.get("tags"),
            "enable_accelerated_networking": interface.get("accelerated_networking"),
            "ip_configurations": [
                {
                    "name": "primary",
                    "subnet": {"id": interface["subnet_id"]},
                    **(fixed if address else {"private_ip_allocation_method": "Dynamic"}),
                }
            ],
        }
    )


def _interface_references(ids: Sequence[Any]) -> list[dict[str, Any]]:
    return [{"id": known, "primary": index == 0, "delete_option": "Detach"} for index, known in enumerate(ids)]


def _image_reference(name: str, version: str) -> dict[str, Any]:
    image = named_image(name, version)
    return {"publisher": image.publisher, "offer": image.offer, "sku": image.sku, "version": image.version}


def _data_disks(disks: Sequence[Args], encryption: Args, delete_option: str) -> list[dict[str, Any]] | None:
    return [
        {
            "lun": unit,
            "create_option": "Empty",
            "delete_option": delete_option,
            "disk_size_gb": disk["size_gb"],
            "caching": disk.get("caching", "None"),
            "managed_disk": {"storage_account_type": disk.get("type", DISK_TYPE), **encryption},
        }
        for unit, disk in enumerate(disks)
    ] or None


def _identity(args: Args) -> dict[str, Any] | None:
    own, given = args.get("system_assigned_identity", True), args.get("user_assigned_identity_ids") or []
    kinds = [kind for kind, wanted in (("SystemAssigned", own), ("UserAssigned", given)) if wanted]
    if not kinds:
        return None
    return without_absent({"type": ", ".join(kinds), "user_assigned_identities": given or None})


def _reference(resource_id: Any) -> dict[str, Any] | None:
    return None if resource_id is None else {"id": resource_id}


def without_absent(inputs: dict[str, Any]) -> dict[str, Any]:
    """The inputs that have a value."""
    return {key: value for key, value in inputs.items() if value is not None}
