"""A scale set behind a load balancer whose parts name each other by `$self`, as in Pulumi's load balancer example."""

import pulumi
from pulumi_azure_native import compute, network, resources

config = pulumi.Config()

group = resources.ResourceGroup("rg")
vnet = network.VirtualNetwork(
    "network",
    resource_group_name=group.name,
    address_space=network.AddressSpaceArgs(address_prefixes=["10.0.0.0/16"]),
    subnets=[network.SubnetArgs(name="default", address_prefix="10.0.1.0/24")],
)
address = network.PublicIPAddress(
    "lb-public-ip",
    resource_group_name=group.name,
    public_ip_allocation_method=network.IPAllocationMethod.STATIC,
    sku=network.PublicIPAddressSkuArgs(name="Standard"),
)
balancer = network.LoadBalancer(
    "lb",
    resource_group_name=group.name,
    sku=network.LoadBalancerSkuArgs(name="Standard"),
    frontend_ip_configurations=[
        network.FrontendIPConfigurationArgs(
            name="frontend", public_ip_address=network.PublicIPAddressArgs(id=address.id)
        )
    ],
    backend_address_pools=[network.BackendAddressPoolArgs(name="backend")],
    probes=[network.ProbeArgs(name="probe", protocol="Tcp", port=80, interval_in_seconds=5, number_of_probes=1)],
    load_balancing_rules=[
        network.LoadBalancingRuleArgs(
            name="http",
            protocol="Tcp",
            frontend_port=80,
            backend_port=80,
            frontend_ip_configuration=network.SubResourceArgs(id="$self/frontendIPConfigurations/frontend"),
            backend_address_pool=network.SubResourceArgs(id="$self/backendAddressPools/backend"),
            probe=network.SubResourceArgs(id="$self/probes/probe"),
        )
    ],
)
scale_set = compute.VirtualMachineScaleSet(
    "vmss",
    resource_group_name=group.name,
    sku=compute.SkuArgs(name="Standard_D2s_v3", tier="Standard", capacity=2),
    overprovision=True,
    upgrade_policy=compute.UpgradePolicyArgs(mode=compute.UpgradeMode.MANUAL),
    virtual_machine_profile=compute.VirtualMachineScaleSetVMProfileArgs(
        os_profile=compute.VirtualMachineScaleSetOSProfileArgs(
            computer_name_prefix="vmss",
            admin_username=config.require("username"),
            admin_password=config.require_secret("password"),
        ),
        storage_profile=compute.VirtualMachineScaleSetStorageProfileArgs(
            image_reference=compute.ImageReferenceArgs(
                publisher="MicrosoftWindowsServer", offer="WindowsServer", sku="2022-datacenter-g2", version="latest"
            ),
            os_disk=compute.VirtualMachineScaleSetOSDiskArgs(
                caching=compute.CachingTypes.READ_WRITE, create_option=compute.DiskCreateOptionTypes.FROM_IMAGE
            ),
        ),
        network_profile=compute.VirtualMachineScaleSetNetworkProfileArgs(
            network_interface_configurations=[
                compute.VirtualMachineScaleSetNetworkConfigurationArgs(
                    name="nic",
                    primary=True,
                    ip_configurations=[
                        compute.VirtualMachineScaleSetIPConfigurationArgs(
                            name="ipconfig",
                            subnet=compute.ApiEntityReferenceArgs(id=vnet.subnets[0].id),
                            load_balancer_backend_address_pools=[
                                compute.SubResourceArgs(id=balancer.backend_address_pools[0].id)
                            ],
                        )
                    ],
                )
            ]
        ),
    ),
)

pulumi.export("scaleSetId", scale_set.id)
