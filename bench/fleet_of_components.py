"""The fleet of fleet_by_hand.py, made of components."""

import os

import pulumi
from pulumi_azure_native import resources

from azure_hotpatch.components import HotpatchVirtualMachine, HotpatchVirtualMachineArgs

SUBNET = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/net/subnets/machines"
password = pulumi.Output.secret("Correct-horse-9")
group = resources.ResourceGroup("fleet", location="westeurope")
for number in range(int(os.environ["MACHINES"])):
    HotpatchVirtualMachine(
        f"m{number:04}",
        HotpatchVirtualMachineArgs(
            resource_group_name=group.name,
            image="2022-Datacenter-Azure-Edition-Core",
            admin_password=password,
            subnet_id=SUBNET,
        ),
    )
