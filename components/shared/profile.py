"""The inputs that a machine and the instances of a scale set share."""

import base64
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pulumi

from azure_hotpatch.components.shared.arguments import mapped
from azure_hotpatch.components.shared.profile_args import DataDiskSpec, ProfileSpec
from azure_hotpatch.components.shared.spec import without_absent
from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.image_names import named_image
from azure_hotpatch.domain.azure.images import Image
from azure_hotpatch.domain.azure.machines import os_disk_gb
from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration

Inputs = dict[str, Any]


def parsed_profile(given: Mapping[str, Any], disk_spec: type[DataDiskSpec] = DataDiskSpec) -> Inputs:
    """The fields of a ProfileSpec that are made of arguments: the image, its disk, the password, the data disks."""
    image = mapped(named_image, given["image"], given.get("image_version", defaults.IMAGE_VERSION))
    return {
        "image": image,
        "os_disk_size_gb": given.get("os_disk_size_gb") or mapped(lambda known: os_disk_gb(known.sku), image),
        "admin_password": pulumi.Output.secret(given["admin_password"]),
        "data_disks": tuple(disk_spec(**disk) for disk in given.get("data_disks", ())),
    }


def storage_profile(
    spec: ProfileSpec, delete_data_disks: str = "Detach", attached: Mapping[int, Any] = MappingProxyType({})
) -> Inputs:
    """The image and the disks; `attached` are the ids of the disks that are resources of their own, by unit."""
    encryption = without_absent({"disk_encryption_set": reference(spec.disk_encryption_set_id)})
    disks = [
        _attached_disk(disk, unit, attached[unit])
        if unit in attached
        else _data_disk(disk, unit, encryption, delete_data_disks)
        for unit, disk in enumerate(spec.data_disks)
    ]
    return {
        "image_reference": mapped(_image_reference, spec.image),
        "os_disk": {
            "create_option": "FromImage",
            "delete_option": "Delete",
            "caching": "ReadWrite",
            "disk_size_gb": spec.os_disk_size_gb,
            "managed_disk": {"storage_account_type": spec.os_disk_type, **encryption},
        },
        "data_disks": disks or None,
    }


def os_profile(spec: ProfileSpec) -> Inputs:
    """The administrator, and who patches Windows."""
    return {
        "admin_username": spec.admin_username,
        "admin_password": spec.admin_password,
        "allow_extension_operations": True,  # patches are installed by extensions of the platform
        "windows_configuration": mapped(
            _windows_configuration, spec.patching_mode, spec.reboot_setting, spec.time_zone
        ),
    }


def security_profile(spec: ProfileSpec) -> Inputs:
    """Hotpatch needs virtualisation-based security in the guest, which needs secure boot."""
    return without_absent(
        {
            "security_type": "TrustedLaunch",
            "uefi_settings": {"secure_boot_enabled": True, "v_tpm_enabled": True},
            "encryption_at_host": spec.encryption_at_host,
        }
    )


def diagnostics_profile() -> Inputs:
    """Boot diagnostics in storage that Azure manages: no storage account is named."""
    return {"boot_diagnostics": {"enabled": True}}


def license_type(spec: ProfileSpec) -> Any:
    """Windows_Server for Azure Hybrid Benefit, None for pay by the hour."""
    return mapped(lambda benefit: "Windows_Server" if benefit else None, spec.azure_hybrid_benefit)


def user_data(spec: ProfileSpec) -> Any:
    """The user data in base64, as Azure takes it."""
    if spec.user_data is None:
        return None
    return mapped(lambda known: base64.b64encode(known.encode()).decode(), spec.user_data)


def image_urn(spec: ProfileSpec) -> pulumi.Output[str]:
    """The image, publisher:offer:sku:version."""
    return pulumi.Output.from_input(mapped(lambda image: f"{image}:{image.version}", spec.image))


def reference(resource_id: Any) -> Inputs | None:
    """A reference to a resource, None for none."""
    return None if resource_id is None else {"id": resource_id}


def _windows_configuration(mode: str, reboot_setting: str, time_zone: str | None) -> Inputs:
    configuration = windows_configuration(PatchingMode(mode), reboot_setting)
    return configuration if time_zone is None else {**configuration, "timeZone": time_zone}


def _image_reference(image: Image) -> Inputs:
    return {"publisher": image.publisher, "offer": image.offer, "sku": image.sku, "version": image.version}


def _attached_disk(disk: DataDiskSpec, unit: int, disk_id: Any) -> Inputs:
    return {
        "lun": unit,
        "create_option": "Attach",
        "delete_option": "Detach",
        "caching": disk.caching,
        "managed_disk": {"id": disk_id},
    }


def _data_disk(disk: DataDiskSpec, unit: int, encryption: Inputs, delete_option: str) -> Inputs:
    return {
        "lun": unit,
        "create_option": "Empty",
        "delete_option": delete_option,
        "disk_size_gb": disk.size_gb,
        "caching": disk.caching,
        "managed_disk": {"storage_account_type": disk.type, **encryption},
    }
