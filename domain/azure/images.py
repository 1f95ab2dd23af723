"""Which marketplace images can be hotpatched, and why any other cannot."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from azure_hotpatch.domain.azure.coercion import folded
from azure_hotpatch.domain.azure.nearest import nearest
from azure_hotpatch.domain.azure.server_generations import SERVER_GENERATIONS, Generation

PUBLISHER = "MicrosoftWindowsServer"
OFFER = "WindowsServer"

_LOOK_ALIKES = {
    folded(sku): f"it is Azure Edition with Desktop Experience, which is hotpatchable only as {meant}"
    for generation in SERVER_GENERATIONS
    for sku, meant in generation.look_alikes.items()
}
_PREVIEW_OFFERS = ("windowsserverhotpatch-previews", "microsoftserveroperatingsystems-previews")
_CONTAINERS = "-with-containers"

# ARM's names for the parts of a marketplace image, in the order in which they are judged.
PARTS = ("publisher", "offer", "sku")

# The id of a marketplace image, as `az vm image show` prints it.
_PLATFORM_ID = re.compile(
    r"/subscriptions/[^/]+/providers/microsoft\.compute/locations/[^/]+/publishers/(?P<publisher>[^/]+)"
    r"/artifacttypes/vmimage/offers/(?P<offer>[^/]+)/skus/(?P<sku>[^/]+)(?:/versions/(?P<version>[^/]+))?/?",
    re.ASCII | re.IGNORECASE,
)
# What else an image's id may be; the first that is found in it, in lower case, names it.
_ID_KINDS = (
    ("/providers/microsoft.compute/images/", "a managed image"),
    ("/communitygalleries/", "an image of a community gallery"),
    ("/sharedgalleries/", "an image of a shared gallery"),
    ("/providers/microsoft.compute/galleries/", "an image of a Compute Gallery"),
    ("/providers/microsoft.compute/snapshots/", "a snapshot"),
    ("/providers/microsoft.compute/disks/", "a disk"),
)
_CONTAINER_IMAGE = re.compile(r"[a-z0-9.-]+\.[a-z]{2,}(?::\d+)?/\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Image:
    """A marketplace image by name; letter case is kept as the user wrote it and never compared."""

    publisher: str
    offer: str
    sku: str
    version: str = "latest"

    @property
    def key(self) -> tuple[str, str, str]:
        return (folded(self.publisher), folded(self.offer), folded(self.sku))

    def __str__(self) -> str:
        return f"{self.publisher}:{self.offer}:{self.sku}"


# The hotpatch images of each generation, the oldest first.
HOTPATCH_IMAGES: dict[Generation, tuple[Image, ...]] = {
    generation.year: tuple(Image(PUBLISHER, OFFER, sku) for sku in generation.skus) for generation in SERVER_GENERATIONS
}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The images that a stack accepts: the article's four by default."""

    images: tuple[Image, ...] = next(iter(HOTPATCH_IMAGES.values()))

    def extended(self, more: Iterable[Image]) -> "Catalogue":
        return Catalogue((*self.images, *more))

    def without(self, fewer: Iterable[Image]) -> "Catalogue":
        gone = {image.key for image in fewer}
        return Catalogue(tuple(image for image in self.images if image.key not in gone))

    def __contains__(self, image: Image) -> bool:
        return any(image.key == known.key for known in self.images)


DEFAULT_CATALOGUE = Catalogue()
WHOLE_CATALOGUE = Catalogue(tuple(image for images in HOTPATCH_IMAGES.values() for image in images))


class WrongPart(NamedTuple):
    """The part of an image's name that rules it out: ARM's name for it, the reason, and the allowed values."""

    part: str
    reason: str
    allowed: str


def why_not_hotpatchable(image: Image, catalogue: Catalogue = DEFAULT_CATALOGUE) -> str | None:
    """Say why hotpatch is not available on `image`, or None where it is."""
    wrong = wrong_part((image.publisher, image.offer, image.sku), catalogue)
    return wrong.reason if wrong else None


def wrong_part(parts: Sequence[str | None], catalogue: Catalogue = DEFAULT_CATALOGUE) -> WrongPart | None:
    """The first of publisher, offer and SKU with which no image of the catalogue agrees.

    A part that is None is not known and rules nothing out: a wrong SKU is wrong whoever publishes it.
    """
    left = catalogue.images
    for index, value in enumerate(parts):
        if value is None:
            continue
        fitting = tuple(image for image in left if image.key[index] == folded(value))
        if not fitting:
            return WrongPart(PARTS[index], _REASONS[index](value, left), accepted_names(PARTS[index], Catalogue(left)))
        left = fitting
    return None


def accepted_names(part: str, catalogue: Catalogue) -> str:
    """The allowed values of a part of an image's name, for messages: `2022-Datacenter-Azure-Edition-Core, …`."""
    return ", ".join(dict.fromkeys(getattr(image, part) for image in catalogue.images)) or "none: no image is accepted"


def why_not_image_id(image_id: str) -> str | None:
    """Say why a machine made from the image with this id cannot be hotpatched, or None for a marketplace image's id."""
    if _PLATFORM_ID.fullmatch(image_id.strip()):
        return None
    return f"{_kind(image_id.strip())} cannot be hotpatched, even where it was built from an image that can"


def why_not_vhd(uri: Any) -> str | None:
    """Say why a machine made from the VHD at this address cannot be hotpatched, or None where there is none."""
    if not isinstance(uri, str) or not uri.strip():
        return None
    return "a VHD cannot be hotpatched, even where it was built from an image that can"


def image_of_id(image_id: str) -> Image | None:
    """The marketplace image that an id names, or None where it names another kind of image."""
    match = _PLATFORM_ID.fullmatch(image_id.strip())
    if match is None:
        return None
    return Image(match["publisher"], match["offer"], match["sku"], match["version"] or "latest")


def _why_not_publisher(value: str, left: Sequence[Image]) -> str:
    return f"publisher {value!r} is not {_either(image.publisher for image in left)}"


def _why_not_offer(value: str, left: Sequence[Image]) -> str:
    if folded(value) in _PREVIEW_OFFERS:
        return f"offer {value!r} was a preview; the images of {OFFER!r} replaced it"
    return f"offer {value!r} is not {_either(image.offer for image in left)}"


def _why_not_sku(value: str, left: Sequence[Image]) -> str:
    sku = folded(value)
    if sku in _LOOK_ALIKES:
        return f"SKU {value!r} looks hotpatchable and is not: {_LOOK_ALIKES[sku]}"
    if any(image.key[-1] == sku for image in WHOLE_CATALOGUE.images):
        return f"SKU {value!r} is hotpatchable, but this stack does not accept it"
    if sku.endswith(_CONTAINERS):
        return f"SKU {value!r} is made to host containers, and is not hotpatchable"
    return f"SKU {value!r} is not hotpatchable{_nearest(sku, left)}"


_REASONS = (_why_not_publisher, _why_not_offer, _why_not_sku)


def _either(names: Iterable[str]) -> str:
    return " or ".join(repr(name) for name in dict.fromkeys(names)) or "accepted: this stack accepts no image"


def _nearest(sku: str, images: Sequence[Image]) -> str:
    close = nearest(sku, (image.sku for image in images))
    return f"; the nearest that is: {close!r}" if close else ""


def _kind(image_id: str) -> str:
    lower = image_id.lower()
    for part, kind in _ID_KINDS:
        if part in f"{lower}/":
            return kind
    if _CONTAINER_IMAGE.fullmatch(image_id):
        return "a container base image"
    return "a custom image"
