"""Validate the arguments of an `AzureLocalImage`, with the domain's predicates."""

from azure_hotpatch.components.azure_local_image.args import AzureLocalImageArgs
from azure_hotpatch.components.shared.arguments import ArgumentSet, Check
from azure_hotpatch.components.shared.checks import resource_id, valid
from azure_hotpatch.components.virtual_machine.checks import image_is_hotpatchable
from azure_hotpatch.domain.azure import resource_ids
from azure_hotpatch.domain.vocabulary.image_types import GENERATION, IMAGE_VERSION
from azure_hotpatch.domain.vocabulary.place_types import REGION, TAGS

# The checks that an image shares with a machine.
PLACE_CHECKS = (
    valid("location", REGION),
    valid("tags", TAGS),
    resource_id("custom_location_id", resource_ids.CUSTOM_LOCATION),
    resource_id("storage_path_id", resource_ids.STORAGE_CONTAINER),
    Check(("image", "image_generation"), image_is_hotpatchable),
    valid("image_version", IMAGE_VERSION),
    valid("image_generation", GENERATION),
)
SHAPE = ArgumentSet(AzureLocalImageArgs, PLACE_CHECKS)
