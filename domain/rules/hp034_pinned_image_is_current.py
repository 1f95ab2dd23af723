"""HP034: a pinned image holds the current baseline, so that its machine gets hotpatches from the first month."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.calendar import why_stale
from azure_hotpatch.domain.azure.images import image_of_id
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.image_reference import REFERENCE
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Audience, Context, Rule, Severity


def check(record: Record, context: Context) -> Iterator[Finding]:
    image_id = record.peek_machine(f"{REFERENCE}.id")
    image = image_of_id(image_id) if isinstance(image_id, str) else None
    path = f"{record.prefix}{REFERENCE}.{'id' if image else 'version'}"
    version = image.version if image else record.read(path)
    reason = why_stale(version, context.today, context.calendar) if isinstance(version, str) else None
    if reason:
        yield RULE.violation(record, path, reason, "latest, or a version with the current baseline")


RULE = Rule(
    id="HP034",
    name="pinned-image-is-current",
    summary="The pinned image is older than the current baseline.",
    remedy="Pin a newer version, or latest; a machine that exists keeps its own updates and need not be replaced.",
    severity=Severity.WARNING,
    audience=Audience.WINDOWS,
    check=check,
)
