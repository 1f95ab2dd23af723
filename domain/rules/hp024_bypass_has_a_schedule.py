"""HP024: a machine that bypasses the platform's checks has a schedule, for nothing else patches it."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.coercion import as_bool
from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import BYPASS, ENABLED, is_surely_hotpatched
from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.record import MACHINES, Record
from azure_hotpatch.domain.judging.rule import Context, Rule
from azure_hotpatch.domain.judging.schedules import attachments, named


def check_links(record: Record, links: Links, context: Context) -> Iterator[Finding]:
    mode = context.modes.mode_of(record)
    if mode is PatchingMode.PAUSED or not as_bool(record.peek_machine(BYPASS)):
        return  # the mode declares that nobody patches the machine; HP007 reports an unknown bypass
    on = as_bool(record.peek_machine(ENABLED))
    if on or (mode is PatchingMode.HOTPATCH and is_surely_hotpatched(record, context.catalogue)):
        return  # HP007 reports that the two conflict, also where Azure turns hotpatch on by default
    attached = attachments(record, links)
    if not attached and not context.schedules_seen:
        remedy = "Give the assignments of the machine's schedules in the same file."
        yield RULE.unverifiable(record.prefix + BYPASS, "the file holds no assignment of a schedule", remedy)
    elif not attached:
        message = "bypassPlatformSafetyChecksOnUserSchedule is true and no schedule is attached, so nobody patches it"
        yield RULE.violation(record, record.prefix + BYPASS, message, "false, or a schedule")
    elif not any(each.certain for each in attached):
        yield RULE.unverifiable(record.prefix + BYPASS, f"whether {named(attached)} for this machine is not known")


RULE = Rule(
    id="HP024",
    name="bypass-has-a-schedule",
    summary="The platform's checks are bypassed and no schedule is attached, so nobody patches the machine.",
    remedy="Attach an in-guest maintenance configuration, set bypassPlatformSafetyChecksOnUserSchedule to false, "
    "or declare the mode paused.",
    kinds=MACHINES,
    check_links=check_links,
)
