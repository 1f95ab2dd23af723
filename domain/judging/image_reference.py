"""Read which image a machine's record names: a marketplace image, an id, or none."""

from collections.abc import Sequence
from typing import Any

from azure_hotpatch.domain.azure.images import (
    HOTPATCH_IMAGES,
    PARTS,
    WHOLE_CATALOGUE,
    Catalogue,
    image_of_id,
    wrong_part,
)
from azure_hotpatch.domain.azure.server_generations import generation_of_sku
from azure_hotpatch.domain.judging.record import Record, Unknown

REFERENCE = "storageProfile.imageReference"
IDS = ("id", "sharedGalleryImageId", "communityGalleryImageId")
MARKETPLACE_IMAGE = "publisher, offer and SKU of a marketplace image"  # what is allowed instead of another
# A VHD in a storage account, from which Azure makes the disk of an unmanaged machine.
BLOB = "storageProfile.osDisk.image.uri"


def image_parts(record: Record) -> tuple[Any, ...]:
    """Publisher, offer and SKU, out of the id of a marketplace image where there is one: value, None or Unknown."""
    image_id = record.peek_machine(f"{REFERENCE}.id")
    image = image_of_id(image_id) if isinstance(image_id, str) else None
    if image:
        return (image.publisher, image.offer, image.sku)
    return tuple(record.peek_machine(f"{REFERENCE}.{part}") for part in PARTS)


def named_ids(record: Record) -> list[str]:
    """Which of an image reference's ids are strings, by ARM's name."""
    return [name for name in IDS if _written(record.peek_machine(f"{REFERENCE}.{name}"))]


def names_a_custom_image(record: Record) -> bool:
    """Whether an id or a VHD names the image; one that is not known yet names it too."""
    blob = record.peek_machine(BLOB)
    return bool(named_ids(record)) or isinstance(blob, Unknown) or _written(blob)


def names_an_image(record: Record) -> bool:
    """Whether any part of a marketplace image is set, or may be."""
    return any(part is not None for part in image_parts(record))


def is_hotpatch_image(record: Record, catalogue: Catalogue) -> bool:
    """Whether Azure takes the image for a hotpatch image, whether or not the stack accepts it.

    Raises UnknownValueError where that is unknown.
    """
    if names_a_custom_image(record) and not names_an_image(record):
        return False
    parts = image_parts(record)
    known = tuple(part if isinstance(part, str) else None for part in parts)
    if wrong_part(known, catalogue) and wrong_part(known, WHOLE_CATALOGUE):
        return False
    for name, part in zip(PARTS, parts, strict=True):
        if isinstance(part, Unknown):
            record.machine(f"{REFERENCE}.{name}")
    return None not in known


def is_no_hotpatch_image(record: Record, catalogue: Catalogue) -> bool:
    """Whether the image is known not to be a hotpatch image; False where that is unknown."""
    known = tuple(part if isinstance(part, str) else None for part in image_parts(record))
    if wrong_part(known, catalogue) and wrong_part(known, WHOLE_CATALOGUE):
        return True
    return names_a_custom_image(record) and not names_an_image(record)


def refusing_setting(parts: Sequence[str | None], catalogue: Catalogue) -> str:
    """What to set so that a hotpatch image that is refused is accepted, or nothing where it is no hotpatch image."""
    if None in parts or wrong_part(parts, WHOLE_CATALOGUE):
        return ""
    year = generation_of_sku(str(parts[-1]))
    if year is None or any(image in catalogue for image in HOTPATCH_IMAGES[year]):
        return "Name an accepted image, or take this one out of hotpatch.refusedImages in the pack's configuration."
    return (
        f'Set generation to "{year}" in the stack\'s setting azure-hotpatch:images, or hotpatch.generation in the '
        "pack's configuration; or name an accepted image."
    )


def _written(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
