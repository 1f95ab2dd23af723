"""Which rules apply to a machine: by its operating system, and by whether it states its patch settings."""

from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.judging.operating_system import operating_system
from azure_hotpatch.domain.judging.record import MACHINES, Kind, Record
from azure_hotpatch.domain.judging.rule import Audience, Context, MachineScope

CREATE_OPTION = "storageProfile.osDisk.createOption"
# Microsoft.Compute, DiskCreateOptionTypes: an operating system that comes from a disk, not from an image.
FROM_A_DISK = frozenset({"attach", "copy", "restore", "empty"})

_ALL = frozenset(Audience)
_NOT_CONFIGURED = frozenset({Audience.EVERY, Audience.WINDOWS})
_EVERY = frozenset({Audience.EVERY})


def audiences(record: Record, context: Context) -> frozenset[Audience]:
    """The audiences that a record belongs to."""
    if record.kind not in MACHINES:
        return _ALL
    if record.kind is Kind.SCALE_SET and record.peek("virtualMachineProfile") is None:
        return _EVERY  # a Flexible set without a profile: its machines are judged by themselves
    if context.scope is not MachineScope.ALL and operating_system(record, context.images) == "Linux":
        return _EVERY
    return _ALL if _is_configured(record) else _NOT_CONFIGURED


def comes_from_a_disk(record: Record) -> bool:
    """Whether the operating system is known to come from a disk, so that nothing about it can be asserted."""
    return as_word(record.peek_machine(CREATE_OPTION)) in FROM_A_DISK


def _is_configured(record: Record) -> bool:
    # Azure takes no osProfile with an attached disk, so patch settings cannot be required of it.
    return not comes_from_a_disk(record) or record.peek_machine("osProfile") is not None
