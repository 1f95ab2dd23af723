"""HP023: no maintenance schedule is attached to a machine with hotpatch, where it would stop all patching."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import PatchingMode, why_not_schedulable
from azure_hotpatch.domain.judging.dynamic_scope import lacks_operator
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import ENABLED, is_hotpatched
from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.record import MACHINES, Record
from azure_hotpatch.domain.judging.rule import Context, Rule
from azure_hotpatch.domain.judging.schedules import attachments, named


def check_links(record: Record, links: Links, context: Context) -> Iterator[Finding]:
    attached = attachments(record, links)
    if not attached or not is_hotpatched(record, context.catalogue):
        return
    certain = [each for each in attached if each.certain]
    if certain:
        message = f"{named(certain)} attached: {why_not_schedulable(PatchingMode.HOTPATCH)}"
        yield RULE.violation(record, record.prefix + ENABLED, message, "no schedule, or hotpatch off")
    else:
        unstated = any(lacks_operator(each.assignment) for each in attached)
        why = ": a filter has several tags and no filterOperator, Any or All" if unstated else ""
        yield RULE.unverifiable(
            record.prefix + ENABLED, f"whether {named(attached)} for this machine is not known{why}"
        )


RULE = Rule(
    id="HP023",
    name="hotpatch-has-no-schedule",
    summary="A maintenance schedule is attached to a machine with hotpatch, so nobody patches the machine.",
    remedy="Remove the assignment or narrow its filter; or give hotpatch up for the schedule: set enableHotpatching to "
    "false and bypassPlatformSafetyChecksOnUserSchedule to true (not in a scale set, where hotpatch cannot be off).",
    kinds=MACHINES,
    check_links=check_links,
)
