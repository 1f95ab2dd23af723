"""Whether a machine that exists can become hotpatchable: in place, by replacement, or never."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.azure.images import WHOLE_CATALOGUE
from azure_hotpatch.domain.judging.finding import Finding, Verdict
from azure_hotpatch.domain.judging.image_reference import image_parts
from azure_hotpatch.domain.judging.judge import judge
from azure_hotpatch.domain.judging.operating_system import operating_system
from azure_hotpatch.domain.judging.record import MACHINES, Record
from azure_hotpatch.domain.judging.rule import Context, MachineScope, Requirement, Rule

_WINDOWS_CLIENT = "microsoftwindowsdesktop"


class Adoption(StrEnum):
    ALREADY = "already"
    IN_PLACE = "in place"
    BY_REPLACEMENT = "by replacement"
    NEVER = "never"
    UNKNOWN = "cannot tell"


@dataclass(frozen=True, slots=True)
class Adoptable:
    """The answer for one machine. `findings` are what stands in the way, each with its path and its remedy."""

    adoption: Adoption
    why: str
    findings: tuple[Finding, ...] = ()


def adoptable(record: Record, rules: Iterable[Rule], context: Context) -> Adoptable | None:
    """Whether a machine can become hotpatchable, or None where the record is no machine.

    The images of every generation count, whichever of them the stack accepts.
    """
    if record.kind not in MACHINES:
        return None
    if operating_system(record, context.images) == "Linux":
        return Adoptable(Adoption.NEVER, "it runs Linux, and hotpatch is for Windows Server Azure Edition")
    if as_word(image_parts(record)[0]) == _WINDOWS_CLIENT:
        return Adoptable(Adoption.NEVER, "it runs a Windows client, and hotpatch is for Windows Server Azure Edition")
    wide = replace(context, scope=MachineScope.ALL, catalogue=context.catalogue.extended(WHOLE_CATALOGUE.images))
    asked = tuple(rules)
    fixed = _asked(record, asked, wide, Requirement.FIXED)
    if _violations(fixed):
        why = "what stands in the way is fixed when a machine is made"
        return Adoptable(Adoption.BY_REPLACEMENT, why, _violations(fixed))
    changeable = _asked(record, asked, wide, Requirement.CHANGEABLE)
    unknown = tuple(finding for finding in fixed + changeable if finding.verdict is not Verdict.VIOLATION)
    if unknown:
        return Adoptable(Adoption.UNKNOWN, "a value that decides it is not known", unknown)
    if changeable:
        return Adoptable(Adoption.IN_PLACE, "these settings can be changed on the machine", changeable)
    return Adoptable(Adoption.ALREADY, "it is made from a hotpatch image and asks for hotpatch")


def _asked(record: Record, rules: Iterable[Rule], context: Context, requirement: Requirement) -> tuple[Finding, ...]:
    return tuple(judge(record, [rule for rule in rules if rule.hotpatch_requires is requirement], context))


def _violations(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.verdict is Verdict.VIOLATION)
