"""A fleet of hotpatched machines, each written out with azure-native: what `HotpatchVirtualMachine` is measured by."""

import os

import pulumi
from pulumi_azure_native import compute, network, resources

SUBNET = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/net/subnets/machines"
password = pulumi.Output.secret("Correct-horse-9")
group = resources.ResourceGroup("fleet", location="westeurope")
for number in range(int(os.environ["MACHINES"])):
    name = f"m{number:04}"
    nic = network.NetworkInterface(
        f"{name}-nic",
        resource_group_name=group.name,
        ip_configurations=[
            network.NetworkInterfaceIPConfigurationArgs(
                name="primary",
                private_ip_allocation_method="Dynamic",
                subnet={"id": SUBNET},  # type: ignore[arg-type]  # the class would add defaults of its own
            )
        ],
    )
    compute.VirtualMachine(
        f"{name}-vm",
        resource_group_name=group.name,
        hardware_profile=compute.HardwareProfileArgs(vm_size="Standard_D2s_v5"),
        storage_profile=compute.StorageProfileArgs(
            image_reference=compute.ImageReferenceArgs(
                publisher="MicrosoftWindowsServer",
                offer="WindowsServer",
                sku="2022-Datacenter-Azure-Edition-Core",
                version="latest",
            ),
            os_disk=compute.OSDiskArgs(
                create_option="FromImage",
                delete_option="Delete",
                caching=compute.CachingTypes.READ_WRITE,
                disk_size_gb=128,
                managed_disk=compute.ManagedDiskParametersArgs(storage_account_type="StandardSSD_LRS"),
            ),
        ),
        os_profile=compute.OSProfileArgs(
            computer_name=name,
            admin_username="hotpatch",
            admin_password=password,
            allow_extension_operations=True,
            windows_configuration=compute.WindowsConfigurationArgs(
                provision_vm_agent=True,
                enable_automatic_updates=True,
                patch_settings=compute.PatchSettingsArgs(
                    patch_mode="AutomaticByPlatform",
                    assessment_mode="AutomaticByPlatform",
                    enable_hotpatching=True,
                    automatic_by_platform_settings=compute.WindowsVMGuestPatchAutomaticByPlatformSettingsArgs(
                        reboot_setting="IfRequired", bypass_platform_safety_checks_on_user_schedule=False
                    ),
                ),
            ),
        ),
        network_profile=compute.NetworkProfileArgs(
            network_interfaces=[compute.NetworkInterfaceReferenceArgs(id=nic.id, primary=True, delete_option="Detach")]
        ),
        security_profile=compute.SecurityProfileArgs(
            security_type="TrustedLaunch",
            uefi_settings=compute.UefiSettingsArgs(secure_boot_enabled=True, v_tpm_enabled=True),
        ),
        diagnostics_profile=compute.DiagnosticsProfileArgs(boot_diagnostics=compute.BootDiagnosticsArgs(enabled=True)),
        identity=compute.VirtualMachineIdentityArgs(type=compute.ResourceIdentityType.SYSTEM_ASSIGNED),
    )
