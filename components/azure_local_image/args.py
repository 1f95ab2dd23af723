"""The arguments of an `AzureLocalImage`, and its spec: the same with the defaults filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi

from azure_hotpatch.components.shared.argument_types import ImageInput
from azure_hotpatch.domain.azure.calendar import Generation
from azure_hotpatch.domain.azure.images import Image


class AzureLocalImageArgs(TypedDict):
    """The arguments of an AzureLocalImage."""

    resource_group_name: pulumi.Input[str]
    """Required. The resource group of the image."""
    custom_location_id: pulumi.Input[str]
    """Required. The id of the custom location of the Azure Local instance that downloads the image."""
    image: ImageInput
    """Required. An image that can be hotpatched: SKU, short form (2022-core) or publisher:offer:sku[:version]."""
    image_version: NotRequired[pulumi.Input[str]]
    """Optional. The version, such as 20348.2966.241205. Default latest, resolved once, when the image is downloaded."""
    image_generation: NotRequired[pulumi.Input[Generation]]
    """Optional. The newest generation of Windows Server that is accepted: 2022 or 2025. Default 2022."""
    storage_path_id: NotRequired[pulumi.Input[str]]
    """Optional. The id of the image's storage container. By default Azure Local chooses."""
    location: NotRequired[pulumi.Input[str]]
    """Optional. The region that the instance is registered in. Default that of the resource group."""
    tags: NotRequired[pulumi.Input[Mapping[str, pulumi.Input[str]]]]
    """Optional. Tags."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAzureLocalSpec:
    """What an image and a machine on an Azure Local instance have in common; None where there is no value."""

    resource_group_name: pulumi.Input[str]
    custom_location_id: pulumi.Input[str]
    image: pulumi.Input[Image] | None
    storage_path_id: pulumi.Input[str] | None = None
    location: pulumi.Input[str] | None = None
    tags: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None
