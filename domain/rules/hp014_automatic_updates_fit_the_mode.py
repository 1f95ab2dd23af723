"""HP014: enableAutomaticUpdates and the patch mode do not contradict each other."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import why_not_automatic_updates
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import AUTOMATIC_UPDATES, PATCH_MODE
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Context, Rule


def check(record: Record, _: Context) -> Iterator[Finding]:
    enabled = record.machine(AUTOMATIC_UPDATES)
    reason = why_not_automatic_updates(enabled, record.peek_machine(PATCH_MODE))
    if reason:
        yield RULE.violation(record, record.prefix + AUTOMATIC_UPDATES, reason, "true, with AutomaticByPlatform")


RULE = Rule(
    id="HP014",
    name="automatic-updates-fit-the-mode",
    summary="enableAutomaticUpdates contradicts the patch mode.",
    remedy="Set enableAutomaticUpdates to true and patchMode to AutomaticByPlatform.",
    check=check,
)
