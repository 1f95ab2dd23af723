"""HP010: the operating system comes from an image, not from a disk that was attached, copied or restored."""

from collections.abc import Iterator

from azure_hotpatch.domain.judging.audience import CREATE_OPTION, comes_from_a_disk
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Audience, Context, Requirement, Rule


def check(record: Record, _: Context) -> Iterator[Finding]:
    record.machine(CREATE_OPTION)
    if comes_from_a_disk(record):
        message = "the operating system comes from a disk, and Azure then accepts no osProfile with patch settings"
        yield RULE.violation(record, record.prefix + CREATE_OPTION, message, "FromImage")


RULE = Rule(
    id="HP010",
    name="os-disk-comes-from-an-image",
    summary="Hotpatch cannot be asserted of a machine whose operating system comes from a disk.",
    remedy="Make the machine from a marketplace image (createOption FromImage) and attach the old disk as a data disk.",
    kinds=frozenset({Kind.VIRTUAL_MACHINE}),
    audience=Audience.WINDOWS,
    hotpatch_requires=Requirement.FIXED,
    check=check,
)
