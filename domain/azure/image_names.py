"""Parse the name of an image: a SKU, a short form or a URN, and its version."""

import re
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class NamedImage:
    """An image beside the name that somebody wrote for it: a SKU, its short form, or an urn."""

    name: str
    image: Image
    has_version: bool  # whether the name ends with a version

    def __str__(self) -> str:
        return self.name

    def at(self, version: str) -> Image:
        """The image in a version; the version at the end of its name goes before."""
        return self.image if self.has_version else replace(self.image, version=version)


def read_image(name: str) -> NamedImage:
    """Parse a SKU ("2022-Datacenter-Azure-Edition-Core"), its short form ("2022-core") or a whole urn.

    The letter case of a SKU and an urn is kept. Whether the image is hotpatchable is not judged.
    """
    short = SHORT_NAMES.get(name.lower())
    if short:
        return NamedImage(name, short, has_version=False)
    publisher, offer, sku, version = _parts(name)
    return NamedImage(name, Image(publisher, offer, sku, version or IMAGE_VERSION), has_version=bool(version))


def as_named(image: str | Image) -> NamedImage:
    """An image as a program may give it: by name, or as an object, which is not parsed again."""
    if not isinstance(image, Image):
        return read_image(image)
    has_version = image.version != IMAGE_VERSION
    return NamedImage(f"{image}:{image.version}" if has_version else str(image), image, has_version)


def named_image(image: str | Image, version: str = IMAGE_VERSION) -> Image:
    """The image that a program gives, by name or as an object; a version of its own goes before `version`."""
    return as_named(image).at(version)


def generation_of(image: Image) -> Generation:
    """Which Windows Server a hotpatch image is; the default's for any other image."""
    return generation_of_sku(image.sku) or GENERATION


def why_not_named_image(named: NamedImage, generation: str = GENERATION) -> str | None:
    """Say why a machine cannot be hotpatched if it is made from the image that somebody named, or None if it can."""
    if "/" in named.name:
        return why_not_image_id(named.name)
    return why_not_hotpatchable(named.image, catalogue(generation)) or why_not_image_version(named.image.version)


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
