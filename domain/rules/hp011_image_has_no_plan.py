"""HP011: the image is Microsoft's own and has no purchase plan."""

from collections.abc import Iterator, Mapping

from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Audience, Context, Requirement, Rule

PLAN = "plan"


def check(record: Record, _: Context) -> Iterator[Finding]:
    plan = record.read(PLAN)
    if isinstance(plan, Mapping) and any(plan.values()):
        message = "the machine has a purchase plan, and no hotpatch image is sold with one"
        yield RULE.violation(record, PLAN, message, "absent")


RULE = Rule(
    id="HP011",
    name="image-has-no-plan",
    summary="A machine with a purchase plan is made from an image that cannot be hotpatched.",
    remedy="Remove the plan, and name a Windows Server Azure Edition image of Microsoft's own.",
    audience=Audience.WINDOWS,
    hotpatch_requires=Requirement.FIXED,
    check=check,
)
