"""The classic provider's virtual machines (`azure:compute/…`), spelled as in azurerm under any other bridge."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_bool, as_int
from azure_hotpatch.policies.reading.arm import judged_types
from azure_hotpatch.policies.reading.arm.judged_types import JudgedType
from azure_hotpatch.policies.reading.classic.translation import PropertyMapping, is_absent, one

WINDOWS = "osProfile.windowsConfiguration"
SETTINGS = f"{WINDOWS}.patchSettings"
PLATFORM = f"{SETTINGS}.automaticByPlatformSettings"

# What a machine of any kind has, and how its resource is called.
COMMON = (
    PropertyMapping("id", "id"),
    PropertyMapping("name", "name"),
    PropertyMapping("location", "location"),
    PropertyMapping("tags", "tags"),
    PropertyMapping("plan", "plan", read=one),
    PropertyMapping("resourceGroupName", "resourceGroupName"),
)
IMAGE = (
    PropertyMapping("storageProfile.imageReference.publisher", "sourceImageReference.publisher"),
    PropertyMapping("storageProfile.imageReference.offer", "sourceImageReference.offer"),
    PropertyMapping("storageProfile.imageReference.sku", "sourceImageReference.sku"),
    PropertyMapping("storageProfile.imageReference.version", "sourceImageReference.version"),
    PropertyMapping("storageProfile.imageReference.id", "sourceImageId"),
)
# azurerm, windows_virtual_machine_resource.go: what is sent where the program says nothing.
_WINDOWS_CONFIGURATION = (
    PropertyMapping(f"{WINDOWS}.provisionVMAgent", "provisionVmAgent", True),
    PropertyMapping(f"{WINDOWS}.enableAutomaticUpdates", "automaticUpdatesEnabled"),
    PropertyMapping(f"{WINDOWS}.enableAutomaticUpdates", "enableAutomaticUpdates", True),
    PropertyMapping(f"{SETTINGS}.patchMode", "patchMode", "AutomaticByOS"),
    PropertyMapping(f"{SETTINGS}.assessmentMode", "patchAssessmentMode", "ImageDefault"),
    PropertyMapping(f"{SETTINGS}.enableHotpatching", "hotpatchingEnabled", False),
    PropertyMapping(f"{PLATFORM}.rebootSetting", "rebootSetting"),
    # False, which stands in every plan and state, sends nothing.
    PropertyMapping(
        f"{PLATFORM}.bypassPlatformSafetyChecksOnUserSchedule",
        "bypassPlatformSafetyChecksOnUserScheduleEnabled",
        read=lambda bypass: None if as_bool(bypass) is False else bypass,
    ),
)
# azurerm asks for Trusted Launch, which no attribute of it names, where either of its two parts is on.
_SECURITY_TYPE = (
    PropertyMapping("securityProfile.securityType", "osDisk.securityEncryptionType", read=lambda _: "ConfidentialVM"),
    PropertyMapping("securityProfile.securityType", "secureBootEnabled", read=lambda on: _trusted_launch(on)),
    PropertyMapping("securityProfile.securityType", "vtpmEnabled", read=lambda on: _trusted_launch(on)),
)
_MACHINE = (
    *COMMON,
    *IMAGE,
    *_SECURITY_TYPE,
    PropertyMapping("licenseType", "licenseType"),
    PropertyMapping("hardwareProfile.vmSize", "size"),
    PropertyMapping("virtualMachineScaleSet.id", "virtualMachineScaleSetId"),
    PropertyMapping("securityProfile.uefiSettings.secureBootEnabled", "secureBootEnabled"),
    PropertyMapping("securityProfile.uefiSettings.vTpmEnabled", "vtpmEnabled"),
    PropertyMapping("zones", "zone", read=lambda zone: [zone]),
    PropertyMapping("availabilitySet.id", "availabilitySetId"),
)
_ACCOUNT = (
    PropertyMapping("osProfile.adminUsername", "adminUsername"),
    PropertyMapping("osProfile.adminPassword", "adminPassword"),
    PropertyMapping("osProfile.computerName", "computerName"),
    PropertyMapping("osProfile.allowExtensionOperations", "allowExtensionOperations"),
)
OS_DISK = (
    PropertyMapping("storageProfile.osDisk.diskSizeGB", "osDisk.diskSizeGb", read=lambda gib: _written_gib(gib)),
    PropertyMapping("storageProfile.osDisk.managedDisk.storageAccountType", "osDisk.storageAccountType"),
)
# A machine made from a disk has no osProfile: the provider sends none.
_FROM_A_DISK = (
    PropertyMapping("storageProfile.osDisk.createOption", "osManagedDiskId", read=lambda _: "Attach"),
    PropertyMapping("storageProfile.osDisk.managedDisk.id", "osManagedDiskId"),
)

_WINDOWS_MACHINE = (
    *_MACHINE,
    *_ACCOUNT,
    *OS_DISK,
    *_WINDOWS_CONFIGURATION,
    PropertyMapping(f"{WINDOWS}.timeZone", "timezone"),
    PropertyMapping("storageProfile.osDisk.osType", "", "Windows"),
)
_LINUX_MACHINE = (
    *_MACHINE,
    *_ACCOUNT,
    PropertyMapping("osProfile.linuxConfiguration.provisionVMAgent", "provisionVmAgent", True),
    PropertyMapping("osProfile.linuxConfiguration.patchSettings.patchMode", "patchMode"),
    PropertyMapping("storageProfile.osDisk.osType", "", "Linux"),
)
# The first generation of the resource, which has no patch settings (azurerm, virtual_machine_resource.go).
_LEGACY_MACHINE = (
    *COMMON,
    *(
        PropertyMapping(f"storageProfile.imageReference.{part}", f"storageImageReference.{part}")
        for part in ("publisher", "offer", "sku", "version", "id")
    ),
    PropertyMapping("storageProfile.osDisk.createOption", "storageOsDisk.createOption"),
    PropertyMapping("storageProfile.osDisk.managedDisk.id", "storageOsDisk.managedDiskId"),
    PropertyMapping("storageProfile.osDisk.osType", "storageOsDisk.osType"),
    PropertyMapping("storageProfile.osDisk.diskSizeGB", "storageOsDisk.diskSizeGb", read=lambda gib: _written_gib(gib)),
    PropertyMapping("storageProfile.osDisk.managedDisk.storageAccountType", "storageOsDisk.managedDiskType"),
    PropertyMapping("hardwareProfile.vmSize", "vmSize"),
    # A list of one in azurerm, which the bridge makes its one member.
    PropertyMapping("zones", "zones", read=lambda zones: zones if isinstance(zones, list) else [zones]),
    PropertyMapping("availabilitySet.id", "availabilitySetId"),
    PropertyMapping("osProfile.adminUsername", "osProfile.adminUsername"),
    PropertyMapping("osProfile.adminPassword", "osProfile.adminPassword"),
    PropertyMapping("osProfile.computerName", "osProfile.computerName"),
    PropertyMapping("licenseType", "licenseType"),
    PropertyMapping("osProfile.linuxConfiguration", "osProfileLinuxConfig", read=one),
    PropertyMapping(f"{WINDOWS}.timeZone", "osProfileWindowsConfig.timezone"),
)
_LEGACY_WINDOWS = (
    PropertyMapping(f"{WINDOWS}.provisionVMAgent", "osProfileWindowsConfig.provisionVmAgent", False),
    PropertyMapping(f"{WINDOWS}.enableAutomaticUpdates", "osProfileWindowsConfig.enableAutomaticUpgrades", False),
)


def windows_machine(props: Mapping[str, Any]) -> tuple[PropertyMapping, ...]:
    if _is_from_a_disk(props):
        return (*_MACHINE, *_FROM_A_DISK, PropertyMapping("storageProfile.osDisk.osType", "", "Windows"))
    return _WINDOWS_MACHINE


def linux_machine(_: Mapping[str, Any]) -> tuple[PropertyMapping, ...]:
    return _LINUX_MACHINE


def legacy_machine(props: Mapping[str, Any]) -> tuple[PropertyMapping, ...]:
    has_windows = not is_absent(props.get("osProfileWindowsConfig"))
    return (*_LEGACY_MACHINE, *_LEGACY_WINDOWS) if has_windows else _LEGACY_MACHINE


def _written_gib(size: Any) -> Any:
    """The size of a disk; None for the 0 that azurerm writes into a state where none was asked for, and never sends."""
    return None if as_int(size) == 0 else size


def _is_from_a_disk(props: Mapping[str, Any]) -> bool:
    """azurerm takes one of the disk and the image, and since 4.42 writes the disk of every machine into its state."""
    has_image = not all(is_absent(props.get(name)) for name in ("sourceImageReference", "sourceImageId"))
    return not has_image and not is_absent(props.get("osManagedDiskId"))


def _trusted_launch(enabled: Any) -> str | None:
    return "TrustedLaunch" if as_bool(enabled) else None


_NAMED = (PropertyMapping("name", "name"), PropertyMapping("resourceGroupName", "resourceGroupName"))
_IMAGES = (*_NAMED, PropertyMapping("storageProfile.osDisk.osType", "osDisk.osType"))
_GALLERY_IMAGES = (*_NAMED, PropertyMapping("osType", "osType"))
MACHINES: Mapping[str, tuple[JudgedType, Any]] = {
    "windowsvirtualmachine": (judged_types.VIRTUAL_MACHINE, windows_machine),
    "linuxvirtualmachine": (judged_types.VIRTUAL_MACHINE, linux_machine),
    "virtualmachine": (judged_types.VIRTUAL_MACHINE, legacy_machine),
    "image": (judged_types.IMAGE, lambda _: _IMAGES),
    "sharedimage": (judged_types.GALLERY_IMAGE, lambda _: _GALLERY_IMAGES),
}
