"""HP046: a machine with hotpatch restarts where an update requires it, not after every one."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import why_not_only_when_required
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import REBOOT_SETTING, is_hotpatched
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Context, Rule, Severity


def check(record: Record, context: Context) -> Iterator[Finding]:
    reason = why_not_only_when_required(record.machine(REBOOT_SETTING))
    if reason and is_hotpatched(record, context.catalogue):
        yield RULE.violation(record, record.prefix + REBOOT_SETTING, reason, "IfRequired")


RULE = Rule(
    id="HP046",
    name="hotpatch-restarts-when-required",
    summary="A machine with hotpatch restarts after every update, whether or not the update requires it.",
    remedy="Set rebootSetting to IfRequired.",
    severity=Severity.WARNING,
    check=check,
)
