"""HP005: Azure patches the guest, which is what hotpatch and every schedule need."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import why_not_patch_mode
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import PATCH_MODE
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Context, Requirement, Rule


def check(record: Record, _: Context) -> Iterator[Finding]:
    reason = why_not_patch_mode(record.machine(PATCH_MODE))
    if reason:
        yield RULE.violation(record, record.prefix + PATCH_MODE, reason, "AutomaticByPlatform")


RULE = Rule(
    id="HP005",
    name="patch-mode-is-automatic-by-platform",
    summary="The patch mode is not AutomaticByPlatform.",
    remedy="Set patchMode to AutomaticByPlatform.",
    hotpatch_requires=Requirement.CHANGEABLE,
    check=check,
)
