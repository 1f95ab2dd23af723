"""Where each covered resource lives: its ARM path, with the SDK's names for the parts of it.

Source: the operations of the Azure REST API reference, and of the azure-mgmt packages where those are installed.
"""

from azure_hotpatch.emulator.provider.generator import neighbours

_GROUP = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}"
_NETWORK = f"{_GROUP}/providers/Microsoft.Network"
_COMPUTE = f"{_GROUP}/providers/Microsoft.Compute"
_HYBRID = f"{_GROUP}/providers/Microsoft.HybridCompute"
_HCI = f"{_GROUP}/providers/Microsoft.AzureStackHCI"
_INSTANCE = "/{resourceUri}/providers/Microsoft.AzureStackHCI/virtualMachineInstances/default"
_ASSIGNMENT = "providers/Microsoft.Maintenance/configurationAssignments/{configurationAssignmentName}"
_AUTHORIZATION = "/subscriptions/{subscriptionId}/providers/Microsoft.Authorization"
_MANAGEMENT_GROUP = (
    "/providers/Microsoft.Management/managementGroups/{managementGroupId}/providers/Microsoft.Authorization"
)
_ACCOUNT = f"{_GROUP}/providers/Microsoft.Storage/storageAccounts/{{accountName}}"
_VM = f"{_COMPUTE}/virtualMachines/{{vmName}}"
_SCALE_SET = f"{_COMPUTE}/virtualMachineScaleSets/{{vmScaleSetName}}"
_VNET = f"{_NETWORK}/virtualNetworks/{{virtualNetworkName}}"
_LOAD_BALANCER = f"{_NETWORK}/loadBalancers/{{loadBalancerName}}"

