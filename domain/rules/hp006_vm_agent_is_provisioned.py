"""HP006: the machine has the VM agent, through which Azure patches it."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import why_not_vm_agent
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import AGENT
from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.domain.judging.rule import Context, Requirement, Rule


def check(record: Record, _: Context) -> Iterator[Finding]:
    reason = why_not_vm_agent(record.machine(AGENT))
    if reason:
        yield RULE.violation(record, record.prefix + AGENT, reason, "true, or absent")


RULE = Rule(
    id="HP006",
    name="vm-agent-is-provisioned",
    summary="The machine is made without the agent through which Azure patches it.",
    remedy="Set provisionVMAgent to true.",
    hotpatch_requires=Requirement.FIXED,
    check=check,
)
