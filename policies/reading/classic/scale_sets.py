"""The classic provider's scale sets: the orchestrated one is Flexible, every other is Uniform by nature."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.policies.reading.arm import types as arm_types
from azure_hotpatch.policies.reading.arm.types import Shape
from azure_hotpatch.policies.reading.classic.machines import COMMON, IMAGE
from azure_hotpatch.policies.reading.classic.translation import Place, is_absent, one, value_at

PROFILE = "virtualMachineProfile"
WINDOWS = f"{PROFILE}.osProfile.windowsConfiguration"
SETTINGS = f"{WINDOWS}.patchSettings"
_OWN = "osProfile.windowsConfiguration"

_IMAGE = tuple(place._replace(arm=f"{PROFILE}.{place.arm}") for place in IMAGE)
_SET = (
    *COMMON,
    Place("sku.name", "skuName"),
    Place("sku.name", "sku"),
    Place("platformFaultDomainCount", "platformFaultDomainCount"),
    Place("singlePlacementGroup", "singlePlacementGroup"),
    Place("zones", "zones"),
    Place("identity", "identity", read=one),
)
# Without a size azurerm sends a set without a profile, whatever else is written: machines are put into it one by one.
_WITHOUT_PROFILE = (*_SET, Place("orchestrationMode", "", "Flexible"))
_FLEXIBLE = (
    *_SET,
    Place("orchestrationMode", "", "Flexible"),
    *_IMAGE,
    Place("skuProfile.vmSizes", "skuProfile.vmSizes", read=lambda sizes: _named(sizes)),
    Place(f"{PROFILE}.licenseType", "licenseType"),
    Place(f"{PROFILE}.networkProfile.networkApiVersion", "networkApiVersion", "2020-11-01"),
    Place(f"{PROFILE}.extensionProfile.extensions", "extensions"),
    Place(f"{PROFILE}.extensionProfile.extensions", "extension"),
    Place(f"{PROFILE}.osProfile.allowExtensionOperations", "extensionOperationsEnabled"),
    Place(f"{PROFILE}.osProfile.linuxConfiguration", "osProfile.linuxConfiguration", read=one),
    Place(f"{PROFILE}.osProfile.adminPassword", f"{_OWN}.adminPassword"),
)
# azurerm, orchestrated_virtual_machine_scale_set_resource.go
_FLEXIBLE_WINDOWS = (
    Place(f"{WINDOWS}.provisionVMAgent", f"{_OWN}.provisionVmAgent", True),
    Place(f"{WINDOWS}.enableAutomaticUpdates", f"{_OWN}.enableAutomaticUpdates", True),
    Place(f"{SETTINGS}.patchMode", f"{_OWN}.patchMode", "AutomaticByOS"),
    Place(f"{SETTINGS}.assessmentMode", f"{_OWN}.patchAssessmentMode", "ImageDefault"),
    Place(f"{SETTINGS}.enableHotpatching", f"{_OWN}.hotpatchingEnabled", False),
)
_UNIFORM = (*_SET, Place("orchestrationMode", "", "Uniform"), *_IMAGE)
_UNIFORM_WINDOWS = (
    *_UNIFORM,
    Place(f"{WINDOWS}.provisionVMAgent", "provisionVmAgent", True),
    Place(f"{WINDOWS}.enableAutomaticUpdates", "enableAutomaticUpdates", True),
    Place(f"{PROFILE}.osProfile.adminPassword", "adminPassword"),
)
_UNIFORM_LINUX = (
    *_UNIFORM,
    Place(f"{PROFILE}.osProfile.linuxConfiguration.provisionVMAgent", "provisionVmAgent", True),
)
_LEGACY = (
    *COMMON,
    Place("orchestrationMode", "", "Uniform"),
    Place("sku", "sku", read=one),
    *(
        Place(f"{PROFILE}.storageProfile.imageReference.{part}", f"storageProfileImageReference.{part}")
        for part in ("publisher", "offer", "sku", "version", "id")
    ),
    Place(f"{PROFILE}.storageProfile.osDisk.osType", "storageProfileOsDisk.osType"),
    Place(f"{PROFILE}.osProfile.linuxConfiguration", "osProfileLinuxConfig", read=one),
    Place(f"{WINDOWS}.provisionVMAgent", "osProfileWindowsConfig.provisionVmAgent"),
    Place(f"{WINDOWS}.enableAutomaticUpdates", "osProfileWindowsConfig.enableAutomaticUpgrades"),
)


def flexible(props: Mapping[str, Any]) -> tuple[Place, ...]:
    if is_absent(props.get("skuName")):
        return _WITHOUT_PROFILE
    return _FLEXIBLE if is_absent(value_at(props, _OWN)) else (*_FLEXIBLE, *_FLEXIBLE_WINDOWS)


def _named(sizes: Any) -> Any:
    """azurerm's names of sizes as ARM's objects."""
    return [{"name": size} for size in sizes] if isinstance(sizes, list) else sizes


SCALE_SETS: Mapping[str, tuple[Shape, Any]] = {
    "orchestratedvirtualmachinescaleset": (arm_types.SCALE_SET, flexible),
    "windowsvirtualmachinescaleset": (arm_types.SCALE_SET, lambda _: _UNIFORM_WINDOWS),
    "linuxvirtualmachinescaleset": (arm_types.SCALE_SET, lambda _: _UNIFORM_LINUX),
    "scaleset": (arm_types.SCALE_SET, lambda _: _LEGACY),
    "virtualmachinescaleset": (arm_types.SCALE_SET, lambda _: _LEGACY),  # azurerm's own name of the same
    "virtualmachinescalesetextension": (
        arm_types.SCALE_SET_EXTENSION,
        lambda _: (
            Place("name", "name"),
            Place("publisher", "publisher"),
            Place("type", "type"),
            Place("settings", "settings"),
            Place("protectedSettings", "protectedSettings"),
            Place("virtualMachineScaleSetId", "virtualMachineScaleSetId"),
        ),
    ),
}
