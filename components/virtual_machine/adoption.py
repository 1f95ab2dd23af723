"""The properties of an imported machine or interface that are left unchanged: all that no argument sets."""

from collections.abc import Mapping

from azure_hotpatch.components.virtual_machine.args import InterfaceSpec, VirtualMachineSpec

# Input paths, in ARM's names, that the component never sets. Azure fills most of them in, and its provider takes each
# for an input on import, so that a preview would show every one as removed (pulumi-azure-native, issue 2246).
_MACHINE = (
    "additionalCapabilities",
    "applicationProfile",
    "billingProfile",
    "capacityReservation",
    "evictionPolicy",
    "extendedLocation",
    "extensionsTimeBudget",
    "hardwareProfile.vmSizeProperties",
    "host",
    "hostGroup",
    "networkProfile.networkApiVersion",
    "osProfile.adminPassword",  # Azure never returns it, so it would always seem to differ
    "osProfile.customData",
    "osProfile.requireGuestProvisionSignal",
    "osProfile.secrets",
    "osProfile.windowsConfiguration.additionalUnattendContent",
    "osProfile.windowsConfiguration.winRM",
    "placement",
    "plan",
    "platformFaultDomain",
    "priority",
    "proximityPlacementGroup",
    "scheduledEventsProfile",
    "securityProfile.encryptionIdentity",
    "securityProfile.proxyAgentSettings",
    "storageProfile.alignRegionalDisksToVMZone",
    "storageProfile.diskControllerType",
    "storageProfile.osDisk.caching",
    "storageProfile.osDisk.deleteOption",  # else the disk would go with its machine, which nobody asked for
    "storageProfile.osDisk.managedDisk.id",
    "storageProfile.osDisk.name",
    "storageProfile.osDisk.osType",
    "storageProfile.osDisk.writeAcceleratorEnabled",
    "virtualMachineScaleSet",
)
_DATA_DISK = ("createOption", "deleteOption", "managedDisk.id", "name", "toBeDetached", "writeAcceleratorEnabled")
_INTERFACE = (
    "auxiliaryMode",
    "auxiliarySku",
    "disableTcpStateTracking",
    "dnsSettings",
    "enableIPForwarding",
    "extendedLocation",
    "migrationPhase",
    "networkSecurityGroup",
    "nicType",
    "privateLinkService",
    "workloadType",
    *(
        f"ipConfigurations[0].{name}"
        for name in (
            "applicationGatewayBackendAddressPools",
            "applicationSecurityGroups",
            "gatewayLoadBalancer",
            "id",
            "loadBalancerBackendAddressPools",
            "loadBalancerInboundNatRules",
            "name",
            "primary",
            "privateIPAddressPrefixLength",
            "privateIPAddressVersion",
            "type",
            "virtualNetworkTaps",
        )
    ),
)
# The input path that an argument sets only where it is given: argument -> input path.
_TAGS = {"tags": "tags"}
_MACHINE_UNLESS = {**_TAGS, "time_zone": "osProfile.windowsConfiguration.timeZone", "user_data": "userData"}
_INTERFACE_UNLESS = {
    "accelerated_networking": "enableAcceleratedNetworking",
    "private_ip_address": "ipConfigurations[0].privateIPAddress",
}


def kept_of_machine(spec: VirtualMachineSpec) -> list[str]:
    """The input paths of an imported machine that stay as Azure has them."""
    disks = range(len(spec.data_disks))
    of_disks = [f"storageProfile.dataDisks[{unit}].{name}" for unit in disks for name in _DATA_DISK]
    interfaces = range(max(1, len(spec.network_interfaces)))
    of_interfaces = [f"networkProfile.networkInterfaces[{index}].deleteOption" for index in interfaces]
    return [*_MACHINE, *of_disks, *of_interfaces, *_unspoken(_MACHINE_UNLESS, spec)]


def kept_of_interface(spec: VirtualMachineSpec, interface: InterfaceSpec) -> list[str]:
    """The input paths of an imported interface that stay as Azure has them."""
    return [*_INTERFACE, *_unspoken(_INTERFACE_UNLESS, interface), *_unspoken(_TAGS, spec)]


def _unspoken(paths: Mapping[str, str], spec: VirtualMachineSpec | InterfaceSpec) -> list[str]:
    return [path for argument, path in paths.items() if getattr(spec, argument) is None]
