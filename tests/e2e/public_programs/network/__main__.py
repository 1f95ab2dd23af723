"""A network whose subnets and rules are resources of their own, as in Pulumi's base networking template."""

import pulumi
from pulumi_azure_native import network, resources

group = resources.ResourceGroup("resourceGroup")
vnet = network.VirtualNetwork(
    "virtualNetwork",
    resource_group_name=group.name,
    address_space=network.AddressSpaceArgs(address_prefixes=["10.0.0.0/16"]),
)
for number in range(3):
    network.Subnet(
        f"subnet{number + 1}",
        resource_group_name=group.name,
        virtual_network_name=vnet.name,
        address_prefix=f"10.0.{number * 4}.0/22",
    )

security_group = network.NetworkSecurityGroup("securityGroup", resource_group_name=group.name, location=group.location)
network.SecurityRule(
    "https",
    resource_group_name=group.name,
    network_security_group_name=security_group.name,
    access="Allow",
    direction="Inbound",
    protocol="Tcp",
    priority=200,
    source_address_prefix="*",
    source_port_range="*",
    destination_address_prefix="*",
    destination_port_range="443",
)

pulumi.export("virtualNetworkId", vnet.id)
