"""The classic provider's maintenance configurations and assignments, and its policy assignments."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.policies.reading.arm import types as arm_types
from azure_hotpatch.policies.reading.arm.types import Shape
from azure_hotpatch.policies.reading.classic.translation import Place, block
from azure_hotpatch.policies.reading.reading import each

_WINDOW = ("startDateTime", "expirationDateTime", "duration", "timeZone", "recurEvery")
_INSTALL = "installPatches"
_WINDOWS = f"{_INSTALL}.windowsParameters"


def _tag_settings(filter_: Any) -> Any:
    """`tags: [{tag, values}], tagFilter` -> ARM's `tags: {tag: values}, filterOperator`."""
    own = block(filter_)
    if not isinstance(own, dict):
        return own
    tags = {item.get("tag"): item.get("values") for item in each(own.get("tags")) if isinstance(item, dict)}
    kept = {key: value for key, value in own.items() if key not in ("tags", "tagFilter")}
    return {**kept, "tagSettings": {"tags": tags, "filterOperator": own.get("tagFilter") or "Any"}} if tags else kept


def _object(value: Any) -> Any:
    """A policy assignment's parameters, which azurerm takes as JSON."""
    from json import loads

    try:
        return loads(value) if isinstance(value, str) else value
    except ValueError:
        return None


# azurerm, maintenance_configuration_resource.go; the plurals are the bridge's.
CONFIGURATION = (
    Place("name", "name"),
    Place("location", "location"),
    Place("tags", "tags"),
    Place("resourceGroupName", "resourceGroupName"),
    Place("maintenanceScope", "scope"),
    Place("extensionProperties", "properties"),
    Place("extensionProperties.InGuestPatchMode", "inGuestUserPatchMode"),
    *(Place(f"maintenanceWindow.{name}", f"window.{name}") for name in _WINDOW),
    Place(f"{_INSTALL}.rebootSetting", f"{_INSTALL}.reboot"),
    Place(f"{_WINDOWS}.classificationsToInclude", f"{_INSTALL}.windows.classificationsToIncludes"),
    Place(f"{_WINDOWS}.classificationsToInclude", f"{_INSTALL}.windows.classificationsToInclude"),
    Place(f"{_WINDOWS}.kbNumbersToExclude", f"{_INSTALL}.windows.kbNumbersToExcludes"),
    Place(f"{_WINDOWS}.kbNumbersToExclude", f"{_INSTALL}.windows.kbNumbersToExclude"),
    Place(f"{_WINDOWS}.kbNumbersToInclude", f"{_INSTALL}.windows.kbNumbersToIncludes"),
    Place(f"{_WINDOWS}.kbNumbersToInclude", f"{_INSTALL}.windows.kbNumbersToInclude"),
    Place(f"{_INSTALL}.linuxParameters", f"{_INSTALL}.linuxes", read=block),
    Place(f"{_INSTALL}.linuxParameters", f"{_INSTALL}.linux", read=block),
)
_ASSIGNMENT = (Place("name", "name"), Place("maintenanceConfigurationId", "maintenanceConfigurationId"))
_POLICY = (
    Place("name", "name"),
    Place("policyDefinitionId", "policyDefinitionId"),
    Place("displayName", "displayName"),
    Place("parameters", "parameters", read=_object),
    Place("enforcementMode", "enforce", read=lambda enforce: "Default" if enforce else "DoNotEnforce"),
)


def _assigned(*places: Place) -> tuple[Shape, Any]:
    return (arm_types.MAINTENANCE_ASSIGNMENT, lambda _: (*_ASSIGNMENT, *places))


_POLICY_ASSIGNMENT = (arm_types.POLICY_ASSIGNMENT, lambda _: _POLICY)
_MACHINE = _assigned(Place("resourceId", "virtualMachineId"))
_SCALE_SET = _assigned(Place("resourceId", "virtualMachineScaleSetId"))
_DYNAMIC = _assigned(Place("filter", "filter", read=_tag_settings))
# The bridge to Pulumi took `maintenance` out of the names that azurerm gives.
MAINTENANCE: Mapping[str, tuple[Shape, Any]] = {
    "assignmentvirtualmachine": _MACHINE,
    "maintenanceassignmentvirtualmachine": _MACHINE,
    "assignmentvirtualmachinescaleset": _SCALE_SET,
    "maintenanceassignmentvirtualmachinescaleset": _SCALE_SET,
    "assignmentdynamicscope": _DYNAMIC,
    "maintenanceassignmentdynamicscope": _DYNAMIC,
    "configuration": (arm_types.MAINTENANCE_CONFIGURATION, lambda _: CONFIGURATION),
    "maintenanceconfiguration": (arm_types.MAINTENANCE_CONFIGURATION, lambda _: CONFIGURATION),
    **dict.fromkeys(
        (
            *("resourcepolicyassignment", "resourcegrouppolicyassignment", "subscriptionpolicyassignment"),
            *("managementgrouppolicyassignment", "grouppolicyassignment"),
        ),
        _POLICY_ASSIGNMENT,
    ),
}
