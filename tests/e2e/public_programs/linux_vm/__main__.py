"""A Linux web server behind a public address that is looked up when it is there, as in Pulumi's web server example."""

import base64

import pulumi
from pulumi_azure_native import compute, network, resources

config = pulumi.Config()
script = "#!/bin/bash\nnohup python3 -m http.server 80 &"

group = resources.ResourceGroup("server")
vnet = network.VirtualNetwork(
    "server-network",
    resource_group_name=group.name,
    address_space=network.AddressSpaceArgs(address_prefixes=["10.0.0.0/16"]),
    subnets=[network.SubnetArgs(name="default", address_prefix="10.0.1.0/24")],
)
address = network.PublicIPAddress(
    "server-ip",
    resource_group_name=group.name,
    public_ip_allocation_method=network.IPAllocationMethod.DYNAMIC,
)
nic = network.NetworkInterface(
    "server-nic",
    resource_group_name=group.name,
    ip_configurations=[
        network.NetworkInterfaceIPConfigurationArgs(
            name="ipcfg",
            subnet=network.SubnetArgs(id=vnet.subnets[0].id),
            private_ip_allocation_method=network.IPAllocationMethod.DYNAMIC,
            public_ip_address=network.PublicIPAddressArgs(id=address.id),
        )
    ],
)
vm = compute.VirtualMachine(
    "server-vm",
    resource_group_name=group.name,
    network_profile=compute.NetworkProfileArgs(
        network_interfaces=[compute.NetworkInterfaceReferenceArgs(id=nic.id, primary=True)]
    ),
    hardware_profile=compute.HardwareProfileArgs(vm_size=compute.VirtualMachineSizeTypes.STANDARD_A0),
    os_profile=compute.OSProfileArgs(
        computer_name="hostname",
        admin_username=config.require("username"),
        admin_password=config.require_secret("password"),
        custom_data=base64.b64encode(script.encode()).decode(),
        linux_configuration=compute.LinuxConfigurationArgs(disable_password_authentication=False),
    ),
    storage_profile=compute.StorageProfileArgs(
        os_disk=compute.OSDiskArgs(name="osdisk", create_option=compute.DiskCreateOptionTypes.FROM_IMAGE),
        image_reference=compute.ImageReferenceArgs(
            publisher="canonical", offer="UbuntuServer", sku="16.04-LTS", version="latest"
        ),
    ),
)
looked_up = vm.id.apply(
    lambda _: network.get_public_ip_address_output(resource_group_name=group.name, public_ip_address_name=address.name)
)

pulumi.export("public_ip", looked_up.ip_address)
