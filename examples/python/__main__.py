"""One hotpatched machine in a network of its own: what a program elsewhere needs of azure-hotpatch."""

import pulumi
from pulumi_azure_native.resources import ResourceGroup

from azure_hotpatch.components import HotpatchNetwork, HotpatchVirtualMachine

config = pulumi.Config()
group = ResourceGroup("group", location=config.require("location"))
network = HotpatchNetwork("network", {"resource_group_name": group.name})
web = HotpatchVirtualMachine(
    "web",
    {
        "resource_group_name": group.name,
        "image": "2022-core",
        "subnet_id": network.subnet_id,
        "admin_password": config.require_secret("adminPassword"),
        "os_disk_size_gb": 256,
        "data_disks": [{"size_gb": 64}],
    },
)

pulumi.export("machine", web.virtual_machine_id)
pulumi.export("patchingMode", web.patching_mode)
pulumi.export("outboundAddress", network.outbound_ip_address)
