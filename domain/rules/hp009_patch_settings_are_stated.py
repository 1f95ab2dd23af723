"""HP009: a machine made from a hotpatch image states its patch settings."""

from collections.abc import Iterator

from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import SETTINGS
from azure_hotpatch.domain.judging.image_reference import is_hotpatch_image
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Context, Requirement, Rule


def check(record: Record, context: Context) -> Iterator[Finding]:
    if not record.machine(SETTINGS) and is_hotpatch_image(record, context.catalogue):
        message = "patchSettings are absent, and Azure refuses a hotpatch image without them"
        yield RULE.violation(record, record.prefix + SETTINGS, message, "patchSettings, complete")


RULE = Rule(
    id="HP009",
    name="patch-settings-are-stated",
    summary="A machine made from a hotpatch image has no patch settings.",
    remedy="State patchSettings with patchMode, assessmentMode and enableHotpatching; do not leave them to Azure.",
    hotpatch_requires=Requirement.CHANGEABLE,
    check=check,
)
