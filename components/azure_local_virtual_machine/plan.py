"""The inputs of a machine on Azure Local."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from azure_hotpatch.components.azure_local_image.plan import extended_location, image_of, placed_on
from azure_hotpatch.components.azure_local_virtual_machine.args import AzureLocalMachineSpec
from azure_hotpatch.components.azure_local_virtual_machine.guest_scripts import windows_update_script
from azure_hotpatch.components.shared.arguments import mapped
from azure_hotpatch.components.shared.spec import filled, without_absent
from azure_hotpatch.domain.azure import windows_update
from azure_hotpatch.domain.azure.azure_local import UpdateTool
from azure_hotpatch.domain.azure.windows_update import AutomaticUpdate, InstallDay, SConfigSetting

Inputs = dict[str, Any]


def spec_of(given: Mapping[str, Any], name: str) -> AzureLocalMachineSpec:
    """The spec of a machine, from checked arguments, with every default filled in; `name` is the component's."""
    return filled(
        AzureLocalMachineSpec,
        given,
        image=image_of(given),
        admin_password=pulumi.Output.secret(given["admin_password"]),
        virtual_machine_name=given.get("virtual_machine_name", name),
    )


def machine(spec: AzureLocalMachineSpec) -> Inputs:
    """The inputs of the Arc machine that represents the virtual machine in Azure."""
    return {
        "resource_group_name": spec.resource_group_name,
        "location": spec.location,
        "tags": spec.tags,
        "machine_name": spec.virtual_machine_name,
        "kind": "HCI",
        "identity": {"type": "SystemAssigned"},
    }


def network_interface(spec: AzureLocalMachineSpec) -> Inputs:
    """The inputs of its interface in the logical network."""
    configuration = {"subnet": {"id": spec.logical_network_id}, "private_ip_address": spec.private_ip_address}
    return {**placed_on(spec), "ip_configurations": [{"name": "ipconfig", "properties": configuration}]}


def data_disks(spec: AzureLocalMachineSpec) -> list[Inputs]:
    """The inputs of each data disk, which is thinly provisioned."""
    stored = without_absent({"container_id": spec.storage_path_id})
    return [{**placed_on(spec), **stored, "disk_size_gb": size, "dynamic": True} for size in spec.data_disks_gb]


def instance(
    spec: AzureLocalMachineSpec, machine_id: Any, interface_id: Any, image_id: Any, disk_ids: Sequence[Any] = ()
) -> Inputs:
    """The inputs of the virtual machine instance, an extension of the Arc machine.

    Its `windowsConfiguration` has no `patchSettings`: hotpatch is no property of ARM there, the image decides.
    """
    return {
        "resource_uri": machine_id,
        "extended_location": extended_location(spec),
        "hardware_profile": {"vm_size": "Custom", "processors": spec.processors, "memory_mb": spec.memory_mb},
        "os_profile": {
            "admin_username": spec.admin_username,
            "admin_password": spec.admin_password,
            "computer_name": spec.virtual_machine_name,
            # Without the agents no run command reaches the guest, and the update client cannot be configured.
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
            **({"data_disks": [{"id": disk_id} for disk_id in disk_ids]} if disk_ids else {}),
            "vm_config_storage_path_id": spec.storage_path_id,
        },
        "network_profile": {"network_interfaces": [{"id": interface_id}]},
    }


def run_command(spec: AzureLocalMachineSpec, machine_name: Any, script: Any) -> Inputs:
    """The inputs of a run command that runs `script` in the guest."""
    return {
        "resource_group_name": spec.resource_group_name,
        "location": spec.location,
        "tags": spec.tags,
        "machine_name": machine_name,
        "source": {"script": script},
    }


def image_name(spec: AzureLocalMachineSpec) -> Any:
    """The image as publisher:offer:sku, or an output of it; empty where the machine was installed from an ISO."""
    return "" if spec.image is None else mapped(str, spec.image)


def update_script(spec: AzureLocalMachineSpec) -> Any:
    """The script that configures who installs updates in the guest, or an output of it."""
    return mapped(
        _update_script,
        spec.update_tool,
        spec.automatic_update,
        spec.install_day,
        spec.install_hour,
        spec.no_restart_with_logged_on_users,
        spec.sconfig_setting,
        spec.wsus_server,
        spec.wsus_status_server,
    )


def _update_script(
    tool: UpdateTool,
    automatic: AutomaticUpdate,
    day: InstallDay,
    hour: int,
    no_restart: bool,
    sconfig: SConfigSetting,
    wsus: str,
    status: str | None,
) -> str:
    values = {
        "groupPolicy": lambda: windows_update.group_policy(automatic, day, hour, no_restart),
        "sconfig": lambda: windows_update.sconfig(sconfig),
        "thirdParty": lambda: windows_update.update_server(wsus, status),
    }
    return windows_update_script(values[tool]())
