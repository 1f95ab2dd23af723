"""A Windows machine that Azure patches, with a data disk and an extension, as in the registry's examples."""

import pulumi
from pulumi_azure_native import compute, network, resources

config = pulumi.Config()

group = resources.ResourceGroup("windows")
vnet = network.VirtualNetwork(
    "network",
    resource_group_name=group.name,
    address_space={"address_prefixes": ["10.0.0.0/16"]},
    subnets=[{"name": "default", "address_prefix": "10.0.0.0/24"}],
)
nic = network.NetworkInterface(
    "nic",
    resource_group_name=group.name,
    ip_configurations=[{"name": "ipconfig", "subnet": {"id": vnet.subnets[0].id}}],
)
data = compute.Disk(
    "data",
    resource_group_name=group.name,
    creation_data={"create_option": compute.DiskCreateOption.EMPTY},
    disk_size_gb=64,
    sku={"name": compute.DiskStorageAccountTypes.PREMIUM_LRS},
)
vm = compute.VirtualMachine(
    "vm",
    resource_group_name=group.name,
    vm_name="myVM",
    hardware_profile={"vm_size": "Standard_D2s_v3"},
    network_profile={"network_interfaces": [{"id": nic.id, "primary": True}]},
    os_profile={
        "computer_name": "myVM",
        "admin_username": config.require("username"),
        "admin_password": config.require_secret("password"),
        "windows_configuration": {
            "provision_vm_agent": True,
            "enable_automatic_updates": True,
            "patch_settings": {
                "patch_mode": compute.WindowsVMGuestPatchMode.AUTOMATIC_BY_PLATFORM,
                "assessment_mode": compute.WindowsPatchAssessmentMode.IMAGE_DEFAULT,
            },
        },
    },
    storage_profile={
        "image_reference": {
            "publisher": "MicrosoftWindowsServer",
            "offer": "WindowsServer",
            "sku": "2022-datacenter-g2",
            "version": "latest",
        },
        "os_disk": {
            "name": "myVMosdisk",
            "caching": compute.CachingTypes.READ_WRITE,
            "create_option": compute.DiskCreateOptionTypes.FROM_IMAGE,
            "managed_disk": {"storage_account_type": compute.StorageAccountTypes.PREMIUM_LRS},
        },
        "data_disks": [{"lun": 0, "create_option": "Attach", "managed_disk": {"id": data.id}}],
    },
)
compute.VirtualMachineExtension(
    "script",
    resource_group_name=group.name,
    vm_name=vm.name,
    publisher="Microsoft.Compute",
    type="CustomScriptExtension",
    type_handler_version="1.10",
    auto_upgrade_minor_version=True,
    settings={"commandToExecute": "hostname"},
)

pulumi.export("vmId", vm.vm_id)
