"""The inputs of a marketplace image on an Azure Local instance."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.components.azure_local_image.args import OnAzureLocalSpec
from azure_hotpatch.components.shared.arguments import mapped
from azure_hotpatch.components.shared.spec import filled
from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.image_names import named_image
from azure_hotpatch.domain.azure.images import Image

Inputs = dict[str, Any]


def spec_of(given: Mapping[str, Any]) -> OnAzureLocalSpec:
    """The spec of an image, from checked arguments, with every default filled in."""
    return filled(OnAzureLocalSpec, given, image=image_of(given))


def image_of(given: Mapping[str, Any]) -> Any:
    """The marketplace image of checked arguments, or an output of it; None where they name none."""
    if "image" not in given:
        return None
    return mapped(named_image, given["image"], given.get("image_version", defaults.IMAGE_VERSION))


def gallery_image(spec: OnAzureLocalSpec) -> Inputs:
    """The inputs of the marketplace image that the instance downloads."""
    return {
        **placed_on(spec),
        "os_type": "Windows",
        "hyper_v_generation": "V2",
        "identifier": mapped(_identifier, spec.image),
        "version": mapped(_version, spec.image),
        "container_id": spec.storage_path_id,
    }


def placed_on(spec: OnAzureLocalSpec) -> Inputs:
    """The resource group, the region, the tags, and the instance by its custom location."""
    return {
        "resource_group_name": spec.resource_group_name,
        "location": spec.location,
        "tags": spec.tags,
        "extended_location": extended_location(spec),
    }


def extended_location(spec: OnAzureLocalSpec) -> Inputs:
    """The instance, by its custom location."""
    return {"type": "CustomLocation", "name": spec.custom_location_id}


def _identifier(image: Image) -> dict[str, str]:
    return {"publisher": image.publisher, "offer": image.offer, "sku": image.sku}


def _version(image: Image) -> dict[str, str] | None:
    # Absent is the newest: the property takes a number only.
    return None if image.version == defaults.IMAGE_VERSION else {"name": image.version}
