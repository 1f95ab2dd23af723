"""Which hotpatch images a stack accepts, and how an image is named in it."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from azure_hotpatch.images import (
    CATALOGUE_2022,
    CATALOGUE_2022_AND_2025,
    OFFER,
    PUBLISHER,
    SKUS_2022,
    Catalogue,
    Image,
    why_not_hotpatchable,
)
from azure_hotpatch.patch_event import Generation
from azure_hotpatch.settings.value import NumberLike, Settings, as_text, nearest, wrong

_VERSION = re.compile(r"\d{5}\.\d+\.\d{6}")
_SHORT = {re.sub("-datacenter-azure-edition", "", image.sku.lower()): image for image in CATALOGUE_2022_AND_2025.images}
# Desktop Experience is hotpatchable under another name in 2022 than in 2025.
_DESKTOP_2022 = {"2022-datacenter-azure-edition": SKUS_2022[2], "2022-datacenter-azure-edition-smalldisk": SKUS_2022[3]}
_NAMES = tuple(image.sku for image in CATALOGUE_2022_AND_2025.images)


def named_image(name: str) -> Image:
    """The image of a SKU ("2022-Datacenter-Azure-Edition-Core"), its short form ("2022-core") or a whole urn.

    The letter case of a SKU and an urn is kept. Whether the image is hotpatchable is not judged.
    """
    if name.lower() in _SHORT:
        return _SHORT[name.lower()]
    publisher, _, rest = name.partition(":")
    offer, _, sku = rest.partition(":")
    return Image(publisher, offer, sku) if sku else Image(PUBLISHER, OFFER, name)


def generation(image: Image) -> Generation:
    """Which Windows Server a hotpatch image is: its SKU begins with the year."""
    return "2025" if image.sku.startswith("2025") else "2022"


def _hotpatchable(name: str) -> str:
    if "/" in name:
        raise wrong(
            f"{name!r} is a custom or gallery image, and hotpatch is available on marketplace images only",
            allowed=", ".join(_NAMES),
        )
    reason = why_not_hotpatchable(named_image(name.rpartition(":latest")[0] or name), CATALOGUE_2022_AND_2025)
    if reason:
        raise wrong(reason, allowed=", ".join((*_NAMES, *_SHORT)), nearest=_near(name))
    return name


def _near(name: str) -> str:
    sku = name.rpartition(":")[2] or name
    if sku.lower() in _DESKTOP_2022:
        return _DESKTOP_2022[sku.lower()]
    same_year = tuple(known for known in _NAMES if known[:4] == sku[:4]) or _NAMES
    return nearest(sku, same_year, 0.8) or nearest(sku, tuple(_SHORT), 0.6)


def _version(version: str) -> str:
    if version != "latest" and not _VERSION.fullmatch(version):
        raise wrong(
            f"{version!r} is not an image version", allowed="latest, or build.revision.date as in 20348.2966.241205"
        )
    return version


ImageName = Annotated[
    str, NumberLike, AfterValidator(_hotpatchable), Field(json_schema_extra={"examples": [*_NAMES, *_SHORT]})
]
YearOfServer = Annotated[
    Generation, BeforeValidator(as_text, json_schema_input_type=Literal["2022", "2025", 2022, 2025])
]
ImageVersion = Annotated[str, AfterValidator(_version)]


class ImageSettings(Settings):
    """Which images the stack's machines may have."""

    generation: YearOfServer = "2022"
    """The newest generation of Windows Server that is accepted: 2022 (four images) or 2025 (these and four more)."""
    default: ImageName = SKUS_2022[0]
    """The image of every group that names none."""
    version: ImageVersion = "latest"
    """latest, or the version that every machine is pinned to: 20348.2966.241205."""

    @property
    def catalogue(self) -> Catalogue:
        return CATALOGUE_2022 if self.generation == "2022" else CATALOGUE_2022_AND_2025


class Pinned(Settings):
    """What a group may say of its image."""

    image: ImageName | None = Field(default=None)
    """SKU, short form (2022-core, 2025-core-smalldisk) or urn; default: images.default."""
    image_version: ImageVersion | None = None
    """latest or a version; default: images.version."""
