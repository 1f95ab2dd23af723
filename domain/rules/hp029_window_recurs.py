"""HP029: the recurrence of a maintenance window is one that Azure can read."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.maintenance import why_not_recurrence
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.maintenance_record import WINDOW, is_in_guest
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Rule

PATH = f"{WINDOW}.recurEvery"


def check(record: Record, _: Context) -> Iterator[Finding]:
    if not is_in_guest(record):
        return
    value = record.read(PATH)
    reason = why_not_recurrence(str(value)) if value is not None else None
    if reason:
        yield RULE.violation(
            record, PATH, reason, "nDays, nWeeks Mon,…, nMonths dayN,… or nMonths Second Tuesday OffsetN"
        )


RULE = Rule(
    id="HP029",
    name="window-recurs",
    summary="Azure cannot read how often the maintenance window recurs.",
    remedy="Write recurEvery as Day, 2Weeks Monday, Month day1 or Month Second Tuesday Offset4.",
    kinds=frozenset({Kind.MAINTENANCE_CONFIGURATION}),
    check=check,
)
