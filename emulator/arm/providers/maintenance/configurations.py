"""Maintenance configurations: which schedules Azure accepts, and how it returns them."""

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest
from azure_hotpatch.emulator.arm.protocol.paths import parse_path
from azure_hotpatch.emulator.arm.providers.maintenance import windows

TYPE = "Microsoft.Maintenance/maintenanceConfigurations"
VERSIONS = ("2018-06-01-preview", "2026-12-31")
_GUEST = "InGuestPatch"
_GUEST_SINCE = "2021-09-01"
# azure-mgmt-maintenance, MaintenanceScope
_SCOPES = ("Host", "Resource", "OSImage", "Extension", _GUEST, "SQLDB", "SQLManagedInstance")
_LONGEST_NAMES = 128  # the group's and the configuration's together stay below it
_REBOOT_SETTINGS = ("IfRequired", "Never", "Always", "NeverReboot", "AlwaysReboot", "RebootIfRequired")
_CLASSIFICATIONS = (
    # terraform-provider-azurerm, internal/services/maintenance; not the spelling of Compute's UpdateRollUp
    "Critical",
    "Security",
    "UpdateRollup",
    "FeaturePack",
    "ServicePack",
    "Definition",
    "Tools",
    "Updates",
)


def _prepare(change: Change) -> None:
    _check_name(change)
    fill(change.properties, {"maintenanceScope": "Host", "visibility": "Custom", "namespace": "Microsoft.Maintenance"})
    scope = str(change.properties["maintenanceScope"])
    if scope.lower() not in {known.lower() for known in _SCOPES}:
        raise BadRequest(  # wording not published
            f"The maintenance scope '{scope}' is not supported. Supported values are: {', '.join(_SCOPES)}.",
            code="InvalidMaintenanceScope",
        )
    if scope.lower() == "resource" and not read(change.properties, "extensionProperties.maintenanceSubScope"):
        # azure-rest-api-specs 34327; only the beginning of the words is published
        raise BadRequest("Given Maintenance Subscope is not supported for Maintenance scope 'Resource'.")
    if str(change.properties["visibility"]).lower() == "public":  # terraform-provider-azurerm, comment
        raise BadRequest("Public Maintenance Configuration must set correct properties", code="InvalidVisibility")
    window = change.properties.get("maintenanceWindow")
    if window is not None:
        windows.check(window, change)
        fill(window, {"expirationDateTime": windows.NEVER_EXPIRES})
    if scope.lower() == _GUEST.lower():
        _check_guest(change)


def _check_name(change: Change) -> None:
    path = parse_path(change.id)
    if path and len(path.group) + len(change.name) >= _LONGEST_NAMES:  # wording not published
        raise BadRequest(
            "The combined length of the resource group name and the maintenance configuration name must be less than "
            f"{_LONGEST_NAMES} characters.",
            code="InvalidMaintenanceConfigurationName",
        )


def _check_guest(change: Change) -> None:
    if change.version[:10] < _GUEST_SINCE:  # terraform-provider-azurerm 19480
        raise BadRequest(f"maintenance scope 'InGuestPatch' not supported in '{change.version}' version")
    mode = read(change.properties, "extensionProperties.InGuestPatchMode")
    if not mode:  # bicep 8959
        raise BadRequest("Extension properties must contain Patch mode", code="InvalidExtensionProperties")
    if mode not in {"User", "Platform"}:  # wording not published
        raise BadRequest(
            f"The patch mode '{mode}' is invalid. Supported values are: User, Platform.",
            code="InvalidExtensionProperties",
        )
    if change.properties.get("maintenanceWindow") is None:  # wording not published
        raise BadRequest(
            "Invalid maintenance window. Error: Maintenance window is required for scope 'InGuestPatch'.",
            code="InvalidMaintenanceWindow",
        )
    windows.check_guest_duration(change.properties["maintenanceWindow"])
    if mode == "User":
        _check_patches(change)


def _check_patches(change: Change) -> None:
    patches = change.properties.get("installPatches")
    if not patches:  # terraform-provider-azurerm 19790; wording not published
        raise BadRequest(
            "Install patches configuration is required for maintenance scope 'InGuestPatch'.",
            code="InvalidInstallPatches",
        )
    setting = patches.get("rebootSetting", "IfRequired")
    if setting not in _REBOOT_SETTINGS:
        raise BadRequest(f"The reboot setting '{setting}' is invalid.", code="InvalidInstallPatches")
    for word in read(patches, "windowsParameters.classificationsToInclude") or ():
        if word not in _CLASSIFICATIONS:
            raise BadRequest(
                f"The classification '{word}' is invalid. Supported values are: {', '.join(_CLASSIFICATIONS)}.",
                code="InvalidInstallPatches",
            )


def _show(_tx: Transaction, _configuration: Resource, shown: Json) -> None:
    # azure-rest-api-specs 27222: what was sent as Always comes back as AlwaysReboot.
    patches = shown["properties"].get("installPatches")
    if patches and patches.get("rebootSetting") == "Always":
        shown["properties"]["installPatches"] = {**patches, "rebootSetting": "AlwaysReboot"}


TYPES = (ResourceType(TYPE, VERSIONS, prepare=_prepare, show=_show, has_state=False),)
