"""The inputs of a hotpatch machine and its network interfaces."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from azure_hotpatch.components.shared import profile
from azure_hotpatch.components.shared.arguments import mapped
from azure_hotpatch.components.shared.profile import Inputs
from azure_hotpatch.components.shared.profile_args import MachineDataDiskSpec
from azure_hotpatch.components.shared.spec import filled, placed, without_absent
from azure_hotpatch.components.virtual_machine.args import InterfaceSpec, VirtualMachineSpec
from azure_hotpatch.domain.azure.machines import LONGEST_COMPUTER_NAME


def spec_of(given: Mapping[str, Any]) -> VirtualMachineSpec:
    """The spec of a machine, from checked arguments, with every default filled in."""
    interfaces = given.get("network_interfaces") or [{"subnet_id": given.get("subnet_id")}]
    made = () if "network_interface_ids" in given else tuple(InterfaceSpec(**each) for each in interfaces)
    return filled(
        VirtualMachineSpec, given, **profile.parsed_profile(given, MachineDataDiskSpec), network_interfaces=made
    )


def network_interface(spec: VirtualMachineSpec, interface: InterfaceSpec) -> Inputs:
    """The inputs of an interface that is made for the machine."""
    return {
        **placed(spec),
        **without_absent(
            {
                "network_interface_name": interface.name,
                "enable_accelerated_networking": interface.accelerated_networking,
            }
        ),
        "ip_configurations": [
            {"name": "primary", "subnet": {"id": interface.subnet_id}, **_address(interface.private_ip_address)}
        ],
    }


def disks(spec: VirtualMachineSpec) -> Iterator[tuple[int, Inputs]]:
    """The unit and the inputs of each data disk that is made as a resource of its own."""
    encryption = {"type": "EncryptionAtRestWithCustomerKey", "disk_encryption_set_id": spec.disk_encryption_set_id}
    for unit, disk in enumerate(spec.data_disks):
        if disk.separate:
            yield (
                unit,
                without_absent(
                    {
                        **placed(spec),
                        "disk_name": disk.name,
                        "zones": spec.zones,
                        "sku": {"name": disk.type},
                        "disk_size_gb": disk.size_gb,
                        "creation_data": {"create_option": "Empty"},
                        "encryption": encryption if spec.disk_encryption_set_id is not None else None,
                    }
                ),
            )


def virtual_machine(spec: VirtualMachineSpec, interface_ids: Any, disk_ids: Mapping[int, Any]) -> Inputs:
    """The inputs of the machine.

    `interface_ids` is a list of ids, or a value that becomes one; `disk_ids` are those of the disks that are attached,
    by unit.
    """
    return without_absent(
        {
            **placed(spec),
            "vm_name": spec.virtual_machine_name,
            "zones": spec.zones,
            "hardware_profile": {"vm_size": spec.size},
            "storage_profile": profile.storage_profile(spec, attached=disk_ids),
            "os_profile": {**profile.os_profile(spec), "computer_name": spec.computer_name},
            "network_profile": {"network_interfaces": mapped(_interface_references, interface_ids)},
            "security_profile": profile.security_profile(spec),
            "diagnostics_profile": profile.diagnostics_profile(),
            "identity": _identity(spec),
            "availability_set": profile.reference(spec.availability_set_id),
            "proximity_placement_group": profile.reference(spec.proximity_placement_group_id),
            "license_type": profile.license_type(spec),
            "user_data": profile.user_data(spec),
        }
    )


def computer_name(name: str) -> str:
    """A computer name from a component's name: `web.server_01` -> `web-server-01`, 15 characters at most."""
    spelled = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name)
    return spelled[:LONGEST_COMPUTER_NAME].strip("-")


def _address(fixed: Any) -> Inputs:
    if not fixed:
        return {"private_ip_allocation_method": "Dynamic"}
    return {"private_ip_allocation_method": "Static", "private_ip_address": fixed}


def _interface_references(ids: Sequence[Any]) -> list[Inputs]:
    return [{"id": known, "primary": index == 0, "delete_option": "Detach"} for index, known in enumerate(ids)]


def _identity(spec: VirtualMachineSpec) -> Inputs | None:
    given = spec.user_assigned_identity_ids
    kinds = (("SystemAssigned", spec.system_assigned_identity is not False), ("UserAssigned", given))
    wanted = [kind for kind, is_wanted in kinds if is_wanted]
    if not wanted:
        return None
    return without_absent({"type": ", ".join(wanted), "user_assigned_identities": given or None})
