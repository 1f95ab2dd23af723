"""HP007: a machine with hotpatch keeps the platform's safety checks."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import PatchingMode, why_not_bypass_with_hotpatch
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import BYPASS, is_hotpatched
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Context, Requirement, Rule


def check(record: Record, context: Context) -> Iterator[Finding]:
    if context.modes.mode_of(record) is not PatchingMode.HOTPATCH:
        return  # then hotpatch is the wrong one of the two, which HP043 reports
    reason = why_not_bypass_with_hotpatch(record.machine(BYPASS))
    if reason and is_hotpatched(record, context.catalogue):
        yield RULE.violation(record, record.prefix + BYPASS, reason, "false, or absent")


RULE = Rule(
    id="HP007",
    name="safety-checks-are-kept-with-hotpatch",
    summary="The platform's safety checks are bypassed on a machine with hotpatch.",
    remedy="Set bypassPlatformSafetyChecksOnUserSchedule to false, or give hotpatch up for a window of your own.",
    hotpatch_requires=Requirement.CHANGEABLE,
    check=check,
)
