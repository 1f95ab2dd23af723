"""HP024: a machine that bypasses the platform's checks has a schedule, for nothing else patches it."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.coercion import as_bool
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import BYPASS, ENABLED
from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Rule
from azure_hotpatch.domain.judging.schedules import attachments


def check_links(record: Record, links: Links, _: Context) -> Iterator[Finding]:
    # With hotpatch, HP007 says that the two exclude each other; an unknown bypass is HP007's too.
    if not as_bool(record.peek_machine(BYPASS)) or as_bool(record.peek_machine(ENABLED)):
        return
    attached = attachments(record, links)
    if not attached:
        message = "bypassPlatformSafetyChecksOnUserSchedule is true and no schedule is attached, so nothing patches it"
        yield RULE.violation(record, record.prefix + BYPASS, message, "false, or a schedule")
    elif not any(each.certain for each in attached):
        names = ", ".join(repr(each.assignment.name) for each in attached)
        yield RULE.unverifiable(record.prefix + BYPASS, f"whether {names} is a schedule for this machine is not known")


RULE = Rule(
    id="HP024",
    name="bypass-has-a-schedule",
    summary="The platform's checks are bypassed and no schedule is attached, so nothing patches the machine.",
    remedy="Attach an in-guest maintenance configuration, or set bypassPlatformSafetyChecksOnUserSchedule to false.",
    kinds=frozenset({Kind.VIRTUAL_MACHINE}),
    check_links=check_links,
)
