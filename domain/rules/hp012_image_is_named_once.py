"""HP012: a machine names its image in one way, so that what is judged is what is deployed."""

from collections.abc import Iterator, Sequence

from azure_hotpatch.domain.azure.images import PARTS
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.image_reference import BLOB, REFERENCE, named_ids
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Audience, Context, Requirement, Rule


def check(record: Record, _: Context) -> Iterator[Finding]:
    ids = [f"{REFERENCE}.{name}" for name in named_ids(record)]
    ids += [BLOB] if isinstance(record.peek_machine(BLOB), str) else []
    parts = [part for part in PARTS if isinstance(record.peek_machine(f"{REFERENCE}.{part}"), str)]
    if len(ids) + bool(parts) > 1:
        names = [*(path.removeprefix(f"{REFERENCE}.") for path in ids), *parts[:1]]
        message = f"the image is named by {' and by '.join(names)}, and only one of them can be meant"
        yield RULE.violation(
            record, record.prefix + ids[0], message, "publisher, offer and SKU alone", remedy=_remedy(ids)
        )
    yield from RULE.unknowns(record, (record.prefix + BLOB,))


def _remedy(ids: Sequence[str]) -> str:
    return f"Name the image by publisher, offer and SKU alone: remove {' and '.join(ids)}."


RULE = Rule(
    id="HP012",
    name="image-is-named-once",
    summary="The image is named in more than one way.",
    remedy="Keep publisher, offer and SKU, and remove what else names an image.",
    audience=Audience.WINDOWS,
    hotpatch_requires=Requirement.FIXED,
    check=check,
)
