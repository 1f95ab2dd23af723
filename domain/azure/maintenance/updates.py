"""Which updates a maintenance window installs, and what an in-guest configuration must say to run at all."""

import re
from collections.abc import Mapping
from typing import Any, Literal, get_args

from azure_hotpatch.domain.azure.nearest import nearest

IN_GUEST_PATCH = "InGuestPatch"
PATCH_MODE_KEY = "InGuestPatchMode"
# Maintenance spells UpdateRollup; the Compute API's installPatches spells the same class UpdateRollUp.
Classification = Literal[
    "Critical", "Security", "UpdateRollup", "FeaturePack", "ServicePack", "Definition", "Tools", "Updates"
]
CLASSIFICATIONS: tuple[str, ...] = get_args(Classification)
TagOperator = Literal["Any", "All"]
# Azure answers AlwaysReboot when it was sent Always (azure-rest-api-specs #27222).
REBOOT_SETTINGS = ("IfRequired", "Never", "Always")
REBOOT_SETTINGS_ANSWERED = {"AlwaysReboot": "Always", "NeverReboot": "Never", "RebootIfRequired": "IfRequired"}

# "Managing VM updates with Maintenance Configurations": both names together stay below this.
LONGEST_NAMES = 127
_KB = re.compile(r"(?:KB)?\d{6,7}", re.IGNORECASE)


def why_not_classification(name: str) -> str | None:
    """Say why `name` is not a class of Windows updates, or None if it is."""
    return None if name in CLASSIFICATIONS else f"{name!r} is not a classification of Windows updates"


def nearest_classification(name: str) -> str:
    """The classification that `name` most likely means, or ""."""
    return nearest(name, CLASSIFICATIONS)


def why_not_kb_number(number: str) -> str | None:
    """Say why `number` is not an update's article number, or None if it is: `KB5034129`, or its digits alone."""
    if _KB.fullmatch(number):
        return None
    return f"{number!r} is not a KB number; it is written KB5034129 or 5034129"


def kb_digits(number: str) -> str:
    """The digits of a KB number, by which two spellings of one update are compared."""
    return number.upper().removeprefix("KB")


def why_not_names(resource_group: str, configuration: str) -> str | None:
    """Say why a configuration of this name cannot be in this group, or None if it can."""
    length = len(resource_group) + len(configuration)
    if length <= LONGEST_NAMES:
        return None
    return (
        f"the names of resource group {resource_group!r} and maintenance configuration {configuration!r} have "
        f"{length} characters together; Azure takes {LONGEST_NAMES}"
    )


def why_not_in_guest(configuration: Mapping[str, Any]) -> str | None:
    """Say why an InGuestPatch configuration (ARM's names, `properties` flattened) would not run, or None.

    Only what Azure demands of the whole is judged; each value has its own predicate.
    """
    mode = (configuration.get("extensionProperties") or {}).get(PATCH_MODE_KEY)
    if mode is None:
        return (
            f'extensionProperties has no {PATCH_MODE_KEY}; Azure answers "Extension properties must contain Patch mode"'
        )
    if mode not in ("User", "Platform"):
        return f"{PATCH_MODE_KEY} {mode!r} is not User or Platform"
    if mode == "Platform":
        # bicep-registry-modules #7354: "Patch configuration not supported for InGuestPatchMode = Platform".
        return (
            "installPatches must be absent where InGuestPatchMode is Platform"
            if configuration.get("installPatches")
            else None
        )
    if not configuration.get("installPatches"):
        return "installPatches is absent; a window for updates in the guest must say what it installs"
    if not configuration.get("maintenanceWindow"):
        return "maintenanceWindow is absent; a configuration for updates in the guest must say when it runs"
    return None


def why_nothing_to_install(
    classifications: list[str] | tuple[str, ...], included: list[str] | tuple[str, ...]
) -> str | None:
    """Say why a window would install nothing, or None if it names a classification or an update."""
    if classifications or included:
        return None
    return "neither a classification nor a KB number is included, so the window would install nothing"
