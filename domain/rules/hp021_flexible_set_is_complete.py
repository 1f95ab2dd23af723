"""HP021: a Flexible scale set has every property that Azure requires, and none that it refuses."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure import scale_sets
from azure_hotpatch.domain.azure.coercion import as_int
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.record import Kind, Record, Unknown
from azure_hotpatch.domain.judging.rule import Audience, Context, Rule

COUNT = "platformFaultDomainCount"
SINGLE = "singlePlacementGroup"
REQUIREMENTS = (
    (COUNT, scale_sets.why_not_fault_domain_count, "1, 2 or 3"),
    (
        "virtualMachineProfile.networkProfile.networkApiVersion",
        scale_sets.why_not_network_api_version,
        "2020-11-01 or 2022-11-01",
    ),
    ("identity.type", scale_sets.why_not_identity, "UserAssigned"),
    (
        "upgradePolicy.automaticOSUpgradePolicy.enableAutomaticOSUpgrade",
        scale_sets.why_not_automatic_image_upgrade,
        "false, or absent",
    ),
)


def check(record: Record, _: Context) -> Iterator[Finding]:
    if not scale_sets.is_flexible(record.read("orchestrationMode")):
        return
    for path, why_not, allowed in REQUIREMENTS:
        value = record.peek(path)
        if isinstance(value, Unknown):
            yield from RULE.unknowns(record, (path,))
            continue
        reason = why_not(value)
        if reason:
            yield RULE.violation(record, path, reason, allowed)
    zones, count = record.peek("zones"), as_int(record.peek(COUNT))
    reason = scale_sets.why_not_in_zones(zones, count) if isinstance(zones, list) and count else None
    if reason:
        yield RULE.violation(
            record, COUNT, reason, "1 with zones; 2 or 3 without", remedy=f"Set {COUNT} to 1, or remove zones."
        )
    reason = scale_sets.why_not_single_placement_group(record.read(SINGLE), record.peek(COUNT))
    if reason:
        yield RULE.violation(record, SINGLE, reason, "false")


RULE = Rule(
    id="HP021",
    name="flexible-set-is-complete",
    summary="A Flexible scale set lacks a property that Azure requires, or has one that it refuses.",
    remedy="Set the property that the finding names to an allowed value.",
    kinds=frozenset({Kind.SCALE_SET}),
    audience=Audience.WINDOWS,
    check=check,
)
