"""Parse the name of an image: a SKU, a short form or a URN, and its version."""

import re

from azure_hotpatch.domain.azure.defaults import GENERATION, IMAGE_VERSION
from azure_hotpatch.domain.azure.images import (
    HOTPATCH_IMAGES,
    OFFER,
    PUBLISHER,
    WHOLE_CATALOGUE,
    Catalogue,
    Image,
    why_not_hotpatchable,
    why_not_image_id,
)
from azure_hotpatch.domain.azure.server_generations import Generation, generation_of_sku

# The images that are accepted where a generation is the newest: its own, and those of the older ones.
GENERATIONS: dict[str, Catalogue] = {
    year: Catalogue(tuple(image for older in list(HOTPATCH_IMAGES)[: at + 1] for image in HOTPATCH_IMAGES[older]))
    for at, year in enumerate(HOTPATCH_IMAGES)
}
# A platform image's version: the build of Windows, its revision, the day on which the image was made.
_VERSION = re.compile(r"\d{5}\.\d+\.\d{6}")
_EDITION = "-datacenter-azure-edition"
SHORT_NAMES = {image.sku.lower().replace(_EDITION, ""): image for image in WHOLE_CATALOGUE.images}


def named_image(name: str, version: str = IMAGE_VERSION) -> Image:
    """The image of a SKU ("2022-Datacenter-Azure-Edition-Core"), its short form ("2022-core") or a whole urn.

    The letter case of a SKU and an urn is kept. A version at the end of an urn goes before `version`.
    Whether the image is hotpatchable is not judged.
    """
    short = SHORT_NAMES.get(name.lower())
    if short:
        return Image(short.publisher, short.offer, short.sku, version)
    publisher, offer, sku, pinned = _parts(name)
    return Image(publisher, offer, sku, pinned or version)


def generation_of(image: Image) -> Generation:
    """Which Windows Server a hotpatch image is; the default's for any other image."""
    return generation_of_sku(image.sku) or GENERATION


def why_not_named_image(name: str, generation: str = GENERATION, version: str = IMAGE_VERSION) -> str | None:
    """Say why a machine cannot be hotpatched if it is made from the image that `name` means, or None where it can."""
    if "/" in name:
        return why_not_image_id(name)
    image = named_image(name, version)
    return why_not_hotpatchable(image, catalogue(generation)) or why_not_image_version(image.version)


def why_not_image_version(version: str) -> str | None:
    """Say why `version` is not the version of a Windows Server image, or None where it is."""
    if version == IMAGE_VERSION or _VERSION.fullmatch(version):
        return None
    return f"{version!r} is not an image version; it is latest, or build.revision.date as in 20348.2966.241205"


def catalogue(generation: str) -> Catalogue:
    """The images that are accepted where `generation` is the newest; raises KeyError for an unknown generation."""
    return GENERATIONS[generation]


def _parts(name: str) -> tuple[str, str, str, str]:
    parts = name.split(":", 3)
    if len(parts) < 3:
        return PUBLISHER, OFFER, name, ""
    publisher, offer, sku, *version = parts
    return publisher, offer, sku, version[0] if version else ""