PATHS: dict[str, dict[str, str]] = {
    "resources": {"ResourceGroup": _GROUP},
    "network": {
        "ApplicationSecurityGroup": f"{_NETWORK}/applicationSecurityGroups/{{applicationSecurityGroupName}}",
        "BastionHost": f"{_NETWORK}/bastionHosts/{{bastionHostName}}",
        "InboundNatRule": f"{_LOAD_BALANCER}/inboundNatRules/{{inboundNatRuleName}}",
        "LoadBalancer": _LOAD_BALANCER,
        "LoadBalancerBackendAddressPool": f"{_LOAD_BALANCER}/backendAddressPools/{{backendAddressPoolName}}",
        "NatGateway": f"{_NETWORK}/natGateways/{{natGatewayName}}",
        "NetworkInterface": f"{_NETWORK}/networkInterfaces/{{networkInterfaceName}}",
        "NetworkSecurityGroup": f"{_NETWORK}/networkSecurityGroups/{{networkSecurityGroupName}}",
        "PublicIPAddress": f"{_NETWORK}/publicIPAddresses/{{publicIpAddressName}}",
        "PublicIPPrefix": f"{_NETWORK}/publicIPPrefixes/{{publicIpPrefixName}}",
        "Route": f"{_NETWORK}/routeTables/{{routeTableName}}/routes/{{routeName}}",
        "RouteTable": f"{_NETWORK}/routeTables/{{routeTableName}}",
        "SecurityRule": (
            f"{_NETWORK}/networkSecurityGroups/{{networkSecurityGroupName}}/securityRules/{{securityRuleName}}"
        ),
        "Subnet": f"{_VNET}/subnets/{{subnetName}}",
        "VirtualNetwork": _VNET,
        "VirtualNetworkPeering": f"{_VNET}/virtualNetworkPeerings/{{virtualNetworkPeeringName}}",
    },
    "compute": {
        "AvailabilitySet": f"{_COMPUTE}/availabilitySets/{{availabilitySetName}}",
        "Disk": f"{_COMPUTE}/disks/{{diskName}}",
        "Gallery": f"{_COMPUTE}/galleries/{{galleryName}}",
        "GalleryImage": f"{_COMPUTE}/galleries/{{galleryName}}/images/{{galleryImageName}}",
        "GalleryImageVersion": (
            f"{_COMPUTE}/galleries/{{galleryName}}/images/{{galleryImageName}}/versions/{{galleryImageVersionName}}"
        ),
        "Image": f"{_COMPUTE}/images/{{imageName}}",
        "ProximityPlacementGroup": f"{_COMPUTE}/proximityPlacementGroups/{{proximityPlacementGroupName}}",
        "Snapshot": f"{_COMPUTE}/snapshots/{{snapshotName}}",
        "SshPublicKey": f"{_COMPUTE}/sshPublicKeys/{{sshPublicKeyName}}",
        "VirtualMachine": _VM,
        "VirtualMachineExtension": f"{_VM}/extensions/{{vmExtensionName}}",
        "VirtualMachineRunCommandByVirtualMachine": f"{_VM}/runCommands/{{runCommandName}}",
        "VirtualMachineScaleSet": _SCALE_SET,
        "VirtualMachineScaleSetExtension": f"{_SCALE_SET}/extensions/{{vmssExtensionName}}",
        "VirtualMachineScaleSetVM": f"{_SCALE_SET}/virtualMachines/{{instanceId}}",
    },
    "maintenance": {
        "MaintenanceConfiguration": (
            f"{_GROUP}/providers/Microsoft.Maintenance/maintenanceConfigurations/{{resourceName}}"
        ),
        "ConfigurationAssignment": (
            f"{_GROUP}/providers/{{providerName}}/{{resourceType}}/{{resourceName}}/{_ASSIGNMENT}"
        ),
        "ConfigurationAssignmentParent": (
            f"{_GROUP}/providers/{{providerName}}/{{resourceParentType}}/{{resourceParentName}}"
            f"/{{resourceType}}/{{resourceName}}/{_ASSIGNMENT}"
        ),
        "ConfigurationAssignmentsForResourceGroup": f"{_GROUP}/{_ASSIGNMENT}",
        "ConfigurationAssignmentsForSubscription": f"/subscriptions/{{subscriptionId}}/{_ASSIGNMENT}",
    },
    "managedidentity": {
        "UserAssignedIdentity": f"{_GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{{resourceName}}",
    },
    "storage": {
        "BlobContainer": f"{_ACCOUNT}/blobServices/default/containers/{{containerName}}",
        "FileShare": f"{_ACCOUNT}/fileServices/default/shares/{{shareName}}",
        "Queue": f"{_ACCOUNT}/queueServices/default/queues/{{queueName}}",
        "StorageAccount": _ACCOUNT,
        "Table": f"{_ACCOUNT}/tableServices/default/tables/{{tableName}}",
    },
    "hybridcompute": {
        "License": f"{_HYBRID}/licenses/{{licenseName}}",
        "LicenseProfile": f"{_HYBRID}/machines/{{machineName}}/licenseProfiles/{{licenseProfileName}}",
        "Machine": f"{_HYBRID}/machines/{{machineName}}",
        "MachineExtension": f"{_HYBRID}/machines/{{machineName}}/extensions/{{extensionName}}",
        "MachineRunCommand": f"{_HYBRID}/machines/{{machineName}}/runCommands/{{runCommandName}}",
    },
    "azurestackhci": {
        "GalleryImage": f"{_HCI}/galleryImages/{{galleryImageName}}",
        "GuestAgent": f"{_INSTANCE}/guestAgents/default",
        "LogicalNetwork": f"{_HCI}/logicalNetworks/{{logicalNetworkName}}",
        "MarketplaceGalleryImage": f"{_HCI}/marketplaceGalleryImages/{{marketplaceGalleryImageName}}",
        "NetworkInterface": f"{_HCI}/networkInterfaces/{{networkInterfaceName}}",
        "StorageContainer": f"{_HCI}/storageContainers/{{storageContainerName}}",
        "VirtualHardDisk": f"{_HCI}/virtualHardDisks/{{virtualHardDiskName}}",
        "VirtualMachineInstance": _INSTANCE,
    },
    **neighbours.PATHS,
    "authorization": {
        "PolicyAssignment": "/{scope}/providers/Microsoft.Authorization/policyAssignments/{policyAssignmentName}",
        "PolicyDefinition": f"{_AUTHORIZATION}/policyDefinitions/{{policyDefinitionName}}",
        "PolicyDefinitionAtManagementGroup": f"{_MANAGEMENT_GROUP}/policyDefinitions/{{policyDefinitionName}}",
        "PolicySetDefinition": f"{_AUTHORIZATION}/policySetDefinitions/{{policySetDefinitionName}}",
        "PolicySetDefinitionAtManagementGroup": (
            f"{_MANAGEMENT_GROUP}/policySetDefinitions/{{policySetDefinitionName}}"
        ),
        "RoleAssignment": "/{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
        "RoleDefinition": "/{scope}/providers/Microsoft.Authorization/roleDefinitions/{roleDefinitionId}",
    },
}

# Functions that are not the getter of a resource above: the path they are posted to.
ACTIONS: dict[str, dict[str, str]] = {
    "storage": {
        "listStorageAccountKeys": f"{_ACCOUNT}/listKeys",
    },
}
