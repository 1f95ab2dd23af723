"""HP003: a scale set is Flexible; what runs on it does not matter."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.scale_sets import INSTANCE_OF_UNIFORM, why_not_orchestration_mode
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Audience, Context, Requirement, Rule

MODE = "orchestrationMode"
ORCHESTRATED = "OrchestratedVirtualMachineScaleSet (azurerm_orchestrated_virtual_machine_scale_set)"


def check(record: Record, _: Context) -> Iterator[Finding]:
    if record.kind is Kind.SCALE_SET_INSTANCE:
        yield RULE.violation(record, "", INSTANCE_OF_UNIFORM, "a machine of a Flexible scale set", record.type)
        return
    reason = why_not_orchestration_mode(record.read(MODE))
    if reason and record.spelling and MODE not in record.spelling:
        # azurerm has a type for each mode, so that there is no property to set.
        yield RULE.violation(record, "", reason, ORCHESTRATED, record.type, f"Use {ORCHESTRATED} instead of this type.")
    elif reason:
        yield RULE.violation(record, MODE, reason, "Flexible")


RULE = Rule(
    id="HP003",
    name="scale-set-is-flexible",
    summary="A Uniform scale set cannot be hotpatched.",
    remedy="Set orchestrationMode to Flexible; it is fixed when a set is made, so an existing set has to be replaced.",
    kinds=frozenset({Kind.SCALE_SET, Kind.SCALE_SET_INSTANCE}),
    audience=Audience.EVERY,
    hotpatch_requires=Requirement.FIXED,
    check=check,
)
