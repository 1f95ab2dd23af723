"""HP004: hotpatch is on for a virtual machine; on a hotpatch image, what is absent is on."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.patching import PatchingMode, why_not_hotpatching
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import ENABLED
from azure_hotpatch.domain.judging.image_reference import is_no_hotpatch_image
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Requirement, Rule


def check(record: Record, context: Context) -> Iterator[Finding]:
    if context.modes.mode_of(record) is not PatchingMode.HOTPATCH:
        return  # HP043 compares the machine with the mode that is declared
    reason = why_not_hotpatching(record.machine(ENABLED))
    # For an image without hotpatch, HP001 and HP002 report it, and false is the only value that works.
    if reason and not is_no_hotpatch_image(record, context.catalogue):
        yield RULE.violation(record, record.prefix + ENABLED, reason, "true")


RULE = Rule(
    id="HP004",
    name="hotpatch-is-on",
    summary="Hotpatch is off on a machine whose image has it.",
    remedy="Set enableHotpatching to true, or declare another mode in the stack's settings or in hotpatch.modes.",
    kinds=frozenset({Kind.VIRTUAL_MACHINE}),
    hotpatch_requires=Requirement.CHANGEABLE,
    check=check,
)
