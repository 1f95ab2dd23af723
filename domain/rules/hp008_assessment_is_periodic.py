"""HP008: Azure looks for missing updates every day."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import why_not_assessment_mode
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import ASSESSMENT_MODE
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Context, Rule, Severity


def check(record: Record, _: Context) -> Iterator[Finding]:
    reason = why_not_assessment_mode(record.machine(ASSESSMENT_MODE))
    if reason:
        yield RULE.violation(record, record.prefix + ASSESSMENT_MODE, reason, "AutomaticByPlatform")


RULE = Rule(
    id="HP008",
    name="assessment-is-periodic",
    summary="The machine is not assessed for missing updates every day.",
    remedy="Set assessmentMode to AutomaticByPlatform.",
    severity=Severity.WARNING,
    check=check,
)
