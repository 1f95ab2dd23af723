"""HP018: the machine may be restarted, so that a baseline is finished and hotpatches follow on it."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import why_not_restarting
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import REBOOT_SETTING
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Context, Rule, Severity


def check(record: Record, _: Context) -> Iterator[Finding]:
    reason = why_not_restarting(record.machine(REBOOT_SETTING))
    if reason:
        yield RULE.violation(record, record.prefix + REBOOT_SETTING, reason, "IfRequired or Always")


RULE = Rule(
    id="HP018",
    name="machine-may-restart",
    summary="The machine is never restarted, so a baseline is never finished.",
    remedy="Set rebootSetting to IfRequired.",
    severity=Severity.WARNING,
    check=check,
)
