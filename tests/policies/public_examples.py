"""The machines and scale sets of Pulumi's own documentation of azure-native, by what decides about hotpatch in each.

The titles are those of the examples. They are written for Pulumi from the examples of the Compute API (2024-11-01,
`virtualMachineExamples` and `virtualMachineScaleSetExamples`), where the same values can be looked up.
The verdict is that of the article "Hotpatch for virtual machines": its list of images, and its list of what is not
supported (custom images, other publishers, offers and SKUs, scale sets with Uniform orchestration).
"""

from dataclasses import dataclass
from typing import Any

from tests.policies.routes import VM, VMSS


@dataclass(frozen=True)
class Example:
    """What an example asks for; `refused` names the rule that says what the article says, or is empty for Linux."""

    title: str
    token: str
    props: dict[str, Any]
    refused: str


COMPUTE = "/subscriptions/{subscription-id}/resourceGroups/myResourceGroup/providers/Microsoft.Compute"
CUSTOM = {"id": f"{COMPUTE}/images/{{existing-custom-image-name}}"}
GALLERY = {"id": f"{COMPUTE}/galleries/mySharedGallery/images/mySharedImage"}
SHARED = {"sharedGalleryImageId": "/SharedGalleries/sharedGalleryName/Images/sharedGalleryImageName/Versions/version"}
COMMUNITY = {"communityGalleryImageId": "/CommunityGalleries/galleryPublicName/Images/imageName/Versions/version"}
PLACEHOLDER = {"publisher": "{image_publisher}", "offer": "{image_offer}", "sku": "{image_sku}", "version": "latest"}
DATA_SCIENCE = {
    "publisher": "microsoft-ads",
    "offer": "windows-data-science-vm",
    "sku": "windows2016",
    "version": "latest",
}
PLAN = {"publisher": "microsoft-ads", "product": "windows-data-science-vm", "name": "windows2016"}


def windows(sku: str, offer: str = "WindowsServer", version: str = "latest") -> dict[str, Any]:
    return {"publisher": "MicrosoftWindowsServer", "offer": offer, "sku": sku, "version": version}


def canonical(offer: str, sku: str) -> dict[str, Any]:
    return {"publisher": "Canonical", "offer": offer, "sku": sku, "version": "latest"}


W2016 = windows("2016-Datacenter")
UBUNTU = canonical("UbuntuServer", "16.04-LTS")
PATCHED = {"provisionVMAgent": True, "enableAutomaticUpdates": True}
SSH = {"disablePasswordAuthentication": True}


def machine(image: dict[str, Any] | None, size: str = "Standard_D1_v2", **more: Any) -> dict[str, Any]:
    profile = {"adminUsername": "{your-username}", "adminPassword": "{your-password}", "computerName": "myVM"}
    disk = {"createOption": "FromImage", "caching": "ReadWrite", "name": "myVMosdisk"}
    return {
        "resourceGroupName": "myResourceGroup",
        "vmName": "myVM",
        "location": "westus",
        "hardwareProfile": {"vmSize": size},
        "storageProfile": {"imageReference": image, "osDisk": disk} if image else {"osDisk": disk},
        "osProfile": profile,
        **more,
    }


def patched(**settings: Any) -> dict[str, Any]:
    of = machine(W2016)
    of["osProfile"]["windowsConfiguration"] = {**PATCHED, "patchSettings": settings}
    return of


def linux(image: dict[str, Any], size: str, **configuration: Any) -> dict[str, Any]:
    of = machine(image, size)
    of["osProfile"]["linuxConfiguration"] = configuration
    return of


def scale_set(image: dict[str, Any], size: str = "Standard_D1_v2", **more: Any) -> dict[str, Any]:
    profile = {"computerNamePrefix": "{vmss-name}", "adminUsername": "{your-username}"}
    return {
        "resourceGroupName": "myResourceGroup",
        "vmScaleSetName": "{vmss-name}",
        "sku": {"name": size, "tier": "Standard", "capacity": 3},
        "virtualMachineProfile": {
            "osProfile": profile | more.pop("osProfile", {}),
            "storageProfile": {"imageReference": image, "osDisk": {"createOption": "FromImage"}},
            "networkProfile": more.pop("networkProfile", {}),
        },
        **more,
    }


def from_a_blob() -> dict[str, Any]:
    of = machine(None)
    of["storageProfile"]["osDisk"] |= {"osType": "Windows", "image": {"uri": "http://account/container/image.vhd"}}
    return of


def without_profile(of: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in of.items() if key != "osProfile"}


