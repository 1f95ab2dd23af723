"""Whether a maintenance configuration's record is for updates in the guest."""

from azure_hotpatch.domain.azure.coercion import as_one_of
from azure_hotpatch.domain.azure.maintenance import IN_GUEST_PATCH
from azure_hotpatch.domain.judging.record import Record, Unknown

SCOPE = "maintenanceScope"
PATCH_MODE = "extensionProperties.InGuestPatchMode"
INSTALL = "installPatches"
WINDOW = "maintenanceWindow"


def is_in_guest(record: Record) -> bool:
    """Whether a configuration is for updates in the guest; raises UnknownValueError."""
    return as_one_of(record.read(SCOPE), (IN_GUEST_PATCH,)) is not None


def means_in_guest(record: Record) -> bool:
    """Whether a configuration has properties that only one for updates in the guest may have, whatever its scope.

    Raises UnknownValueError where that is unknown.
    """
    said = [record.peek(INSTALL), record.peek(PATCH_MODE)]
    if any(value is not None and not isinstance(value, Unknown) for value in said):
        return True
    return record.read(INSTALL) is not None or record.read(PATCH_MODE) is not None
