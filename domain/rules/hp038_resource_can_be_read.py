"""HP038: a resource that may hold a machine can be read; otherwise it is reported as unverified, never as valid."""

from collections.abc import Iterator

from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Audience, Context, Rule


def check(record: Record, _: Context) -> Iterator[Finding]:
    why = record.unreadable or "the resource may hold a machine and cannot be read"
    yield RULE.unverifiable(record.origin, why, RULE.remedy)


RULE = Rule(
    id="HP038",
    name="resource-can-be-read",
    summary="A resource may hold a machine, and cannot be read.",
    remedy="Declare its contents as resources, or as a template with literal values; if it holds no machine, waive the "
    "rule for it.",
    kinds=frozenset({Kind.OPAQUE}),
    audience=Audience.EVERY,
    check=check,
)