def secure(kind: str) -> dict[str, Any]:
    return {"securityType": kind, "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True}}


BOOT = {"bootDiagnostics": {"enabled": True, "storageUri": "http://account.blob.core.windows.net"}}
COPIES = [{"lun": lun, "createOption": option} for lun, option in enumerate(("Copy", "Copy", "Restore"))]
IN_A_SET = {"id": f"{COMPUTE}/virtualMachineScaleSets/existing-flex-vmss", "platformFaultDomain": 1}
PLATFORM = "AutomaticByPlatform"
NO_REBOOT = {"rebootSetting": "Never", "bypassPlatformSafetyChecksOnUserSchedule": False}
WITH_COPIES = machine(W2016, "Standard_D2_v2")
WITH_COPIES["storageProfile"]["dataDisks"] = COPIES

EXAMPLES = (
    Example("a custom-image vm from an unmanaged generalized os image", VM, from_a_blob(), "HP002"),
    Example("a VM from a community gallery image", VM, machine(COMMUNITY), "HP002"),
    Example("a VM from a custom image", VM, machine(CUSTOM), "HP002"),
    Example("a VM from a generalized shared image", VM, machine(GALLERY), "HP002"),
    Example("a VM from a shared gallery image", VM, machine(SHARED), "HP002"),
    Example("a VM from a specialized shared image", VM, without_profile(machine(GALLERY)), "HP002"),
    Example("a VM in a set with a fault domain", VM, machine(W2016, virtualMachineScaleSet=IN_A_SET), "HP001"),
    Example("a platform-image vm with unmanaged os and data disks", VM, machine(W2016, "Standard_D2_v2"), "HP001"),
    Example(
        "a Windows vm with AutomaticByPlatformSettings",
        VM,
        patched(patchMode=PLATFORM, assessmentMode=PLATFORM, automaticByPlatformSettings=NO_REBOOT),
        "HP001",
    ),
    Example("a Windows vm with assessmentMode ImageDefault", VM, patched(assessmentMode="ImageDefault"), "HP001"),
    Example("a Windows vm with patchMode AutomaticByOS", VM, patched(patchMode="AutomaticByOS"), "HP005"),
    Example("a Windows vm with patchMode Manual", VM, patched(patchMode="Manual"), "HP005"),
    Example("a Windows vm with both modes", VM, patched(patchMode=PLATFORM, assessmentMode=PLATFORM), "HP001"),
    Example("a Windows vm with hotpatching", VM, patched(patchMode=PLATFORM, enableHotpatching=True), "HP001"),
    Example("a VM with an ephemeral os disk", VM, machine(DATA_SCIENCE, "Standard_DS1_v2", plan=PLAN), "HP011"),
    Example("a VM with a marketplace image plan", VM, machine(DATA_SCIENCE, plan=PLAN), "HP011"),
    Example("a VM with an application profile", VM, machine(PLACEHOLDER), "HP001"),
    Example("a VM with boot diagnostics", VM, machine(W2016, diagnosticsProfile=BOOT), "HP001"),
    Example("a VM with data disks from a source resource", VM, WITH_COPIES, "HP001"),
    Example("a VM with a disk encryption set", VM, machine(CUSTOM), "HP002"),
    Example(
        "a VM with encryption at host",
        VM,
        machine(DATA_SCIENCE, "Standard_DS1_v2", plan=PLAN, securityProfile={"encryptionAtHost": True}),
        "HP001",
    ),
    Example(
        "a confidential VM",
        VM,
        machine(
            windows("windows-cvm", "2019-datacenter-cvm", "17763.2183.2109130127"),
            "Standard_DC2as_v5",
            securityProfile=secure("ConfidentialVM"),
        ),
        "HP001",
    ),
    Example(
        "a VM with uefi settings",
        VM,
        machine(
            windows("windows10-tvm", "windowsserver-gen2preview-preview", "18363.592.2001092016"),
            "Standard_D2s_v3",
            securityProfile=secure("TrustedLaunch"),
        ),
        "HP001",
    ),
    Example("a VM with user data", VM, machine(W2016, diagnosticsProfile=BOOT, userData="RXhhbXBsZQ=="), "HP001"),
    Example("a VM with hibernation", VM, machine(windows("2019-Datacenter"), "Standard_D2s_v3"), "HP001"),
    Example(
        "a Linux vm with AutomaticByPlatformSettings",
        VM,
        linux(UBUNTU, "Standard_D2s_v3", provisionVMAgent=True, patchSettings={"patchMode": PLATFORM}),
        "",
    ),
    Example(
        "a Linux vm with assessmentMode ImageDefault",
        VM,
        linux(UBUNTU, "Standard_D2s_v3", provisionVMAgent=True, patchSettings={"assessmentMode": "ImageDefault"}),
        "",
    ),
    Example("a vm with ssh authentication", VM, linux(PLACEHOLDER, "Standard_D1_v2", **SSH), ""),
    Example("a set with automatic repairs", VMSS, scale_set(W2016, automaticRepairsPolicy={"enabled": True}), "HP003"),
    Example("a set from a custom image", VMSS, scale_set(CUSTOM), "HP003"),
    Example("a set from a generalized shared image", VMSS, scale_set(GALLERY), "HP003"),
    Example("a set with ssh", VMSS, scale_set(W2016, osProfile={"linuxConfiguration": SSH}), "HP003"),
    Example("a set with a marketplace image plan", VMSS, scale_set(DATA_SCIENCE, plan=PLAN), "HP003"),
    Example("a set with a load balancer", VMSS, scale_set(W2016, upgradePolicy={"mode": "Manual"}), "HP003"),
    Example(
        "a Flexible set with a priority mix",
        VMSS,
        scale_set(
            canonical("0001-com-ubuntu-server-focal", "20_04-lts-gen2"),
            "Standard_A8m_v2",
            orchestrationMode="Flexible",
            platformFaultDomainCount=1,
            networkProfile={"networkApiVersion": "2020-11-01"},
        ),
        "",
    ),
)
