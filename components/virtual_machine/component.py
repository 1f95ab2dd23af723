"""A virtual machine that Azure hotpatches, with its network interfaces."""

from collections.abc import Sequence
from typing import Any

import pulumi
from pulumi_azure_native.compute import VirtualMachine
from pulumi_azure_native.network import NetworkInterface

from azure_hotpatch.components.shared.arguments import accepted
from azure_hotpatch.components.shared.children import child_options
from azure_hotpatch.components.shared.maintenance_assignment import assign_machine
from azure_hotpatch.components.shared.portal import portal_url
from azure_hotpatch.components.shared.profile import image_urn
from azure_hotpatch.components.shared.profile_args import DataDiskArgs
from azure_hotpatch.components.virtual_machine import plan
from azure_hotpatch.components.virtual_machine.adoption import kept_of_interface, kept_of_machine
from azure_hotpatch.components.virtual_machine.args import (
    HotpatchVirtualMachineArgs,
    InterfaceSpec,
    NetworkInterfaceArgs,
    VirtualMachineSpec,
)
from azure_hotpatch.components.virtual_machine.checks import SHAPE

__all__ = ["DataDiskArgs", "HotpatchVirtualMachine", "HotpatchVirtualMachineArgs", "NetworkInterfaceArgs"]


class HotpatchVirtualMachine(pulumi.ComponentResource):
    """A Windows Server machine with hotpatch and Automatic VM Guest Patching on, and its network interfaces.

    It has Trusted Launch with secure boot and vTPM, managed boot diagnostics, an identity of its own, and no public
    address. An argument that Azure would refuse, or that would leave the machine unpatched, is refused before anything
    is registered.
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
    """The principal id of its own identity, empty where it has none."""
    patching_mode: pulumi.Output[str]
    """Who decides when it is patched: hotpatch, azureManaged, customerManagedSchedule or paused."""
    image: pulumi.Output[str]
    """The image it was made from, publisher:offer:sku:version."""
    location: pulumi.Output[str]
    """Its region."""
    portal_url: pulumi.Output[str]
    """Its page in the Azure portal."""

    def __init__(self, name: str, args: HotpatchVirtualMachineArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        given = accepted("HotpatchVirtualMachine", name, SHAPE, args, {"computer_name": plan.computer_name(name)})
        spec = plan.spec_of(given)
        super().__init__("azure-hotpatch:index:HotpatchVirtualMachine", name, None, opts)
        interfaces = [
            self._interface(name, index, interface, spec, opts)
            for index, interface in enumerate(spec.network_interfaces)
        ]
        interface_ids = spec.network_interface_ids or [interface.id for interface in interfaces]
        imported = spec.import_virtual_machine_id
        machine = VirtualMachine(
            f"{name}-vm",
            opts=child_options(
                self,
                opts,
                reads=("name", "location", "identity"),
                imported=imported,
                ignored=kept_of_machine(spec) if imported else (),
            ),
            **plan.virtual_machine(spec, interface_ids),
        )
        assign_machine(self, opts, f"{name}-schedule", machine, spec.maintenance_configuration_id)
        self._publish(machine, interfaces, interface_ids, spec)

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
