"""HP028: a maintenance window for updates in the guest lasts as long as Azure takes."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.maintenance import why_not_duration
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.maintenance_record import WINDOW, is_in_guest
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Rule

PATH = f"{WINDOW}.duration"


def check(record: Record, _: Context) -> Iterator[Finding]:
    if not is_in_guest(record):
        return
    value = record.read(PATH)
    reason = why_not_duration(str(value)) if value is not None else None
    if reason:
        yield RULE.violation(record, PATH, reason, "01:30 to 03:55")


RULE = Rule(
    id="HP028",
    name="window-lasts-long-enough",
    summary="The maintenance window is shorter or longer than Azure takes.",
    remedy="Set duration to HH:mm, from 01:30 to 03:55.",
    kinds=frozenset({Kind.MAINTENANCE_CONFIGURATION}),
    check=check,
)
