"""Which marketplace images can be hotpatched, and why any other cannot."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

PUBLISHER = "MicrosoftWindowsServer"
OFFER = "WindowsServer"

# "Hotpatch for virtual machines", revision of 2023-07-27: the table of supported images.
SKUS_2022 = (
    "2022-Datacenter-Azure-Edition-Core",
    "2022-Datacenter-Azure-Edition-Core-smalldisk",
    "2022-Datacenter-Azure-Edition-Hotpatch",
    "2022-Datacenter-Azure-Edition-Hotpatch-smalldisk",
)
# The same article, revision of 2025-07-14.
SKUS_2025 = (
    "2025-Datacenter-Azure-Edition",
    "2025-Datacenter-Azure-Edition-smalldisk",
    "2025-Datacenter-Azure-Edition-Core",
    "2025-Datacenter-Azure-Edition-Core-smalldisk",
)

# Images that look hotpatchable and are not ("Automatic VM Guest Patching", table of images that are not hotpatchable).
_LOOK_ALIKES = {
    "2022-datacenter-azure-edition": (
        "it is Azure Edition with Desktop Experience, which is hotpatchable only as "
        "2022-Datacenter-Azure-Edition-Hotpatch"
    ),
    "2022-datacenter-azure-edition-smalldisk": (
        "it is Azure Edition with Desktop Experience, which is hotpatchable only as "
        "2022-Datacenter-Azure-Edition-Hotpatch-smalldisk"
    ),
}
_PREVIEW_OFFERS = ("windowsserverhotpatch-previews", "microsoftserveroperatingsystems-previews")


@dataclass(frozen=True, slots=True)
class Image:
    """A marketplace image by name; letter case is kept as the user wrote it and never compared."""

    publisher: str
    offer: str
    sku: str
    version: str = "latest"

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.publisher.lower(), self.offer.lower(), self.sku.lower())

    def __str__(self) -> str:
        return f"{self.publisher}:{self.offer}:{self.sku}"


IMAGES_2022 = tuple(Image(PUBLISHER, OFFER, sku) for sku in SKUS_2022)
IMAGES_2025 = tuple(Image(PUBLISHER, OFFER, sku) for sku in SKUS_2025)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The images that a stack accepts: the article's four by default."""

    images: tuple[Image, ...] = IMAGES_2022

    def extended(self, more: Iterable[Image]) -> "Catalogue":
        return Catalogue((*self.images, *more))

    def without(self, fewer: Iterable[Image]) -> "Catalogue":
        gone = {image.key for image in fewer}
        return Catalogue(tuple(image for image in self.images if image.key not in gone))

    def __contains__(self, image: Image) -> bool:
        return any(image.key == known.key for known in self.images)


CATALOGUE_2022 = Catalogue()
CATALOGUE_2022_AND_2025 = Catalogue().extended(IMAGES_2025)


def why_not_hotpatchable(image: Image, catalogue: Catalogue = CATALOGUE_2022) -> str | None:
    """Say why hotpatch is not available on `image`, or None where it is."""
    if image in catalogue:
        return None
    publisher, offer, sku = image.key
    if publisher != PUBLISHER.lower():
        return f"publisher {image.publisher!r} is not {PUBLISHER!r}"
    if offer in _PREVIEW_OFFERS:
        return f"offer {image.offer!r} was a preview; the images of {OFFER!r} replaced it"
    if offer != OFFER.lower():
        return f"offer {image.offer!r} is not {OFFER!r}"
    if sku in _LOOK_ALIKES:
        return f"SKU {image.sku!r} looks hotpatchable and is not: {_LOOK_ALIKES[sku]}"
    if image in CATALOGUE_2022_AND_2025:
        return f"SKU {image.sku!r} is hotpatchable, but this stack does not accept it"
    return f"SKU {image.sku!r} is not hotpatchable{_nearest(sku, catalogue)}"


def _nearest(sku: str, catalogue: Catalogue) -> str:
    spelled = {image.sku.lower(): image.sku for image in catalogue.images}
    close = get_close_matches(sku, spelled, n=1, cutoff=0.8)
    return f"; the nearest that is: {spelled[close[0]]!r}" if close else ""
