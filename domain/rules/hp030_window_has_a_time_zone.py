"""HP030: a maintenance window names its time zone as Windows does."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.maintenance import nearest_time_zone, why_not_time_zone
from azure_hotpatch.domain.azure.nearest import did_you_mean
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.maintenance_record import WINDOW, is_in_guest
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Rule

PATH = f"{WINDOW}.timeZone"


def check(record: Record, _: Context) -> Iterator[Finding]:
    if not is_in_guest(record) or not record.peek(WINDOW):
        return
    value = record.read(PATH)
    reason = "timeZone is absent" if value is None else why_not_time_zone(str(value))
    if reason:
        reason += did_you_mean(nearest_time_zone(str(value)))
        yield RULE.violation(record, PATH, reason, "a Windows time zone, such as UTC or W. Europe Standard Time")


RULE = Rule(
    id="HP030",
    name="window-has-a-time-zone",
    summary="The maintenance window has no time zone that Azure knows.",
    remedy="Set timeZone to a name that [System.TimeZoneInfo]::GetSystemTimeZones() prints.",
    kinds=frozenset({Kind.MAINTENANCE_CONFIGURATION}),
    check=check,
)
