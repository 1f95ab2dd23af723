"""The named types of an image: its name, its version, the generation of Windows Server."""

from azure_hotpatch.domain.azure.image_names import (
    GENERATIONS,
    SHORT_NAMES,
    read_image,
    why_not_image_version,
    why_not_named_image,
)
from azure_hotpatch.domain.azure.images import WHOLE_CATALOGUE
from azure_hotpatch.domain.azure.nearest import nearest
from azure_hotpatch.domain.azure.server_generations import SERVER_GENERATIONS
from azure_hotpatch.domain.vocabulary.named_type import NamedType, one_of

NEWEST = tuple(GENERATIONS)[-1]
_SKUS = tuple(image.sku for image in WHOLE_CATALOGUE.images)
# The oldest first: every stack takes it, and a newer one where its settings say so.
_BY_GENERATION = tuple(
    tuple(name for name in (*_SKUS, *SHORT_NAMES) if name.startswith(generation.year))
    for generation in SERVER_GENERATIONS
)
_LOOK_ALIKES = {
    sku.lower(): meant for generation in SERVER_GENERATIONS for sku, meant in generation.look_alikes.items()
}


def _meant_image(name: str) -> str:
    if "/" in name:
        return ""
    sku = name.rpartition(":")[2] or name
    if sku.lower() in _LOOK_ALIKES:
        return _LOOK_ALIKES[sku.lower()]
    same_year = tuple(name for name in (*_SKUS, *SHORT_NAMES) if name[:4] == sku[:4])
    if same_year:
        return nearest(sku, same_year)
    return next(filter(None, (nearest(sku, names) for names in _BY_GENERATION)), "")


IMAGE_NAME = NamedType(
    "image",
    lambda name: why_not_named_image(read_image(name), NEWEST),
    _meant_image,
    f"{', '.join(SHORT_NAMES)}, or their SKUs: {_SKUS[0]}",
    {"examples": [*_SKUS, *SHORT_NAMES]},
)
IMAGE_VERSION = NamedType(
    "image version",
    why_not_image_version,
    allowed="latest, or build.revision.date",
    schema={"pattern": r"^(latest|\d{5}\.\d+\.\d{6})$"},
)
GENERATION = one_of("generation of Windows Server", tuple(GENERATIONS))
