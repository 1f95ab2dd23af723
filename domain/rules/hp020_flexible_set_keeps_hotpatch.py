"""HP020: a scale set on a hotpatch image sets hotpatch on, in every update."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import why_not_hotpatching
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import ENABLED
from azure_hotpatch.domain.judging.image_reference import is_hotpatch_image, is_no_hotpatch_image
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Requirement, Rule


def check(record: Record, context: Context) -> Iterator[Finding]:
    enabled = record.machine(ENABLED)
    if enabled is None and is_hotpatch_image(record, context.catalogue):
        message = "enableHotpatching is absent, and Azure requires it of a scale set on a hotpatch image"
        yield RULE.violation(record, record.prefix + ENABLED, message, "true")
    elif why_not_hotpatching(enabled) and not is_no_hotpatch_image(record, context.catalogue):
        message = "enableHotpatching is not true, and it can never be off in a scale set on a hotpatch image"
        yield RULE.violation(record, record.prefix + ENABLED, message, "true")


RULE = Rule(
    id="HP020",
    name="flexible-set-keeps-hotpatch",
    summary="A scale set on a hotpatch image does not set hotpatch on.",
    remedy="Set enableHotpatching to true, and keep it in every update of the set.",
    kinds=frozenset({Kind.SCALE_SET}),
    hotpatch_requires=Requirement.CHANGEABLE,
    check=check,
)
