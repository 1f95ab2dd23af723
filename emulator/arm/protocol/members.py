"""Validate the JSON types of a body's members: object, list, string or integer."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from azure_hotpatch.emulator.arm.protocol.errors import InvalidRequestContent


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _is_string(value: Any) -> bool:
    return isinstance(value, str)


def _is_list_of_strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_integer(value: Any) -> bool:
    """An integer of 64 bits."""
    return isinstance(value, int) and not isinstance(value, bool) and -(2**63) <= value < 2**63


def _is_int32(value: Any) -> bool:
    return _is_integer(value) and -(2**31) <= value < 2**31


# The members that the emulator looks into. Azure knows the shape of all; a member that is not here is stored as it is.
_SHAPES: tuple[tuple[str, Callable[[Any], bool], str], ...] = (
    ("an object", _is_object, """
        properties identity plan extendedLocation userAssignedIdentities hardwareProfile storageProfile
        osProfile networkProfile securityProfile uefiSettings imageReference osDisk managedDisk windowsConfiguration
        linuxConfiguration patchSettings automaticByPlatformSettings availabilitySet virtualMachineScaleSet
        virtualMachineProfile extensionProfile creationData identifier publishingProfile safetyProfile addressSpace
        subnet dnsSettings networkSecurityGroup publicIPAddress natGateway routeTable backendAddressPool source
        maintenanceWindow extensionProperties installPatches windowsParameters linuxParameters filter tagSettings
        encryption networkAcls remoteVirtualNetwork policyRule upgradePolicy httpProxyConfig
    """),
    ("a list of objects", _is_list_of_objects, """
        subnets virtualNetworkPeerings securityRules routes ipConfigurations networkInterfaces
        networkInterfaceConfigurations dataDisks extensions additionalUnattendContent frontendIPConfigurations
        backendAddressPools loadBalancingRules probes inboundNatRules outboundRules inboundNatPools publicIpAddresses
        policyDefinitions galleryApplications dataDisksToAttach dataDisksToDetach
    """),
    ("a string", _is_string, """
        location id name type version publisher offer vmSize computerName computerNamePrefix adminUsername
        adminPassword createOption domainNameLabel addressPrefix direction privateIPAddress privateIPAllocationMethod
        publicIPAllocationMethod orchestrationMode networkApiVersion maintenanceConfigurationId roleDefinitionId
        principalId policyDefinitionId typeHandlerVersion InGuestPatchMode startDateTime expirationDateTime
        recurEvery timeZone duration maintenanceScope visibility rebootSetting
    """),
    ("a list of strings", _is_list_of_strings, """
        addressPrefixes zones classificationsToInclude kbNumbersToInclude kbNumbersToExclude resourceTypes
        resourceGroups osTypes locations instanceIds
    """),
    ("an integer of 32 bits", _is_int32, """
        platformFaultDomainCount platformUpdateDomainCount diskSizeGB lun prefixLength
    """),
    ("an integer", _is_integer, "capacity"),
)  # fmt: skip
_BY_NAME = {name: (words, fits) for words, fits, names in _SHAPES for name in names.split()}


def _as_it_is(_value: Any) -> bool:
    return True


# A name that means something else in one place: an image reference's sku and version are strings.
_BY_PATH: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "sku": ("an object", _is_object),
    # The Azure CLI sends null or an empty list where it removes the last identity.
    "identity.userAssignedIdentities": ("an object", lambda value: _is_object(value) or not value),
    "tags": ("an object", _is_object),  # the tags of a machine's gallery application are a string
    "properties.version": ("anything", _as_it_is),  # a string on a policy, an object on an image of Azure Local
}


# The same by the enclosing object: the sku of a public address is an object, that of an image a string.
_BY_PARENT: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "imageReference.sku": ("a string", _is_string),
    "identifier.sku": ("a string", _is_string),
    "publicIPAddressConfiguration.sku": ("an object", _is_object),
    "tagSettings.tags": ("an object", _is_object),
    "galleryApplications.tags": ("a string", _is_string),
    "tunnelInterfaces.identifier": ("an integer", _is_integer),
}


def check(body: Any) -> None:
    """Refuse a body with a member of the wrong type; the value itself, which may be secret, is not repeated."""
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
