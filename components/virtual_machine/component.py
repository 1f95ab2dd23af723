"""A virtual machine that Azure hotpatches, with its network interfaces."""

from collections.abc import Sequence
from typing import Any

import pulumi
from pulumi_azure_native.compute import Disk, VirtualMachine
from pulumi_azure_native.network import NetworkInterface

from azure_hotpatch.components.shared.arguments import checked_arguments
from azure_hotpatch.components.shared.children import child_options
from azure_hotpatch.components.shared.doubts import warn_once
from azure_hotpatch.components.shared.maintenance_assignment import assign_machine
from azure_hotpatch.components.shared.portal import portal_url
from azure_hotpatch.components.shared.profile import Inputs, image_urn
from azure_hotpatch.components.shared.profile_args import DataDiskArgs, MachineDataDiskArgs
from azure_hotpatch.components.virtual_machine import plan
from azure_hotpatch.components.virtual_machine.adoption import kept_of_interface, kept_of_machine
from azure_hotpatch.components.virtual_machine.args import (
    HotpatchVirtualMachineArgs,
    InterfaceSpec,
    NetworkInterfaceArgs,
    VirtualMachineSpec,
)
from azure_hotpatch.components.virtual_machine.checks import SHAPE
from azure_hotpatch.domain.azure.fixed_values import DATA_DISK_ORIGIN, DISK, MACHINE

_PROTECTED = (
    "{name} is taken over from Azure, and protected: `pulumi destroy` refuses to delete it. "
    "The option protect=False on the component gives it up to that."
)

__all__ = [
    "DataDiskArgs",
    "HotpatchVirtualMachine",
    "HotpatchVirtualMachineArgs",
    "MachineDataDiskArgs",
    "NetworkInterfaceArgs",
]


class HotpatchVirtualMachine(pulumi.ComponentResource):
    """A Windows Server machine with hotpatch and Automatic VM Guest Patching on, and its network interfaces.

    It has Trusted Launch with secure boot and vTPM, managed boot diagnostics, a system-assigned identity, and no
    public address. An argument that Azure would refuse, or that would leave the machine unpatched, is refused before
    anything is registered.
    """

    virtual_machine_id: pulumi.Output[str]
    """The machine's resource id."""
    virtual_machine_name: pulumi.Output[str]
    """The machine's name in Azure."""
    network_interface_ids: pulumi.Output[Sequence[str]]
    """The ids of its network interfaces, the primary one first."""
    private_ip_address: pulumi.Output[str]
    """The address of its first interface, empty where the interface was made elsewhere."""
    principal_id: pulumi.Output[str]
    """The principal id of its system-assigned identity, empty if it has none."""
    patching_mode: pulumi.Output[str]
    """Who decides when it is patched: hotpatch, azureManaged, customerManagedSchedule or paused."""
    image: pulumi.Output[str]
    """The image it was made from, publisher:offer:sku:version."""
    location: pulumi.Output[str]
    """Its region."""
    portal_url: pulumi.Output[str]
    """Its page in the Azure portal."""

    def __init__(self, name: str, args: HotpatchVirtualMachineArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        given = checked_arguments(
            "HotpatchVirtualMachine", name, SHAPE, args, {"computer_name": plan.computer_name(name)}
        )
        spec = plan.spec_of(given)
        super().__init__("azure-hotpatch:index:HotpatchVirtualMachine", name, None, opts)
        if spec.import_virtual_machine_id and (opts is None or opts.protect is None):
            warn_once(_PROTECTED.format(name=name))
        interfaces = [
            self._interface(name, index, interface, spec, opts)
            for index, interface in enumerate(spec.network_interfaces)
        ]
        interface_ids = spec.network_interface_ids or [interface.id for interface in interfaces]
        machine = self._machine(name, spec, interface_ids, opts)
        assign_machine(self, opts, f"{name}-schedule", machine, spec.maintenance_configuration_id)
        self._publish(machine, interfaces, interface_ids, spec)

    def _machine(
        self, name: str, spec: VirtualMachineSpec, interface_ids: Any, opts: pulumi.ResourceOptions | None
    ) -> VirtualMachine:
        imported = spec.import_virtual_machine_id
        attached = {unit: disk.disk_id for unit, disk in enumerate(spec.data_disks) if disk.disk_id is not None}
        made = {unit: self._disk(name, unit, inputs, opts).id for unit, inputs in plan.disks(spec)}
        return VirtualMachine(
            f"{name}-vm",
            opts=child_options(
                self,
                opts,
                reads=("name", "location", "identity"),
                imported=imported,
                ignored=kept_of_machine(spec) if imported else (),
                fixed=(f"{name}-vm", MACHINE),
                replaced_by=(*MACHINE.values, DATA_DISK_ORIGIN) if spec.replace_on_change else (),
            ),
            **plan.virtual_machine(spec, interface_ids, {**attached, **made}),
        )

    def _disk(self, name: str, unit: int, inputs: Inputs, opts: pulumi.ResourceOptions | None) -> Disk:
        own = f"{name}-disk-{unit}"
        return Disk(own, opts=child_options(self, opts, fixed=(own, DISK)), **inputs)

    def _interface(
        self,
        name: str,
        index: int,
        interface: InterfaceSpec,
        spec: VirtualMachineSpec,
        opts: pulumi.ResourceOptions | None,
    ) -> NetworkInterface:
        imported = None if index else spec.import_network_interface_id
        return NetworkInterface(
            f"{name}-nic" if index == 0 else f"{name}-nic-{index + 1}",
            opts=child_options(
                self,
                opts,
                reads=("ip_configurations",),
                imported=imported,
                ignored=kept_of_interface(spec, interface) if imported else (),
            ),
            **plan.network_interface(spec, interface),
        )

    def _publish(
        self,
        machine: VirtualMachine,
        interfaces: Sequence[NetworkInterface],
        interface_ids: Any,
        spec: VirtualMachineSpec,
    ) -> None:
        self.virtual_machine_id = machine.id
        self.virtual_machine_name = machine.name
        self.network_interface_ids = pulumi.Output.from_input(interface_ids)
        self.private_ip_address = interfaces[0].ip_configurations.apply(_address) if interfaces else _output("")
        self.principal_id = machine.identity.apply(lambda identity: (identity and identity.principal_id) or "")
        self.patching_mode = _output(spec.patching_mode)
        self.image = image_urn(spec)
        self.location = machine.location
        self.portal_url = portal_url(machine.id)
        self.register_outputs({output: getattr(self, output) for output in type(self).__annotations__})


def _address(configurations: Sequence[Any] | None) -> str:
    return (configurations and configurations[0].private_ip_address) or ""


def _output(value: Any) -> pulumi.Output[Any]:
    return pulumi.Output.from_input(value)
