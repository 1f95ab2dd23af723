"""HP044: a machine whose patching is paused has no schedule, because a schedule would still run."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import BYPASS
from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Rule
from azure_hotpatch.domain.judging.schedules import attachments, named


def check_links(record: Record, links: Links, context: Context) -> Iterator[Finding]:
    if context.modes.mode_of(record) is not PatchingMode.PAUSED:
        return
    attached = attachments(record, links)
    certain = [each for each in attached if each.certain]
    if certain:
        message = f"{named(certain)} attached to a machine that is declared to be paused, and patches it"
        yield RULE.violation(record, record.prefix + BYPASS, message, "no schedule")
    elif attached:
        yield RULE.unverifiable(record.prefix + BYPASS, f"whether {named(attached)} for this machine is not known")


RULE = Rule(
    id="HP044",
    name="paused-machine-has-no-schedule",
    summary="A schedule is attached to a machine whose patching is paused, and patches it.",
    remedy="Remove the assignment or narrow its filter while the machine is paused.",
    kinds=frozenset({Kind.VIRTUAL_MACHINE}),
    check_links=check_links,
)
