"""A machine and a scale set to which no rule objects, in each of the spellings that they come in."""

import json
import re
from typing import Any

from tests.images import windows_server_image

BAD_SKU, GOOD_SKU = "2022-Datacenter-Azure-Edition", "2022-Datacenter-Azure-Edition-Core"
PATCH = {
    "patchMode": "AutomaticByPlatform",
    "assessmentMode": "AutomaticByPlatform",
    "enableHotpatching": True,
    "automaticByPlatformSettings": {"rebootSetting": "IfRequired"},
}
WINDOWS = {"provisionVMAgent": True, "enableAutomaticUpdates": True, "patchSettings": PATCH}
REFERENCE = windows_server_image(GOOD_SKU)
SECURITY = {"securityType": "TrustedLaunch", "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True}}
PROFILE = {
    "securityProfile": SECURITY,
    "storageProfile": {"imageReference": REFERENCE, "osDisk": {"createOption": "FromImage"}},
    "osProfile": {"adminUsername": "azureuser", "windowsConfiguration": WINDOWS},
}
MACHINE = {**PROFILE, "hardwareProfile": {"vmSize": "Standard_D2s_v5"}}
NATIVE = {**MACHINE, "vmName": "vm", "resourceGroupName": "rg"}
HEALTH = {"name": "h", "publisher": "Microsoft.ManagedServices", "type": "ApplicationHealthWindows"}
SET = {
    "orchestrationMode": "Flexible",
    "platformFaultDomainCount": 1,
    "singlePlacementGroup": False,
    "virtualMachineProfile": {
        **PROFILE,
        "networkProfile": {"networkApiVersion": "2022-11-01"},
        "extensionProfile": {"extensions": [HEALTH]},
    },
}
CLASSIC = {
    "name": "vm",
    "resourceGroupName": "rg",
    "size": "Standard_D2s_v5",
    "secureBootEnabled": True,
    "vtpmEnabled": True,
    "sourceImageReference": REFERENCE,
    "patchMode": "AutomaticByPlatform",
    "patchAssessmentMode": "AutomaticByPlatform",
    "hotpatchingEnabled": True,
    "provisionVmAgent": True,
}
CLASSIC_SET = {
    "name": "set",
    "resourceGroupName": "rg",
    "skuName": "Standard_D2s_v5",
    "platformFaultDomainCount": 1,
    "sourceImageReference": REFERENCE,
    "extensions": [HEALTH],
    "osProfile": {
        "windowsConfiguration": {
            "patchMode": "AutomaticByPlatform",
            "patchAssessmentMode": "AutomaticByPlatform",
            "hotpatchingEnabled": True,
            "provisionVmAgent": True,
        }
    },
}
ARM = {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01", "name": "vm", "properties": MACHINE}
TEMPLATE = {"contentVersion": "1.0.0.0", "resources": [ARM]}
SYMBOLIC = {"contentVersion": "1.0.0.0", "languageVersion": "2.0", "resources": {"vm": ARM}}
NESTED = {
    "resources": [
        {"type": "Microsoft.Resources/deployments", "name": "inner", "properties": {"mode": "x", "template": TEMPLATE}}
    ]
}
GENERIC = {
    "resourceProviderNamespace": "Microsoft.Compute",
    "parentResourcePath": "",
    "resourceType": "virtualMachines",
    "resourceName": "vm",
    "resourceGroupName": "rg",
    "apiVersion": "2024-07-01",
    "properties": MACHINE,
}


def snake(value: Any) -> Any:
    """As a Terraform module keeps it: names with underscores, blocks as lists of one."""
    if isinstance(value, dict):
        return {re.sub(r"(?<=[a-z])([A-Z])", r"_\1", key).lower(): _block(snake(child)) for key, child in value.items()}
    return value


def _block(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


def with_sku(value: Any, sku: str) -> Any:
    text = json.dumps(value)
    return json.loads(text.replace(GOOD_SKU, sku))


IN_GUEST = {
    "resourceGroupName": "rg",
    "resourceName": "mc",
    "maintenanceScope": "InGuestPatch",
    "extensionProperties": {"InGuestPatchMode": "User"},
    "startDateTime": "2026-07-01 22:00",
    "duration": "03:55",
    "timeZone": "UTC",
    "recurEvery": "1Week Saturday",
    "installPatches": {
        "rebootSetting": "IfRequired",
        "windowsParameters": {"classificationsToInclude": ["Critical", "Security"]},
    },
}
