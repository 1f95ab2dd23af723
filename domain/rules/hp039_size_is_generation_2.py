"""HP039: the machine's size can run a generation 2 image, as every hotpatch image is."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.sizes import why_not_size
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.image_reference import is_no_hotpatch_image
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Audience, Context, Rule, Severity

PATHS = {Kind.VIRTUAL_MACHINE: "hardwareProfile.vmSize", Kind.SCALE_SET: "sku.name"}


def check(record: Record, context: Context) -> Iterator[Finding]:
    path = PATHS[record.kind]
    size = record.read(path)
    reason = why_not_size(size) if isinstance(size, str) else None
    if reason and not is_no_hotpatch_image(record, context.catalogue):
        yield RULE.violation(record, path, reason, "an x64 size with generation 2, such as Standard_D2s_v5")


RULE = Rule(
    id="HP039",
    name="size-is-generation-2",
    summary="The size cannot run a hotpatch image.",
    remedy="Choose an x64 size that supports generation 2.",
    severity=Severity.WARNING,
    audience=Audience.WINDOWS,
    check=check,
)
