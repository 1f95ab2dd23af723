"""The properties of an imported machine or interface that are left unchanged: all that no argument sets."""

from collections.abc import Mapping, Sequence

from azure_hotpatch.components.virtual_machine.args import InterfaceSpec, VirtualMachineSpec

# Input paths, in ARM's names, that the component never sets. Azure fills most of them in, and its provider takes each
# for an input on import, so that a preview would show every one as removed (pulumi-azure-native, issue 2246).
_MACHINE = (
    "additionalCapabilities",
    "applicationProfile",
    "billingProfile",
    "capacityReservation",
    "diagnosticsProfile.bootDiagnostics.storageUri",  # a storage account in place of Azure's own
    "evictionPolicy",
    "extendedLocation",
    "extensionsTimeBudget",
    "hardwareProfile.vmSizeProperties",
    "host",
    "hostGroup",
    "networkProfile.networkApiVersion",
    "networkProfile.networkInterfaceConfigurations",
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
    "scheduledEventsPolicy",
    "scheduledEventsProfile",
    "securityProfile.encryptionIdentity",
    "securityProfile.proxyAgentSettings",
    "storageProfile.alignRegionalDisksToVMZone",
    "storageProfile.diskControllerType",
    "storageProfile.osDisk.caching",
    "storageProfile.osDisk.deleteOption",  # else the disk would go with its machine, which nobody asked for
    "storageProfile.osDisk.diffDiskSettings",
    "storageProfile.osDisk.encryptionSettings",
    "storageProfile.osDisk.image",
    "storageProfile.osDisk.managedDisk.id",
    "storageProfile.osDisk.managedDisk.securityProfile",
    "storageProfile.osDisk.name",
    "storageProfile.osDisk.osType",
    "storageProfile.osDisk.vhd",
    "storageProfile.osDisk.writeAcceleratorEnabled",
    "virtualMachineScaleSet",
)
_DATA_DISK = (
    "createOption",
    "deleteOption",
    "detachOption",
    "image",
    "managedDisk.id",
    "managedDisk.securityProfile",
    "name",
    "sourceResource",
    "toBeDetached",
    "vhd",
    "writeAcceleratorEnabled",
)
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
            "publicIPAddress",
            "type",
            "virtualNetworkTaps",
        )
    ),
)
# The input paths that an argument sets only where it is given: argument -> input paths.
_BOTH_UNLESS = {"location": ("location",), "tags": ("tags",)}
_MACHINE_UNLESS = {
    **_BOTH_UNLESS,
    "availability_set_id": ("availabilitySet",),
    "azure_hybrid_benefit": ("licenseType",),
    "disk_encryption_set_id": ("storageProfile.osDisk.managedDisk.diskEncryptionSet",),
    "encryption_at_host": ("securityProfile.encryptionAtHost",),
    "proximity_placement_group_id": ("proximityPlacementGroup",),
    "time_zone": ("osProfile.windowsConfiguration.timeZone",),
    "user_data": ("userData",),
    "zones": ("zones",),
}
_DATA_DISK_UNLESS = {"disk_encryption_set_id": ("managedDisk.diskEncryptionSet",)}
_INTERFACE_UNLESS = {
    "accelerated_networking": ("enableAcceleratedNetworking",),
    "private_ip_address": ("ipConfigurations[0].privateIPAddress", "ipConfigurations[0].privateIPAllocationMethod"),
}


def kept_of_machine(spec: VirtualMachineSpec) -> list[str]:
    """The input paths of an imported machine that stay as Azure has them."""
    return [*_MACHINE, *_unspoken(_MACHINE_UNLESS, spec), *_disks(spec), *_interfaces(spec), *_identity(spec)]


def kept_of_interface(spec: VirtualMachineSpec, interface: InterfaceSpec) -> list[str]:
    """The input paths of an imported interface that stay as Azure has them."""
    return [*_INTERFACE, *_unspoken(_INTERFACE_UNLESS, interface), *_unspoken(_BOTH_UNLESS, spec)]


def _disks(spec: VirtualMachineSpec) -> list[str]:
    """Of each data disk what no argument says; all disks where none is given, so that none is detached unasked."""
    paths = [*_DATA_DISK, *_unspoken(_DATA_DISK_UNLESS, spec)]
    disks = "storageProfile.dataDisks"
    return [f"{disks}[{unit}].{name}" for unit in range(len(spec.data_disks)) for name in paths] or [disks]


def _interfaces(spec: VirtualMachineSpec) -> list[str]:
    """All interfaces where the one that is imported is all that the arguments know of; else what goes with each."""
    interfaces = "networkProfile.networkInterfaces"
    if spec.import_network_interface_id and len(spec.network_interfaces) == 1:
        return [interfaces]
    return [f"{interfaces}[{index}].deleteOption" for index in range(max(1, len(spec.network_interfaces)))]


def _identity(spec: VirtualMachineSpec) -> list[str]:
    is_said = spec.system_assigned_identity is not None or spec.user_assigned_identity_ids
    return [] if is_said else ["identity"]


def _unspoken(paths: Mapping[str, Sequence[str]], spec: VirtualMachineSpec | InterfaceSpec) -> list[str]:
    return [path for argument, of_it in paths.items() if getattr(spec, argument) is None for path in of_it]
