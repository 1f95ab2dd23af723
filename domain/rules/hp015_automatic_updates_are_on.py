"""HP015: enableAutomaticUpdates, which is fixed when a machine is made, is on."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import why_not_patch_mode, why_not_updates_off_for_good
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import AUTOMATIC_UPDATES, PATCH_MODE
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Context, Rule, Severity


def check(record: Record, _: Context) -> Iterator[Finding]:
    reason = why_not_updates_off_for_good(record.machine(AUTOMATIC_UPDATES))
    if reason and not why_not_patch_mode(record.peek_machine(PATCH_MODE)):
        yield RULE.violation(record, record.prefix + AUTOMATIC_UPDATES, reason, "true, or absent")


RULE = Rule(
    id="HP015",
    name="automatic-updates-are-on",
    summary="enableAutomaticUpdates is off, which cannot be changed later.",
    remedy="Set enableAutomaticUpdates to true before the machine is made; a machine that exists has to be replaced.",
    severity=Severity.WARNING,
    check=check,
)
