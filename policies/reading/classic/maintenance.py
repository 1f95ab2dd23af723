"""The classic provider's maintenance configurations and assignments, and its policy assignments."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_bool
from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.arm import judged_types
from azure_hotpatch.policies.reading.arm.judged_types import JudgedType
from azure_hotpatch.policies.reading.classic.translation import PropertyMapping, is_absent, one
from azure_hotpatch.policies.reading.reading import bare, each, resealed

_WINDOW = ("startDateTime", "expirationDateTime", "duration", "timeZone", "recurEvery")
_INSTALL = "installPatches"
_WINDOWS = f"{_INSTALL}.windowsParameters"


def _tag_settings(filter_: Any) -> Any:
    """`tags: [{tag, values}], tagFilter` -> ARM's `tags: {tag: values}, filterOperator`."""
    block = one(filter_)
    own = bare(block)
    if not isinstance(own, dict):
        return block
    kept = {key: value for key, value in own.items() if key not in ("tags", "tagFilter")}
    if is_absent(own.get("tags")):
        return resealed(block, kept)
    operator = "Any" if is_absent(own.get("tagFilter")) else own["tagFilter"]
    return resealed(block, {**kept, "tagSettings": {"tags": _tags(own["tags"]), "filterOperator": operator}})


def _tags(written: Any) -> Any:
    """`[{tag, values}]` -> `{tag: values}`; not known as a whole where the name of one is not known."""
    if isinstance(bare(written), Unknown):
        return bare(written)
    tags: dict[str, Any] = {}
    for item in each(written):
        tag = bare(item)
        name = bare(tag.get("tag")) if isinstance(tag, dict) else tag
        if not isinstance(name, str):
            return name if isinstance(name, Unknown) else {}
        tags[name] = resealed(item, tag.get("values"))
    return resealed(written, tags)


def _object(value: Any) -> Any:
    """A policy assignment's parameters, which azurerm takes as JSON."""
    from json import loads

    try:
        return loads(value) if isinstance(value, str) else value
    except ValueError:
        return None


# azurerm, maintenance_configuration_resource.go; the plurals are the bridge's.
CONFIGURATION = (
    PropertyMapping("id", "id"),
    PropertyMapping("name", "name"),
    PropertyMapping("location", "location"),
    PropertyMapping("tags", "tags"),
    PropertyMapping("resourceGroupName", "resourceGroupName"),
    PropertyMapping("maintenanceScope", "scope"),
    PropertyMapping("extensionProperties", "properties"),
    PropertyMapping("extensionProperties.InGuestPatchMode", "inGuestUserPatchMode"),
    *(PropertyMapping(f"maintenanceWindow.{name}", f"window.{name}") for name in _WINDOW),
    PropertyMapping(f"{_INSTALL}.rebootSetting", f"{_INSTALL}.reboot"),
    PropertyMapping(f"{_WINDOWS}.classificationsToInclude", f"{_INSTALL}.windows.classificationsToIncludes"),
    PropertyMapping(f"{_WINDOWS}.classificationsToInclude", f"{_INSTALL}.windows.classificationsToInclude"),
    PropertyMapping(f"{_WINDOWS}.kbNumbersToExclude", f"{_INSTALL}.windows.kbNumbersToExcludes"),
    PropertyMapping(f"{_WINDOWS}.kbNumbersToExclude", f"{_INSTALL}.windows.kbNumbersToExclude"),
    PropertyMapping(f"{_WINDOWS}.kbNumbersToInclude", f"{_INSTALL}.windows.kbNumbersToIncludes"),
    PropertyMapping(f"{_WINDOWS}.kbNumbersToInclude", f"{_INSTALL}.windows.kbNumbersToInclude"),
    PropertyMapping(f"{_INSTALL}.linuxParameters", f"{_INSTALL}.linuxes", read=one),
    PropertyMapping(f"{_INSTALL}.linuxParameters", f"{_INSTALL}.linux", read=one),
)
_ASSIGNMENT = (
    PropertyMapping("name", "name"),
    PropertyMapping("maintenanceConfigurationId", "maintenanceConfigurationId"),
)
_POLICY = (
    PropertyMapping("name", "name"),
    PropertyMapping("policyDefinitionId", "policyDefinitionId"),
    PropertyMapping("displayName", "displayName"),
    PropertyMapping("parameters", "parameters", read=_object),
    PropertyMapping(
        "enforcementMode", "enforce", read=lambda enforce: "DoNotEnforce" if as_bool(enforce) is False else "Default"
    ),
)


def _assigned(*places: PropertyMapping) -> tuple[JudgedType, Any]:
    return (judged_types.MAINTENANCE_ASSIGNMENT, lambda _: (*_ASSIGNMENT, *places))


_POLICY_ASSIGNMENT = (judged_types.POLICY_ASSIGNMENT, lambda _: _POLICY)
_MACHINE = _assigned(PropertyMapping("resourceId", "virtualMachineId"))
_SCALE_SET = _assigned(PropertyMapping("resourceId", "virtualMachineScaleSetId"))
_DYNAMIC = _assigned(PropertyMapping("filter", "filter", read=_tag_settings))
# The bridge to Pulumi took `maintenance` out of the names that azurerm gives.
MAINTENANCE: Mapping[str, tuple[JudgedType, Any]] = {
    "assignmentvirtualmachine": _MACHINE,
    "maintenanceassignmentvirtualmachine": _MACHINE,
    "assignmentvirtualmachinescaleset": _SCALE_SET,
    "maintenanceassignmentvirtualmachinescaleset": _SCALE_SET,
    "assignmentdynamicscope": _DYNAMIC,
    "maintenanceassignmentdynamicscope": _DYNAMIC,
    "configuration": (judged_types.MAINTENANCE_CONFIGURATION, lambda _: CONFIGURATION),
    "maintenanceconfiguration": (judged_types.MAINTENANCE_CONFIGURATION, lambda _: CONFIGURATION),
    **dict.fromkeys(
        (
            *("resourcepolicyassignment", "resourcegrouppolicyassignment", "subscriptionpolicyassignment"),
            *("managementgrouppolicyassignment", "grouppolicyassignment"),
        ),
        _POLICY_ASSIGNMENT,
    ),
}
