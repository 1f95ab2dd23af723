"""HP038: what may hold a machine can be read; what cannot is said to be unverified, never fine."""

from collections.abc import Iterator

from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Audience, Context, Rule


def check(record: Record, _: Context) -> Iterator[Finding]:
    yield RULE.unverifiable(record.origin, record.unreadable or "the resource may hold a machine and cannot be read")


RULE = Rule(
    id="HP038",
    name="resource-can-be-read",
    summary="A resource may hold a machine, and cannot be read.",
    remedy="Write the machine where it can be read: as a resource, or in a template with literal values.",
    kinds=frozenset({Kind.OPAQUE}),
    audience=Audience.EVERY,
    check=check,
)
