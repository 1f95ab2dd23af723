"""Which hotpatch images a stack accepts, and how an image is named in it."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator

from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.image_names import (
    SHORT_NAMES,
    catalogue,
    named_image,
    why_not_image_version,
    why_not_named_image,
)
from azure_hotpatch.domain.azure.images import CATALOGUE_2022_AND_2025, SKUS_2022, Catalogue, Image
from azure_hotpatch.domain.azure.patch_event import Generation
from azure_hotpatch.domain.settings.value import NumberLike, Settings, as_text, checked, in_schema, nearest, wrong

# Desktop Experience is hotpatchable under another name in 2022 than in 2025.
_DESKTOP_2022 = {"2022-datacenter-azure-edition": SKUS_2022[2], "2022-datacenter-azure-edition-smalldisk": SKUS_2022[3]}
_NAMES = tuple(image.sku for image in CATALOGUE_2022_AND_2025.images)


def _hotpatchable(name: str) -> str:
    reason = why_not_named_image(name, "2025")
    if reason:
        raise wrong(
            reason,
            allowed=f"{', '.join(SHORT_NAMES)}, or their SKUs: {_NAMES[0]}",
            nearest="" if "/" in name else _near(name),
        )
    return name


def _near(name: str) -> str:
    sku = name.rpartition(":")[2] or name
    if sku.lower() in _DESKTOP_2022:
        return _DESKTOP_2022[sku.lower()]
    same_year = tuple(known for known in _NAMES if known[:4] == sku[:4]) or _NAMES
    return nearest(sku, same_year, 0.8) or nearest(sku, tuple(SHORT_NAMES), 0.6)


ImageName = Annotated[str, NumberLike, AfterValidator(_hotpatchable), in_schema(examples=[*_NAMES, *SHORT_NAMES])]
YearOfServer = Annotated[
    Generation, BeforeValidator(as_text, json_schema_input_type=Literal["2022", "2025", 2022, 2025])
]
ImageVersion = Annotated[str, checked(why_not_image_version), in_schema(pattern=r"^(latest|\d{5}\.\d+\.\d{6})$")]


class ImageSettings(Settings):
    """Which images the stack's machines may have."""

    generation: YearOfServer = defaults.GENERATION
    """The newest generation of Windows Server that is accepted: 2022 (four images) or 2025 (these and four more)."""
    default: ImageName = SKUS_2022[0]
    """The image of every group that names none."""
    version: ImageVersion = defaults.IMAGE_VERSION
    """latest, or the version that every machine is pinned to: 20348.2966.241205."""

    @property
    def catalogue(self) -> Catalogue:
        """The images that are accepted."""
        return catalogue(self.generation)


class Pinned(Settings):
    """What a group may say of its image."""

    image: ImageName | None = None
    """SKU, short form (2022-core, 2025-core-smalldisk) or urn; default: images.default."""
    image_version: ImageVersion | None = None
    """latest or a version; default: images.version."""

    def named_image(self, images: ImageSettings) -> Image:
        """The group's image with its version."""
        return named_image(self.image or images.default, self.image_version or images.version)
