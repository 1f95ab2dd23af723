"""A hotpatched machine on Azure Local, formerly Azure Stack HCI."""

from typing import Any

import pulumi
from pulumi_azure_native.azurestackhci import (
    MarketplaceGalleryImage,
    NetworkInterface,
    VirtualHardDisk,
    VirtualMachineInstance,
)
from pulumi_azure_native.hybridcompute import Machine, MachineRunCommand

from azure_hotpatch.components.azure_local_image.plan import gallery_image
from azure_hotpatch.components.azure_local_virtual_machine import plan
from azure_hotpatch.components.azure_local_virtual_machine.args import (
    AzureLocalMachineSpec,
    AzureLocalVirtualMachineArgs,
)
from azure_hotpatch.components.azure_local_virtual_machine.checks import SHAPE
from azure_hotpatch.components.azure_local_virtual_machine.guest_scripts import enable_hotpatch_script
from azure_hotpatch.components.shared.arguments import checked_arguments
from azure_hotpatch.components.shared.children import child_options
from azure_hotpatch.components.shared.portal import portal_url
from azure_hotpatch.domain.azure.fixed_values import LOCAL_DISK, LOCAL_IMAGE, LOCAL_INSTANCE, LOCAL_INTERFACE

__all__ = ["AzureLocalVirtualMachine", "AzureLocalVirtualMachineArgs"]


class AzureLocalVirtualMachine(pulumi.ComponentResource):
    """A Windows Server machine on Azure Local, with Trusted Launch and an interface in a logical network.

    Azure does not orchestrate patches there. A run command configures the Windows Update client in the guest: by the
    values of its group policy, by what SConfig would set, or with an update server.
    """

    machine_id: pulumi.Output[str]
    """The id of the Arc machine that represents it in Azure."""
    virtual_machine_instance_id: pulumi.Output[str]
    """The id of the virtual machine instance."""
    virtual_machine_name: pulumi.Output[str]
    """The machine's name in Azure."""
    network_interface_id: pulumi.Output[str]
    """The id of its interface."""
    gallery_image_id: pulumi.Output[str]
    """The id of the image that it was made from."""
    image: pulumi.Output[str]
    """The marketplace image it was made from, publisher:offer:sku, empty where it was installed from an ISO."""
    location: pulumi.Output[str]
    """The region that the instance is registered in."""
    update_tool: pulumi.Output[str]
    """Who installs updates: groupPolicy, sconfig or thirdParty."""
    portal_url: pulumi.Output[str]
    """Its page in the Azure portal."""

    def __init__(
        self, name: str, args: AzureLocalVirtualMachineArgs, opts: pulumi.ResourceOptions | None = None
    ) -> None:
        given = checked_arguments("AzureLocalVirtualMachine", name, SHAPE, args)
        spec = plan.spec_of(given, name)
        super().__init__("azure-hotpatch:index:AzureLocalVirtualMachine", name, None, opts)
        image_id = spec.gallery_image_id or self._image(f"{name}-image", spec, opts)
        machine = Machine(
            f"{name}-machine", opts=child_options(self, opts, reads=("name", "location")), **plan.machine(spec)
        )
        interface = NetworkInterface(
            f"{name}-nic",
            opts=child_options(self, opts, fixed=(f"{name}-nic", LOCAL_INTERFACE)),
            **plan.network_interface(spec),
        )
        disks = [self._disk(f"{name}-disk-{unit}", inputs, opts) for unit, inputs in enumerate(plan.data_disks(spec))]
        instance = VirtualMachineInstance(
            f"{name}-vm",
            opts=child_options(self, opts, fixed=(f"{name}-vm", LOCAL_INSTANCE)),
            **plan.instance(spec, machine.id, interface.id, image_id, [disk.id for disk in disks]),
        )
        for purpose, script in _scripts(spec):
            MachineRunCommand(
                f"{name}-{purpose}",
                opts=child_options(self, opts, depends_on=[instance]),
                **plan.run_command(spec, machine.name, script),
            )
        self.machine_id = machine.id
        self.virtual_machine_instance_id = instance.id
        self.virtual_machine_name = machine.name
        self.network_interface_id = interface.id
        self.gallery_image_id = pulumi.Output.from_input(image_id)
        self.image = pulumi.Output.from_input(plan.image_name(spec))
        self.location = machine.location
        self.update_tool = pulumi.Output.from_input(spec.update_tool)
        self.portal_url = portal_url(machine.id)
        self.register_outputs({output: getattr(self, output) for output in type(self).__annotations__})

    def _image(self, own: str, spec: AzureLocalMachineSpec, opts: pulumi.ResourceOptions | None) -> pulumi.Output[str]:
        options = child_options(self, opts, fixed=(own, LOCAL_IMAGE))
        return MarketplaceGalleryImage(own, opts=options, **gallery_image(spec)).id

    def _disk(self, own: str, inputs: dict[str, Any], opts: pulumi.ResourceOptions | None) -> VirtualHardDisk:
        return VirtualHardDisk(own, opts=child_options(self, opts, fixed=(own, LOCAL_DISK)), **inputs)


def _scripts(spec: AzureLocalMachineSpec) -> list[tuple[str, Any]]:
    scripts = [("windows-update", plan.update_script(spec))]
    return [*scripts, ("enable-hotpatch", enable_hotpatch_script())] if spec.installed_from_iso else scripts
