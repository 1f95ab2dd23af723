"""HP039: the machine's size can run a generation 2 image, as every hotpatch image is."""

from collections.abc import Iterator, Sequence

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.azure.sizes import why_not_size
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.image_reference import is_no_hotpatch_image
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Audience, Context, Rule, Severity

# Where a record has its one size, and where the sizes among which Azure chooses (a fleet, an instance mix).
ONE = {Kind.VIRTUAL_MACHINE: "hardwareProfile.vmSize", Kind.SCALE_SET: "sku.name"}
SEVERAL = {Kind.VIRTUAL_MACHINE: "vmSizesProfile", Kind.SCALE_SET: "skuProfile.vmSizes"}


def check(record: Record, context: Context) -> Iterator[Finding]:
    for path in _paths(record):
        size = record.peek(path)
        reason = why_not_size(size) if isinstance(size, str) else None
        if reason and not is_no_hotpatch_image(record, context.catalogue):
            yield RULE.violation(record, path, reason, "an x64 size with generation 2, such as Standard_D2s_v5")
        yield from RULE.unknowns(record, (path,))


def _paths(record: Record) -> Iterator[str]:
    one = ONE[record.kind]
    written = record.read(one)
    # "Instance mix": the set's size is then Mix, and its sizes are in skuProfile.
    if written is not None and as_word(written) != "mix":
        yield one
        return
    sizes = record.read(SEVERAL[record.kind])
    count = len(sizes) if isinstance(sizes, Sequence) and not isinstance(sizes, str) else 0
    yield from (f"{SEVERAL[record.kind]}[{index}].name" for index in range(count))


RULE = Rule(
    id="HP039",
    name="size-is-generation-2",
    summary="The size cannot run a hotpatch image.",
    remedy="Choose an x64 size that supports generation 2.",
    severity=Severity.WARNING,
    audience=Audience.WINDOWS,
    check=check,
)
