"""The classic provider's virtual machines (`azure:compute/…`), which azurerm by any other bridge spells alike."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_bool
from azure_hotpatch.policies.reading.arm import types as arm_types
from azure_hotpatch.policies.reading.arm.types import Shape
from azure_hotpatch.policies.reading.classic.translation import Place, is_absent, one

WINDOWS = "osProfile.windowsConfiguration"
SETTINGS = f"{WINDOWS}.patchSettings"
PLATFORM = f"{SETTINGS}.automaticByPlatformSettings"

# What a machine of any kind has, and how its resource is called.
COMMON = (
    Place("name", "name"),
    Place("location", "location"),
    Place("tags", "tags"),
    Place("plan", "plan", read=one),
    Place("resourceGroupName", "resourceGroupName"),
)
IMAGE = (
    Place("storageProfile.imageReference.publisher", "sourceImageReference.publisher"),
    Place("storageProfile.imageReference.offer", "sourceImageReference.offer"),
    Place("storageProfile.imageReference.sku", "sourceImageReference.sku"),
    Place("storageProfile.imageReference.version", "sourceImageReference.version"),
    Place("storageProfile.imageReference.id", "sourceImageId"),
)
# azurerm, windows_virtual_machine_resource.go: what is sent where the program says nothing.
_WINDOWS_CONFIGURATION = (
    Place(f"{WINDOWS}.provisionVMAgent", "provisionVmAgent", True),
    Place(f"{WINDOWS}.enableAutomaticUpdates", "automaticUpdatesEnabled"),
    Place(f"{WINDOWS}.enableAutomaticUpdates", "enableAutomaticUpdates", True),
    Place(f"{SETTINGS}.patchMode", "patchMode", "AutomaticByOS"),
    Place(f"{SETTINGS}.assessmentMode", "patchAssessmentMode", "ImageDefault"),
    Place(f"{SETTINGS}.enableHotpatching", "hotpatchingEnabled", False),
    Place(f"{PLATFORM}.rebootSetting", "rebootSetting"),
    Place(f"{PLATFORM}.bypassPlatformSafetyChecksOnUserSchedule", "bypassPlatformSafetyChecksOnUserScheduleEnabled"),
)
# azurerm asks for Trusted Launch, which no attribute of it names, where either of its two parts is on.
_SECURITY_TYPE = (
    Place("securityProfile.securityType", "osDisk.securityEncryptionType", read=lambda _: "ConfidentialVM"),
    Place("securityProfile.securityType", "secureBootEnabled", read=lambda on: _trusted_launch(on)),
    Place("securityProfile.securityType", "vtpmEnabled", read=lambda on: _trusted_launch(on)),
)
_MACHINE = (
    *COMMON,
    *IMAGE,
    *_SECURITY_TYPE,
    Place("licenseType", "licenseType"),
    Place("hardwareProfile.vmSize", "size"),
    Place("virtualMachineScaleSet.id", "virtualMachineScaleSetId"),
    Place("securityProfile.uefiSettings.secureBootEnabled", "secureBootEnabled"),
    Place("securityProfile.uefiSettings.vTpmEnabled", "vtpmEnabled"),
    Place("zones", "zone", read=lambda zone: [zone]),
)
_ACCOUNT = (
    Place("osProfile.adminUsername", "adminUsername"),
    Place("osProfile.adminPassword", "adminPassword"),
    Place("osProfile.computerName", "computerName"),
    Place("osProfile.allowExtensionOperations", "allowExtensionOperations"),
)
# A machine made from a disk has no osProfile: the provider sends none.
_FROM_A_DISK = (
    Place("storageProfile.osDisk.createOption", "osManagedDiskId", read=lambda _: "Attach"),
    Place("storageProfile.osDisk.managedDisk.id", "osManagedDiskId"),
)

_WINDOWS_MACHINE = (*_MACHINE, *_ACCOUNT, *_WINDOWS_CONFIGURATION, Place("storageProfile.osDisk.osType", "", "Windows"))
_LINUX_MACHINE = (
    *_MACHINE,
    *_ACCOUNT,
    Place("osProfile.linuxConfiguration.provisionVMAgent", "provisionVmAgent", True),
    Place("osProfile.linuxConfiguration.patchSettings.patchMode", "patchMode"),
    Place("storageProfile.osDisk.osType", "", "Linux"),
)
# The first generation of the resource, which has no patch settings (azurerm, virtual_machine_resource.go).
_LEGACY_MACHINE = (
    *COMMON,
    *(
        Place(f"storageProfile.imageReference.{part}", f"storageImageReference.{part}")
        for part in ("publisher", "offer", "sku", "version", "id")
    ),
    Place("storageProfile.osDisk.createOption", "storageOsDisk.createOption"),
    Place("storageProfile.osDisk.managedDisk.id", "storageOsDisk.managedDiskId"),
    Place("storageProfile.osDisk.osType", "storageOsDisk.osType"),
    Place("hardwareProfile.vmSize", "vmSize"),
    Place("zones", "zones"),
    Place("osProfile.adminUsername", "osProfile.adminUsername"),
    Place("osProfile.adminPassword", "osProfile.adminPassword"),
    Place("osProfile.computerName", "osProfile.computerName"),
    Place("licenseType", "licenseType"),
    Place("osProfile.linuxConfiguration", "osProfileLinuxConfig", read=one),
    Place(f"{WINDOWS}.timeZone", "osProfileWindowsConfig.timezone"),
)
_LEGACY_WINDOWS = (
    Place(f"{WINDOWS}.provisionVMAgent", "osProfileWindowsConfig.provisionVmAgent", False),
    Place(f"{WINDOWS}.enableAutomaticUpdates", "osProfileWindowsConfig.enableAutomaticUpgrades", False),
)


def windows_machine(props: Mapping[str, Any]) -> tuple[Place, ...]:
    if _is_from_a_disk(props):
        return (*_MACHINE, *_FROM_A_DISK, Place("storageProfile.osDisk.osType", "", "Windows"))
    return _WINDOWS_MACHINE


def linux_machine(_: Mapping[str, Any]) -> tuple[Place, ...]:
    return _LINUX_MACHINE


def legacy_machine(props: Mapping[str, Any]) -> tuple[Place, ...]:
    has_windows = not is_absent(props.get("osProfileWindowsConfig"))
    return (*_LEGACY_MACHINE, *_LEGACY_WINDOWS) if has_windows else _LEGACY_MACHINE


def _is_from_a_disk(props: Mapping[str, Any]) -> bool:
    """azurerm takes one of the disk and the image, and since 4.42 writes the disk of every machine into its state."""
    has_image = not all(is_absent(props.get(name)) for name in ("sourceImageReference", "sourceImageId"))
    return not has_image and not is_absent(props.get("osManagedDiskId"))


def _trusted_launch(enabled: Any) -> str | None:
    return "TrustedLaunch" if as_bool(enabled) else None


_NAMED = (Place("name", "name"), Place("resourceGroupName", "resourceGroupName"))
_IMAGES = (*_NAMED, Place("storageProfile.osDisk.osType", "osDisk.osType"))
_GALLERY_IMAGES = (*_NAMED, Place("osType", "osType"))
MACHINES: Mapping[str, tuple[Shape, Any]] = {
    "windowsvirtualmachine": (arm_types.VIRTUAL_MACHINE, windows_machine),
    "linuxvirtualmachine": (arm_types.VIRTUAL_MACHINE, linux_machine),
    "virtualmachine": (arm_types.VIRTUAL_MACHINE, legacy_machine),
    "image": (arm_types.IMAGE, lambda _: _IMAGES),
    "sharedimage": (arm_types.GALLERY_IMAGE, lambda _: _GALLERY_IMAGES),
}
