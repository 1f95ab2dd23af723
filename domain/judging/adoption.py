"""Whether a machine that exists can become hotpatchable: in place, by replacement, or never."""

from dataclasses import dataclass, replace
from enum import StrEnum

from azure_hotpatch.audience import operating_system
from azure_hotpatch.coercion import as_word
from azure_hotpatch.finding import Finding, Verdict
from azure_hotpatch.image_reference import image_parts
from azure_hotpatch.images import CATALOGUE_2022_AND_2025
from azure_hotpatch.judge import judge
from azure_hotpatch.record import MACHINES, Record
from azure_hotpatch.rule import Context, Scope
from azure_hotpatch.rules import RULES

# Image, disk, mode of a set and agent: fixed when a machine is made.
_FIXED = frozenset({"HP001", "HP002", "HP003", "HP006", "HP010", "HP011", "HP012"})
# What hotpatch needs and Azure changes on a machine that exists.
_CHANGEABLE = frozenset({"HP004", "HP005", "HP007", "HP009", "HP013", "HP016", "HP020"})
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


def adoptable(record: Record, context: Context) -> Adoptable | None:
    """Whether a machine can become hotpatchable, or None where the record is no machine.

    The images of every generation count, whichever of them the stack accepts.
    """
    if record.kind not in MACHINES:
        return None
    if operating_system(record) == "Linux":
        return Adoptable(Adoption.NEVER, "it runs Linux, and hotpatch is for Windows Server Azure Edition")
    if as_word(image_parts(record)[0]) == _WINDOWS_CLIENT:
        return Adoptable(Adoption.NEVER, "it runs a Windows client, and hotpatch is for Windows Server Azure Edition")
    wide = replace(context, scope=Scope.ALL, catalogue=context.catalogue.extended(CATALOGUE_2022_AND_2025.images))
    fixed = _asked(record, wide, _FIXED)
    if _violations(fixed):
        why = "what stands in the way is fixed when a machine is made"
        return Adoptable(Adoption.BY_REPLACEMENT, why, _violations(fixed))
    changeable = _asked(record, wide, _CHANGEABLE)
    unknown = tuple(finding for finding in fixed + changeable if finding.verdict is not Verdict.VIOLATION)
    if unknown:
        return Adoptable(Adoption.UNKNOWN, "a value that decides it is not known", unknown)
    if changeable:
        return Adoptable(Adoption.IN_PLACE, "these settings can be changed on the machine", changeable)
    return Adoptable(Adoption.ALREADY, "it is made from a hotpatch image and asks for hotpatch")


def _asked(record: Record, context: Context, ids: frozenset[str]) -> tuple[Finding, ...]:
    return tuple(judge(record, [rule for rule in RULES if rule.id in ids], context))


def _violations(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.verdict is Verdict.VIOLATION)
