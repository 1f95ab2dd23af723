"""ARM's spelling of the properties that rules read; ARM ignores letter case, a rule does not."""

from typing import Any

from azure_hotpatch.domain.azure.coercion import folded
from azure_hotpatch.domain.judging.record import Unknown
from azure_hotpatch.policies.reading.reading import Sealed

_NAMES = """
id name type location tags zones identity plan sku kind properties apiVersion extendedLocation resources mainTemplate
condition copy count input existing scope dependsOn template templateLink parametersLink parameters
variables value reference
defaultValue expressionEvaluationOptions product publisher offer version exactVersion sharedGalleryImageId
communityGalleryImageId osProfile windowsConfiguration linuxConfiguration patchSettings patchMode assessmentMode
enableHotpatching automaticByPlatformSettings rebootSetting bypassPlatformSafetyChecksOnUserSchedule provisionVMAgent
enableAutomaticUpdates allowExtensionOperations adminPassword adminUsername computerName computerNamePrefix customData
storageProfile imageReference image uri osDisk dataDisks createOption osType managedDisk storageAccountType diskSizeGB
hardwareProfile vmSize networkProfile networkInterfaces networkApiVersion networkInterfaceConfigurations
securityProfile securityType uefiSettings secureBootEnabled vTpmEnabled
licenseType skuProfile vmSizes galleryImageReference customImageId size
additionalLocationsProfile locationProfiles vmSizesProfile virtualMachineProfileOverride
virtualMachineScaleSet virtualMachineProfile orchestrationMode platformFaultDomainCount singlePlacementGroup
upgradePolicy mode automaticOSUpgradePolicy enableAutomaticOSUpgrade extensionProfile extensions typeHandlerVersion
autoUpgradeMinorVersion settings protectedSettings computeProfile baseVirtualMachineProfile computeApiVersion
maintenanceScope maintenanceWindow startDateTime expirationDateTime duration timeZone recurEvery namespace visibility
extensionProperties InGuestPatchMode installPatches windowsParameters linuxParameters classificationsToInclude
kbNumbersToInclude kbNumbersToExclude excludeKbsRequiringReboot packageNameMasksToInclude packageNameMasksToExclude
maintenanceConfigurationId resourceId filter resourceTypes resourceGroups locations osTypes tagSettings filterOperator
policyDefinitions policyDefinitionId displayName enforcementMode notScopes
"""
_SPELLED = {name.lower(): name for name in _NAMES.split()}
# Objects whose keys are the user's own.
_FREE = frozenset({"tags", "parameters", "variables", "template", "mainTemplate"})

_OUTSIDE = """
id name type location tags zones identity plan sku kind properties apiVersion extendedLocation resources mainTemplate
condition copy count input existing scope dependsOn template templateLink parametersLink parameters variables value
reference defaultValue expressionEvaluationOptions
"""
# Every name that is judged, and those of them that stand in `properties`: neither beside it nor in a template only.
JUDGED = frozenset(_SPELLED.values())
JUDGED_PROPERTIES = JUDGED - frozenset(_OUTSIDE.split())

WRITTEN_TWICE = Unknown("written twice, in two letter cases")


def arm_named(value: Any) -> Any:
    """The same value with ARM's spelling of the names that are judged; every other name is kept."""
    if isinstance(value, Sealed):
        return Sealed(arm_named(value.value))
    if isinstance(value, list):
        return [arm_named(item) for item in value]
    return _named(value) if isinstance(value, dict) else value


def _named(value: dict[str, Any]) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for key, child in value.items():
        name = _SPELLED.get(folded(key), key)
        read = child if name in _FREE else arm_named(child)
        named[name] = WRITTEN_TWICE if name in named and named[name] != read else read
    return named
