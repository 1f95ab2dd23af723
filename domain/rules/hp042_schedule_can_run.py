"""HP042: a schedule that is attached to a machine can run there; if it cannot, nobody patches the machine."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.scheduling import why_not_scheduled_by_bypass, why_not_scheduled_by_mode
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import BYPASS, PATCH_MODE, is_surely_hotpatched
from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.record import MACHINES, Record
from azure_hotpatch.domain.judging.rule import Context, Rule
from azure_hotpatch.domain.judging.schedules import attachments, named

CONDITIONS = (
    (PATCH_MODE, why_not_scheduled_by_mode, "AutomaticByPlatform, or no schedule"),
    (BYPASS, why_not_scheduled_by_bypass, "true, or no schedule"),
)


def check_links(record: Record, links: Links, context: Context) -> Iterator[Finding]:
    attached = attachments(record, links)
    if not attached or is_surely_hotpatched(record, context.catalogue):
        return  # HP023 reports it: with hotpatch no schedule can run
    certain = [each for each in attached if each.certain]
    for path, why_not, allowed in CONDITIONS:
        reason = why_not(record.machine(path))
        if reason and certain:
            yield RULE.violation(record, record.prefix + path, f"{named(certain)} attached and {reason}", allowed)
            return
        if reason:
            yield RULE.unverifiable(record.prefix + path, f"whether {named(attached)} for this machine is not known")
            return


RULE = Rule(
    id="HP042",
    name="schedule-can-run",
    summary="A schedule is attached to a machine on which it cannot run, so nobody patches the machine.",
    remedy="Set patchMode to AutomaticByPlatform and bypassPlatformSafetyChecksOnUserSchedule to true, "
    "or remove the assignment.",
    kinds=MACHINES,
    check_links=check_links,
)
