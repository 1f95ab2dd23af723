"""Which rights a command needs, and which of them an identity lacks."""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

_VM = "Microsoft.Compute/virtualMachines"
_OPERATIONS = "Microsoft.Compute/locations/operations/read"
READ = (f"{_VM}/read", f"{_VM}/instanceView/read")
# "Azure Update Manager, permissions": what on-demand assessments and installations need.
ASSESS = (*READ, f"{_VM}/assessPatches/action", _OPERATIONS)
INSTALL = (*READ, f"{_VM}/installPatches/action", _OPERATIONS)
# "Run scripts in your Windows VM", and the permissions of Microsoft.Compute: to look into a machine, and to restart it.
LOOK = (*READ, f"{_VM}/runCommand/action", _OPERATIONS)
UNINSTALL = (*LOOK, f"{_VM}/restart/action")
# Without it a command goes on, and says that it could not look which rights are missing.
CHECK = ("Microsoft.Authorization/permissions/read",)
# "Azure Resource Graph, permissions": it shows what the caller may read. The tables of patches, schedules and Arc.
LIST = (
    *READ,
    f"{_VM}/patchAssessmentResults/read",
    f"{_VM}/patchAssessmentResults/softwarePatches/read",
    f"{_VM}/patchInstallationResults/read",
    f"{_VM}/patchInstallationResults/softwarePatches/read",
    "Microsoft.HybridCompute/machines/read",
    "Microsoft.HybridCompute/machines/patchAssessmentResults/read",
    "Microsoft.HybridCompute/machines/patchAssessmentResults/softwarePatches/read",
    "Microsoft.HybridCompute/machines/patchInstallationResults/read",
    "Microsoft.HybridCompute/machines/patchInstallationResults/softwarePatches/read",
    "Microsoft.AzureStackHCI/virtualMachineInstances/read",
    "Microsoft.AzureStackHCI/marketplaceGalleryImages/read",
    "Microsoft.Maintenance/configurationAssignments/read",
    "Microsoft.Maintenance/maintenanceConfigurations/read",
)
# The roles of docs/guides/rights.md, by name.
ROLES: Mapping[str, tuple[str, ...]] = {
    "Hotpatch Reader": LIST,
    "Hotpatch Operator": tuple(dict.fromkeys((*ASSESS, *INSTALL, *CHECK))),
    "Hotpatch Rollback Operator": tuple(dict.fromkeys((*LIST, *INSTALL, *UNINSTALL, *CHECK))),
}


def missing(permissions: Sequence[Mapping[str, Any]], needed: Iterable[str]) -> list[str]:
    """Those of `needed` that no role grants; `permissions` is what Azure says the caller may do at a scope."""
    return [right for right in needed if not any(_grants(one, right) for one in permissions)]


def _grants(permission: Mapping[str, Any], right: str) -> bool:
    """Roles add up, and a role's notActions take from that role alone."""
    return _matches(permission.get("actions"), right) and not _matches(permission.get("notActions"), right)


def _matches(patterns: Iterable[str] | None, right: str) -> bool:
    return any(fnmatchcase(right.lower(), pattern.lower()) for pattern in patterns or ())
