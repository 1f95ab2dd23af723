"""A network with outbound access to Windows Update and no inbound access from the Internet."""

import pulumi
from pulumi_azure_native.network import NatGateway, NetworkSecurityGroup, PublicIPAddress, Subnet, VirtualNetwork

from azure_hotpatch.components.network import plan
from azure_hotpatch.components.network.args import HotpatchNetworkArgs, SecurityRuleArgs
from azure_hotpatch.components.network.checks import SHAPE
from azure_hotpatch.components.shared.arguments import checked_arguments
from azure_hotpatch.components.shared.children import child_options

__all__ = ["HotpatchNetwork", "HotpatchNetworkArgs", "SecurityRuleArgs"]


class HotpatchNetwork(pulumi.ComponentResource):
    """A virtual network, or a subnet of an existing one, with a security group and a NAT gateway.

    No traffic from the Internet is allowed in. Outbound traffic has one known address.
    """

    network_id: pulumi.Output[str]
    """The id of the virtual network."""
    subnet_id: pulumi.Output[str]
    """The id of the subnet for machines."""
    security_group_id: pulumi.Output[str]
    """The id of the subnet's security group."""
    outbound_ip_address: pulumi.Output[str]
    """The public address of outbound traffic, empty without a NAT gateway."""

    def __init__(self, name: str, args: HotpatchNetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        spec = plan.spec_of(checked_arguments("HotpatchNetwork", name, SHAPE, args))
        super().__init__("azure-hotpatch:index:HotpatchNetwork", name, None, opts)
        child = child_options(self, opts, reads=("name",))
        security_group = NetworkSecurityGroup(f"{name}-nsg", opts=child, **plan.security_group(spec))
        address = child_options(self, opts, reads=("ip_address",), ignored=plan.SET_BY_THE_NAT_GATEWAY)
        addresses = [
            PublicIPAddress(f"{name}-nat-ip", opts=address, **inputs) for inputs in plan.public_ip_addresses(spec)
        ]
        gateways = [NatGateway(f"{name}-nat", opts=child, **plan.nat_gateway(spec, ip.id)) for ip in addresses]
        networks = [VirtualNetwork(f"{name}-vnet", opts=child, **inputs) for inputs in plan.virtual_networks(spec)]
        network = plan.existing_or_made(spec, networks)
        subnet = Subnet(f"{name}-subnet", opts=child, **plan.subnet(spec, network, security_group.id, gateways))
        self.network_id = pulumi.Output.from_input(network.id)
        self.subnet_id = subnet.id
        self.security_group_id = security_group.id
        self.outbound_ip_address = addresses[0].ip_address.apply(lambda ip: ip or "") if addresses else _nothing()
        self.register_outputs({output: getattr(self, output) for output in type(self).__annotations__})


def _nothing() -> pulumi.Output[str]:
    return pulumi.Output.from_input("")
