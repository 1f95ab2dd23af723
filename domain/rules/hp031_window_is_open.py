"""HP031: a maintenance window has a start that Azure takes, and has not expired."""

from collections.abc import Iterator
from datetime import timedelta

from azure_hotpatch.domain.azure.maintenance import is_over, why_not_expiration, why_not_start
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.maintenance_record import WINDOW, is_in_guest
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Rule

START = f"{WINDOW}.startDateTime"
EXPIRATION = f"{WINDOW}.expirationDateTime"
TIME_ZONE = f"{WINDOW}.timeZone"


def check(record: Record, context: Context) -> Iterator[Finding]:
    if not is_in_guest(record) or not record.peek(WINDOW):
        return
    yield from RULE.unknowns(record, (START, EXPIRATION))
    start, expiration, zone = record.peek(START), record.peek(EXPIRATION), record.peek(TIME_ZONE)
    zone = zone if isinstance(zone, str) else ""  # HP030 reports what is invalid in it
    reason = "startDateTime is absent" if start is None else None
    if isinstance(start, str):
        reason = why_not_start(start, time_zone=zone)
    if reason:
        yield RULE.violation(record, START, reason, "YYYY-MM-DD hh:mm, a time that exists in the time zone")
    if not isinstance(expiration, str):
        return
    reason = why_not_expiration(expiration, start if isinstance(start, str) else "")
    # Without its time zone a time is known to the day only.
    if reason is None and is_over(expiration, context.today - timedelta(days=not zone), zone):
        reason = f"the window expired at {expiration!r}, and installs nothing any more"
    if reason:
        yield RULE.violation(record, EXPIRATION, reason, "a moment to come, or absent")


RULE = Rule(
    id="HP031",
    name="window-is-open",
    summary="The maintenance window does not start when Azure can start it, or has expired.",
    remedy="Set startDateTime to a time that exists, and leave expirationDateTime out or set it to a moment to come.",
    kinds=frozenset({Kind.MAINTENANCE_CONFIGURATION}),
    check=check,
)
