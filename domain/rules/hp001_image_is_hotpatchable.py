"""HP001: a machine is made from a marketplace image that can be hotpatched and that the stack accepts."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.images import PARTS, accepted_names, image_of_id, wrong_part
from azure_hotpatch.domain.judging.audience import comes_from_a_disk
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.image_reference import (
    MARKETPLACE_IMAGE,
    REFERENCE,
    image_parts,
    names_a_custom_image,
    names_an_image,
    refusing_setting,
)
from azure_hotpatch.domain.judging.record import Record, Unknown
from azure_hotpatch.domain.judging.rule import Audience, Context, Requirement, Rule


def check(record: Record, context: Context) -> Iterator[Finding]:
    reference = f"{record.prefix}{REFERENCE}"
    record.read(reference)
    parts = image_parts(record)
    known = tuple(part if isinstance(part, str) else None for part in parts)
    wrong = wrong_part(known, context.catalogue)
    if wrong:
        path, remedy = _path(record, wrong.part), refusing_setting(known, context.catalogue)
        yield RULE.violation(record, path, wrong.reason, wrong.allowed, remedy=remedy)
        return
    yield from RULE.unknowns(record, (f"{reference}.id", *(f"{reference}.{part}" for part in PARTS)))
    if not names_an_image(record) and (names_a_custom_image(record) or comes_from_a_disk(record)):
        return  # HP002 and HP010 report these
    image_id = record.peek(f"{reference}.id")
    if isinstance(image_id, str) and not names_an_image(record):
        yield RULE.violation(record, f"{reference}.id", "the id of the image is empty", MARKETPLACE_IMAGE)
    elif not isinstance(image_id, Unknown):
        for name, part in zip(PARTS, parts, strict=True):
            if not isinstance(part, str | Unknown):
                allowed = accepted_names(name, context.catalogue)
                yield RULE.violation(record, f"{reference}.{name}", f"{name} of the image is absent", allowed)
                return


def _path(record: Record, part: str) -> str:
    """The path of a part: the image's id, or its own property."""
    image_id = record.peek_machine(f"{REFERENCE}.id")
    in_id = isinstance(image_id, str) and image_of_id(image_id)
    return f"{record.prefix}{REFERENCE}.{'id' if in_id else part}"


RULE = Rule(
    id="HP001",
    name="image-is-hotpatchable",
    summary="The image is not one that can be hotpatched and that this stack accepts.",
    remedy="Name publisher, offer and SKU of an accepted image; a new image means a new machine.",
    audience=Audience.WINDOWS,
    hotpatch_requires=Requirement.FIXED,
    check=check,
)
