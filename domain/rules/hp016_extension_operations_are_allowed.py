"""HP016: Azure may run extensions on the machine, which is how it patches."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import why_not_extension_operations
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import EXTENSION_OPERATIONS
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Context, Requirement, Rule


def check(record: Record, _: Context) -> Iterator[Finding]:
    reason = why_not_extension_operations(record.machine(EXTENSION_OPERATIONS))
    if reason:
        yield RULE.violation(record, record.prefix + EXTENSION_OPERATIONS, reason, "true, or absent")


RULE = Rule(
    id="HP016",
    name="extension-operations-are-allowed",
    summary="Azure may not run the extensions with which it patches.",
    remedy="Set allowExtensionOperations to true, or leave it out.",
    hotpatch_requires=Requirement.CHANGEABLE,
    check=check,
)
