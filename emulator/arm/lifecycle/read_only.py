"""Members that Azure alone writes: who uses a resource, and what it looks like.

Clients send them back with the rest of a body that they read, and they say nothing there: kept, a subnet would name the
interfaces in it, and none of these could be deleted. Source: `readOnly` in the specifications of each type.
"""

from azure_hotpatch.emulator.arm.protocol import bodies
from azure_hotpatch.emulator.arm.protocol.bodies import Json

_USERS = {
    "Microsoft.Compute/availabilitySets": "properties.virtualMachines",
    "Microsoft.Compute/disks": "managedBy managedByExtended properties.diskState properties.shareInfo",
    "Microsoft.Compute/proximityPlacementGroups": (
        "properties.availabilitySets properties.virtualMachineScaleSets properties.virtualMachines"
    ),
    "Microsoft.Compute/snapshots": "managedBy properties.diskState",
    "Microsoft.Compute/virtualMachines": "resources properties.instanceView",
    "Microsoft.HybridCompute/machines": "properties.osProfile.windowsConfiguration.patchSettings.status",
    "Microsoft.Network/loadBalancers/backendAddressPools": (
        "properties.backendIPConfigurations properties.inboundNatRules properties.loadBalancingRules "
        "properties.outboundRule properties.outboundRules"
    ),
    "Microsoft.Network/loadBalancers/inboundNatRules": "properties.backendIPConfiguration",
    "Microsoft.Network/natGateways": "properties.subnets",
    "Microsoft.Network/networkInterfaces": "properties.virtualMachine properties.privateEndpoint properties.primary",
    "Microsoft.Network/networkSecurityGroups": (
        "properties.defaultSecurityRules properties.flowLogs properties.networkInterfaces properties.subnets"
    ),
    "Microsoft.Network/publicIPAddresses": "properties.ipConfiguration properties.natGateway",
    "Microsoft.Network/publicIPPrefixes": "properties.loadBalancerFrontendIpConfiguration properties.publicIPAddresses",
    "Microsoft.Network/routeTables": "properties.subnets",
    "Microsoft.Network/virtualNetworks/subnets": (
        "properties.ipConfigurationProfiles properties.ipConfigurations properties.privateEndpoints properties.purpose "
        "properties.resourceNavigationLinks properties.serviceAssociationLinks"
    ),
}
_PATHS = {name.lower(): paths.split() for name, paths in _USERS.items()}


def drop(body: Json, resource_type: str) -> None:
    """Delete from a body what Azure alone writes in one of its type."""
    for path in _PATHS.get(resource_type.lower(), ()):
        bodies.drop(body, path)
