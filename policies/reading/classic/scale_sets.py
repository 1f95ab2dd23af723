"""The classic provider's scale sets: the orchestrated one is Flexible, every other is Uniform by nature."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.policies.reading.arm import judged_types
from azure_hotpatch.policies.reading.arm.judged_types import JudgedType
from azure_hotpatch.policies.reading.classic.machines import COMMON, IMAGE, OS_DISK
from azure_hotpatch.policies.reading.classic.translation import PropertyMapping, is_absent, one, value_at

PROFILE = "virtualMachineProfile"
WINDOWS = f"{PROFILE}.osProfile.windowsConfiguration"
SETTINGS = f"{WINDOWS}.patchSettings"
_OWN = "osProfile.windowsConfiguration"

_IMAGE, _OS_DISK = (
    tuple(place._replace(arm=f"{PROFILE}.{place.arm}") for place in places) for places in (IMAGE, OS_DISK)
)
_SET = (
    *COMMON,
    PropertyMapping("sku.name", "skuName"),
    PropertyMapping("sku.name", "sku"),
    PropertyMapping("platformFaultDomainCount", "platformFaultDomainCount"),
    PropertyMapping("singlePlacementGroup", "singlePlacementGroup"),
    PropertyMapping("zones", "zones"),
    PropertyMapping("identity", "identity", read=one),
)
# Without a size azurerm sends a set without a profile, whatever else is written: machines are put into it one by one.
_WITHOUT_PROFILE = (*_SET, PropertyMapping("orchestrationMode", "", "Flexible"))
_FLEXIBLE = (
    *_SET,
    PropertyMapping("orchestrationMode", "", "Flexible"),
    *_IMAGE,
    PropertyMapping("skuProfile.vmSizes", "skuProfile.vmSizes", read=lambda sizes: _named(sizes)),
    PropertyMapping(f"{PROFILE}.licenseType", "licenseType"),
    PropertyMapping(f"{PROFILE}.networkProfile.networkApiVersion", "networkApiVersion", "2020-11-01"),
    PropertyMapping(f"{PROFILE}.extensionProfile.extensions", "extensions"),
    PropertyMapping(f"{PROFILE}.extensionProfile.extensions", "extension"),
    PropertyMapping(f"{PROFILE}.osProfile.allowExtensionOperations", "extensionOperationsEnabled"),
    PropertyMapping(f"{PROFILE}.osProfile.linuxConfiguration", "osProfile.linuxConfiguration", read=one),
    PropertyMapping(f"{PROFILE}.osProfile.adminPassword", f"{_OWN}.adminPassword"),
    *_OS_DISK,
)
# azurerm, orchestrated_virtual_machine_scale_set_resource.go
_FLEXIBLE_WINDOWS = (
    PropertyMapping(f"{PROFILE}.osProfile.computerNamePrefix", f"{_OWN}.computerNamePrefix"),
    PropertyMapping(f"{PROFILE}.osProfile.adminUsername", f"{_OWN}.adminUsername"),
    PropertyMapping(f"{WINDOWS}.timeZone", f"{_OWN}.timezone"),
    PropertyMapping(f"{WINDOWS}.provisionVMAgent", f"{_OWN}.provisionVmAgent", True),
    PropertyMapping(f"{WINDOWS}.enableAutomaticUpdates", f"{_OWN}.enableAutomaticUpdates", True),
    PropertyMapping(f"{SETTINGS}.patchMode", f"{_OWN}.patchMode", "AutomaticByOS"),
    PropertyMapping(f"{SETTINGS}.assessmentMode", f"{_OWN}.patchAssessmentMode", "ImageDefault"),
    PropertyMapping(f"{SETTINGS}.enableHotpatching", f"{_OWN}.hotpatchingEnabled", False),
)
_UNIFORM = (*_SET, PropertyMapping("orchestrationMode", "", "Uniform"), *_IMAGE)
_UNIFORM_WINDOWS = (
    *_UNIFORM,
    PropertyMapping(f"{WINDOWS}.provisionVMAgent", "provisionVmAgent", True),
    PropertyMapping(f"{WINDOWS}.enableAutomaticUpdates", "enableAutomaticUpdates", True),
    PropertyMapping(f"{PROFILE}.osProfile.adminPassword", "adminPassword"),
)
_UNIFORM_LINUX = (
    *_UNIFORM,
    PropertyMapping(f"{PROFILE}.osProfile.linuxConfiguration.provisionVMAgent", "provisionVmAgent", True),
)
_LEGACY = (
    *COMMON,
    PropertyMapping("orchestrationMode", "", "Uniform"),
    PropertyMapping("sku", "sku", read=one),
    *(
        PropertyMapping(f"{PROFILE}.storageProfile.imageReference.{part}", f"storageProfileImageReference.{part}")
        for part in ("publisher", "offer", "sku", "version", "id")
    ),
    PropertyMapping(f"{PROFILE}.storageProfile.osDisk.osType", "storageProfileOsDisk.osType"),
    PropertyMapping(f"{PROFILE}.osProfile.linuxConfiguration", "osProfileLinuxConfig", read=one),
    PropertyMapping(f"{WINDOWS}.provisionVMAgent", "osProfileWindowsConfig.provisionVmAgent"),
    PropertyMapping(f"{WINDOWS}.enableAutomaticUpdates", "osProfileWindowsConfig.enableAutomaticUpgrades"),
)


def flexible(props: Mapping[str, Any]) -> tuple[PropertyMapping, ...]:
    if is_absent(props.get("skuName")):
        return _WITHOUT_PROFILE
    return _FLEXIBLE if is_absent(value_at(props, _OWN)) else (*_FLEXIBLE, *_FLEXIBLE_WINDOWS)


def _named(sizes: Any) -> Any:
    """azurerm's names of sizes as ARM's objects."""
    return [{"name": size} for size in sizes] if isinstance(sizes, list) else sizes


SCALE_SETS: Mapping[str, tuple[JudgedType, Any]] = {
    "orchestratedvirtualmachinescaleset": (judged_types.SCALE_SET, flexible),
    "windowsvirtualmachinescaleset": (judged_types.SCALE_SET, lambda _: _UNIFORM_WINDOWS),
    "linuxvirtualmachinescaleset": (judged_types.SCALE_SET, lambda _: _UNIFORM_LINUX),
    "scaleset": (judged_types.SCALE_SET, lambda _: _LEGACY),
    "virtualmachinescaleset": (judged_types.SCALE_SET, lambda _: _LEGACY),  # azurerm's own name of the same
    "virtualmachinescalesetextension": (
        judged_types.SCALE_SET_EXTENSION,
        lambda _: (
            PropertyMapping("name", "name"),
            PropertyMapping("publisher", "publisher"),
            PropertyMapping("type", "type"),
            PropertyMapping("settings", "settings"),
            PropertyMapping("protectedSettings", "protectedSettings"),
            PropertyMapping("virtualMachineScaleSetId", "virtualMachineScaleSetId"),
        ),
    ),
}
