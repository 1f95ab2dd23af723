"""A marketplace image that can be hotpatched, on an Azure Local instance."""

import pulumi
from pulumi_azure_native.azurestackhci import MarketplaceGalleryImage

from azure_hotpatch.components.azure_local_image import plan
from azure_hotpatch.components.azure_local_image.args import AzureLocalImageArgs
from azure_hotpatch.components.azure_local_image.checks import SHAPE
from azure_hotpatch.components.shared.arguments import checked_arguments
from azure_hotpatch.components.shared.children import child_options
from azure_hotpatch.domain.azure.fixed_values import LOCAL_IMAGE

__all__ = ["AzureLocalImage", "AzureLocalImageArgs"]


class AzureLocalImage(pulumi.ComponentResource):
    """A marketplace image that can be hotpatched, downloaded to an Azure Local instance for machines to share."""

    gallery_image_id: pulumi.Output[str]
    """The image's resource id."""

    def __init__(self, name: str, args: AzureLocalImageArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        spec = plan.spec_of(checked_arguments("AzureLocalImage", name, SHAPE, args))
        super().__init__("azure-hotpatch:index:AzureLocalImage", name, None, opts)
        own = f"{name}-image"
        options = child_options(self, opts, fixed=(own, LOCAL_IMAGE))
        image = MarketplaceGalleryImage(own, opts=options, **plan.gallery_image(spec))
        self.gallery_image_id = image.id
        self.register_outputs({"gallery_image_id": image.id})
