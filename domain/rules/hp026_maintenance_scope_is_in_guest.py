"""HP026: a maintenance configuration that installs updates has the scope that installs them."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.maintenance import IN_GUEST_PATCH
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.maintenance_record import SCOPE, is_in_guest, means_in_guest
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Rule


def check(record: Record, _: Context) -> Iterator[Finding]:
    if is_in_guest(record) or not means_in_guest(record):
        return
    scope = "absent, which Azure takes as Host" if record.peek(SCOPE) is None else record.shown(SCOPE)
    message = f"the configuration says what to install in the guest, and maintenanceScope is {scope}"
    yield RULE.violation(record, SCOPE, message, IN_GUEST_PATCH)


RULE = Rule(
    id="HP026",
    name="maintenance-scope-is-in-guest",
    summary="A maintenance configuration for updates in the guest has another scope, so it installs nothing.",
    remedy="Set maintenanceScope to InGuestPatch.",
    kinds=frozenset({Kind.MAINTENANCE_CONFIGURATION}),
    check=check,
)
