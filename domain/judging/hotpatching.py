"""Whether a machine's record enables hotpatch, and the path of its patch settings."""

from azure_hotpatch.domain.azure.coercion import as_bool
from azure_hotpatch.domain.azure.images import Catalogue
from azure_hotpatch.domain.judging.image_reference import is_hotpatch_image
from azure_hotpatch.domain.judging.record import Record, UnknownValueError

WINDOWS = "osProfile.windowsConfiguration"
SETTINGS = f"{WINDOWS}.patchSettings"
ENABLED = f"{SETTINGS}.enableHotpatching"
PATCH_MODE = f"{SETTINGS}.patchMode"
ASSESSMENT_MODE = f"{SETTINGS}.assessmentMode"
PLATFORM_SETTINGS = f"{SETTINGS}.automaticByPlatformSettings"
BYPASS = f"{PLATFORM_SETTINGS}.bypassPlatformSafetyChecksOnUserSchedule"
REBOOT_SETTING = f"{PLATFORM_SETTINGS}.rebootSetting"
AGENT = f"{WINDOWS}.provisionVMAgent"
AUTOMATIC_UPDATES = f"{WINDOWS}.enableAutomaticUpdates"
EXTENSION_OPERATIONS = "osProfile.allowExtensionOperations"


def is_hotpatched(record: Record, catalogue: Catalogue) -> bool:
    """Whether hotpatch is enabled: explicitly, or by Azure's default, which is true on a hotpatch image.

    Raises UnknownValueError where that is unknown.
    """
    enabled = record.machine(ENABLED)
    return is_hotpatch_image(record, catalogue) if enabled is None else as_bool(enabled) is True


def is_surely_hotpatched(record: Record, catalogue: Catalogue) -> bool:
    """As `is_hotpatched`; False where that is unknown."""
    try:
        return is_hotpatched(record, catalogue)
    except UnknownValueError:
        return False
