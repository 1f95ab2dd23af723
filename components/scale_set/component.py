"""A scale set whose instances Azure hotpatches."""

from collections.abc import Sequence
from typing import Any

import pulumi
from pulumi_azure_native.compute import VirtualMachineScaleSet
from pulumi_azure_native.network import LoadBalancer

from azure_hotpatch.components.scale_set import plan
from azure_hotpatch.components.scale_set.args import HealthProbeArgs, HotpatchScaleSetArgs, ScaleSetExtensionArgs
from azure_hotpatch.components.scale_set.checks import SHAPE
from azure_hotpatch.components.shared.arguments import checked_arguments
from azure_hotpatch.components.shared.children import child_options
from azure_hotpatch.components.shared.portal import portal_url
from azure_hotpatch.components.shared.profile import image_urn
from azure_hotpatch.domain.azure.fixed_values import SCALE_SET

__all__ = ["HealthProbeArgs", "HotpatchScaleSet", "HotpatchScaleSetArgs", "ScaleSetExtensionArgs"]


class HotpatchScaleSet(pulumi.ComponentResource):
    """A scale set with Flexible orchestration, hotpatch on, and the application health extension that patching needs.

    Instances have Trusted Launch with secure boot and vTPM, managed boot diagnostics, and no public address.
    """

    scale_set_id: pulumi.Output[str]
    """The set's resource id."""
    scale_set_name: pulumi.Output[str]
    """The set's name in Azure."""
    image: pulumi.Output[str]
    """The image of its instances, publisher:offer:sku:version."""
    location: pulumi.Output[str]
    """Its region."""
    portal_url: pulumi.Output[str]
    """Its page in the Azure portal."""

    def __init__(self, name: str, args: HotpatchScaleSetArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        given = checked_arguments(
            "HotpatchScaleSet", name, SHAPE, args, {"computer_name_prefix": plan.computer_name_prefix(name)}
        )
        spec = plan.spec_of(given)
        super().__init__("azure-hotpatch:index:HotpatchScaleSet", name, None, opts)
        balancer_options = child_options(self, opts, reads=("backend_address_pools",))
        balancers = [LoadBalancer(f"{name}-lb", opts=balancer_options, **i) for i in plan.load_balancers(spec)]
        pools = [balancer.backend_address_pools.apply(_only_pool) for balancer in balancers]
        scale_set = VirtualMachineScaleSet(
            f"{name}-vmss",
            opts=child_options(
                self,
                opts,
                reads=("name", "location"),
                fixed=(f"{name}-vmss", SCALE_SET),
                replaced_by=SCALE_SET.values if spec.replace_on_change else (),
            ),
            **plan.scale_set(spec, [*spec.load_balancer_backend_pool_ids, *pools]),
        )
        self.scale_set_id = scale_set.id
        self.scale_set_name = scale_set.name
        self.image = image_urn(spec)
        self.location = scale_set.location
        self.portal_url = portal_url(scale_set.id)
        self.register_outputs({output: getattr(self, output) for output in type(self).__annotations__})


def _only_pool(pools: Sequence[Any] | None) -> str | None:
    return pools[0].id if pools else None
