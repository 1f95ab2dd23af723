"""Whether the members of a body are what they must be: objects, lists of objects, texts, numbers or switches."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from azure_hotpatch.emulator.arm.errors import InvalidRequestContent


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_whole_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


# The members that the emulator looks into. Azure knows the shape of all; a member that is not here is stored as it is.
_SHAPES: tuple[tuple[str, Callable[[Any], bool], str], ...] = (
    ("an object", _is_object, """
        properties identity plan extendedLocation userAssignedIdentities hardwareProfile storageProfile
        osProfile networkProfile securityProfile uefiSettings imageReference osDisk managedDisk windowsConfiguration
        linuxConfiguration patchSettings automaticByPlatformSettings availabilitySet virtualMachineScaleSet
        virtualMachineProfile extensionProfile creationData identifier publishingProfile safetyProfile addressSpace
        subnet dnsSettings networkSecurityGroup publicIPAddress natGateway routeTable backendAddressPool source
        maintenanceWindow extensionProperties installPatches windowsParameters filter tagSettings encryption
        networkAcls remoteVirtualNetwork policyRule upgradePolicy httpProxyConfig
    """),
    ("a list of objects", _is_list_of_objects, """
        subnets virtualNetworkPeerings securityRules routes ipConfigurations networkInterfaces
        networkInterfaceConfigurations dataDisks extensions additionalUnattendContent frontendIPConfigurations
        backendAddressPools loadBalancingRules probes inboundNatRules outboundRules inboundNatPools publicIpAddresses
        policyDefinitions galleryApplications
    """),
    ("a text", _is_text, """
        location id name type version publisher offer vmSize computerName computerNamePrefix adminUsername
        adminPassword createOption domainNameLabel addressPrefix direction privateIPAddress privateIPAllocationMethod
        publicIPAllocationMethod orchestrationMode networkApiVersion maintenanceConfigurationId roleDefinitionId
        principalId policyDefinitionId typeHandlerVersion InGuestPatchMode startDateTime expirationDateTime
        recurEvery timeZone duration maintenanceScope visibility rebootSetting
    """),
    ("a list of texts", _is_list_of_texts, """
        addressPrefixes zones classificationsToInclude kbNumbersToInclude kbNumbersToExclude resourceTypes
        resourceGroups osTypes locations
    """),
    ("a whole number", _is_whole_number, """
        platformFaultDomainCount platformUpdateDomainCount diskSizeGB lun capacity prefixLength
    """),
)  # fmt: skip
_BY_NAME = {name: (words, fits) for words, fits, names in _SHAPES for name in names.split()}


def _as_it_is(_value: Any) -> bool:
    return True


# A name that means something else in one place: an image reference's sku and version are texts.
_BY_PATH: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "sku": ("an object", _is_object),
    # The Azure CLI sends null or an empty list where it removes the last identity.
    "identity.userAssignedIdentities": ("an object", lambda value: _is_object(value) or not value),
    "tags": ("an object", _is_object),  # a gallery application of a machine has text as tags
    "properties.version": ("anything", _as_it_is),  # of a policy a text, of an image on Azure Local an object
}


# The same by the object that holds it: a public address has an object as sku, an image a text.
_BY_PARENT: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "imageReference.sku": ("a text", _is_text),
    "identifier.sku": ("a text", _is_text),
    "publicIPAddressConfiguration.sku": ("an object", _is_object),
    "tagSettings.tags": ("an object", _is_object),
    "galleryApplications.tags": ("a text", _is_text),
}


def check(body: Any) -> None:
    """Refuse a body with a member of another shape; the value itself, which may be secret, is not repeated."""
    for path, name, value in _members(body, ""):
        parent = re.sub(r"\[\d+\]", "", ".".join(path.split(".")[-2:]))
        words, fits = _BY_PATH.get(path) or _BY_PARENT.get(parent) or _BY_NAME.get(name) or ("anything", _as_it_is)
        if not fits(value):
            raise InvalidRequestContent(f"The member '{path}' must be {words}")


def _members(value: Any, path: str) -> Iterator[tuple[str, str, Any]]:
    if isinstance(value, list):
        for at, item in enumerate(value):
            yield from _members(item, f"{path}[{at}]")
    if isinstance(value, dict):
        for name, item in value.items():
            here = f"{path}.{name}" if path else name
            yield here, name, item
            # What a policy or a script holds has names of its own.
            if name not in {"policyRule", "parameters", "metadata", "tags", "settings", "protectedSettings"}:
                yield from _members(item, here)
