"""HP002: a machine is not made from a managed, gallery, shared, community or container image, or a VHD."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.images import why_not_image_id, why_not_vhd
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.image_reference import BLOB, IDS, MARKETPLACE_IMAGE, REFERENCE, named_ids
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Audience, Context, Requirement, Rule


def check(record: Record, _: Context) -> Iterator[Finding]:
    reference = f"{record.prefix}{REFERENCE}"
    for name in named_ids(record):
        reason = why_not_image_id(record.read(f"{reference}.{name}"))
        if reason:
            yield RULE.violation(record, f"{reference}.{name}", reason, MARKETPLACE_IMAGE)
    reason = why_not_vhd(record.peek_machine(BLOB))
    if reason:
        yield RULE.violation(record, record.prefix + BLOB, reason, MARKETPLACE_IMAGE)
    yield from RULE.unknowns(record, tuple(f"{reference}.{name}" for name in IDS))


RULE = Rule(
    id="HP002",
    name="image-is-not-custom",
    summary="A custom image cannot be hotpatched, whatever it was built from.",
    remedy="Make the machine from a marketplace image by publisher, offer and SKU, and configure it after its start.",
    audience=Audience.WINDOWS,
    hotpatch_requires=Requirement.FIXED,
    check=check,
)
