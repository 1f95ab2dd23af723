"""A hotpatched machine on Azure Local (once Azure Stack HCI), and the image it is made from."""

from typing import Any

import pulumi
from pulumi_azure_native.azurestackhci import MarketplaceGalleryImage, NetworkInterface, VirtualMachineInstance
from pulumi_azure_native.hybridcompute import Machine, MachineRunCommand

from azure_hotpatch.components.azure_local_virtual_machine import plan
from azure_hotpatch.components.azure_local_virtual_machine.args import (
    AzureLocalImageArgs,
    AzureLocalVirtualMachineArgs,
)
from azure_hotpatch.components.azure_local_virtual_machine.checks import IMAGE, MACHINE
from azure_hotpatch.components.azure_local_virtual_machine.guest_scripts import enable_hotpatch_script
from azure_hotpatch.components.shared.arguments import accepted, mapped
from azure_hotpatch.components.shared.children import child_options
from azure_hotpatch.components.shared.portal import portal_url

__all__ = ["AzureLocalImage", "AzureLocalImageArgs", "AzureLocalVirtualMachine", "AzureLocalVirtualMachineArgs"]


class AzureLocalImage(pulumi.ComponentResource):
    """A marketplace image that can be hotpatched, downloaded to an Azure Local instance for machines to share."""

    gallery_image_id: pulumi.Output[str]
    """The image's resource id."""

    def __init__(self, name: str, args: AzureLocalImageArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        given = accepted("AzureLocalImage", name, IMAGE, args)
        super().__init__("azure-hotpatch:index:AzureLocalImage", name, None, opts)
        image = MarketplaceGalleryImage(f"{name}-image", opts=child_options(self, opts), **plan.gallery_image(given))
        self.gallery_image_id = image.id
        self.register_outputs({"gallery_image_id": image.id})


class AzureLocalVirtualMachine(pulumi.ComponentResource):
    """A Windows Server machine on Azure Local, with Trusted Launch and an interface in a logical network.

    Azure does not orchestrate patches there. A run command tells the Windows Update client in the guest who does: the
    values of its group policy, what SConfig would set, or an update server.
    """

    machine_id: pulumi.Output[str]
    """The id of the Arc machine that stands for it in Azure."""
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
        given = accepted("AzureLocalVirtualMachine", name, MACHINE, args)
        given["admin_password"] = pulumi.Output.secret(given["admin_password"])
        super().__init__("azure-hotpatch:index:AzureLocalVirtualMachine", name, None, opts)
        options = child_options(self, opts)
        image_id = given.get("gallery_image_id") or self._image(name, given, options)
        machine = Machine(
            f"{name}-machine", opts=child_options(self, opts, reads=("name", "location")), **plan.machine(given, name)
        )
        interface = NetworkInterface(f"{name}-nic", opts=options, **plan.network_interface(given))
        instance = VirtualMachineInstance(
            f"{name}-vm", opts=options, **plan.instance(given, name, machine.id, interface.id, image_id)
        )
        for purpose, script in _scripts(given):
            MachineRunCommand(
                f"{name}-{purpose}",
                opts=child_options(self, opts, depends_on=[instance]),
                **plan.run_command(given, machine.name, script),
            )
        self.machine_id = machine.id
        self.virtual_machine_instance_id = instance.id
        self.virtual_machine_name = machine.name
        self.network_interface_id = interface.id
        self.gallery_image_id = pulumi.Output.from_input(image_id)
        self.image = pulumi.Output.from_input(mapped(plan.image_name, given.get("image", "")))
        self.location = machine.location
        self.update_tool = pulumi.Output.from_input(given.get("update_tool", "groupPolicy"))
        self.portal_url = portal_url(machine.id)
        self.register_outputs({output: getattr(self, output) for output in type(self).__annotations__})

    def _image(self, name: str, given: dict[str, Any], options: pulumi.ResourceOptions) -> pulumi.Output[str]:
        return MarketplaceGalleryImage(f"{name}-image", opts=options, **plan.gallery_image(given)).id


def _scripts(given: dict[str, Any]) -> list[tuple[str, Any]]:
    scripts = [("windows-update", plan.update_script(given))]
    return [*scripts, ("enable-hotpatch", enable_hotpatch_script())] if given.get("installed_from_iso") else scripts
