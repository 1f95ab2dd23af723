"""What a `HotpatchVirtualMachine` takes: its arguments, and the same with the defaults filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi

from azure_hotpatch.components.shared.profile import ProfileSpec
from azure_hotpatch.domain.azure.machines import Caching, DiskType, OsDiskType, ZoneName
from azure_hotpatch.domain.azure.patch_event import Generation
from azure_hotpatch.domain.azure.patching import PatchingModeName, RebootSetting


class NetworkInterfaceArgs(TypedDict):
    """A network interface that the component makes."""

    subnet_id: pulumi.Input[str]
    """Required. The id of the subnet, which may be in another resource group."""
    private_ip_address: NotRequired[pulumi.Input[str]]
    """Optional. A fixed address in the subnet; by default Azure chooses one and keeps it."""
    accelerated_networking: NotRequired[pulumi.Input[bool]]
    """Optional. Whether the interface goes past the host's switch; the size must be able to. Default false."""


class DataDiskArgs(TypedDict):
    """An empty disk beside the one that Windows is on. Its unit number is its place in the list."""

    size_gb: pulumi.Input[int]
    """Required. Size in GiB."""
    type: NotRequired[pulumi.Input[DiskType]]
    """Optional. The disk's storage, such as Premium_LRS. Default StandardSSD_LRS."""
    caching: NotRequired[pulumi.Input[Caching]]
    """Optional. The host's cache: None, ReadOnly or ReadWrite. Default None."""


class HotpatchVirtualMachineArgs(TypedDict):
    """The arguments of a HotpatchVirtualMachine."""

    resource_group_name: pulumi.Input[str]
    """Required. The resource group of the machine and of the interfaces that are made for it."""
    image: pulumi.Input[str]
    """Required. An image that can be hotpatched: SKU, short form (2022-core) or publisher:offer:sku[:version]."""
    admin_password: pulumi.Input[str]
    """Required. The administrator's password, 8 to 123 characters; always kept as a secret."""
    admin_username: NotRequired[pulumi.Input[str]]
    """Optional. The administrator's name. Default hotpatch."""
    image_version: NotRequired[pulumi.Input[str]]
    """Optional. The image's version, such as 20348.2966.241205. Default latest, resolved once, at creation."""
    image_generation: NotRequired[pulumi.Input[Generation]]
    """Optional. The newest generation of Windows Server that is accepted: 2022 or 2025. Default 2022."""
    patching_mode: NotRequired[pulumi.Input[PatchingModeName]]
    """Optional. Who patches, and when: hotpatch, azureManaged, customerManagedSchedule or paused. Default hotpatch."""
    reboot_setting: NotRequired[pulumi.Input[RebootSetting]]
    """Optional. Whether an update may restart the machine: IfRequired, Never or Always. Default IfRequired."""
    maintenance_configuration_id: NotRequired[pulumi.Input[str]]
    """Conditional. The id of the maintenance configuration to be patched by; only with customerManagedSchedule."""
    location: NotRequired[pulumi.Input[str]]
    """Optional. The region. Default that of the resource group."""
    size: NotRequired[pulumi.Input[str]]
    """Optional. A size that runs generation 2 images. Default Standard_D2s_v5."""
    subnet_id: NotRequired[pulumi.Input[str]]
    """Conditional. The id of the subnet of its only interface, in any group; or one of the next two arguments."""
    network_interfaces: NotRequired[Sequence[NetworkInterfaceArgs]]
    """Conditional. Several interfaces that are made for the machine; the first is the primary one."""
    network_interface_ids: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Conditional. The ids of interfaces that exist and are attached; the first is the primary one."""
    computer_name: NotRequired[pulumi.Input[str]]
    """Optional. The name in Windows, at most 15 characters. Default the component's name."""
    virtual_machine_name: NotRequired[pulumi.Input[str]]
    """Optional. The machine's name in Azure. Default the component's name and a random suffix."""
    zones: NotRequired[pulumi.Input[Sequence[pulumi.Input[ZoneName]]]]
    """Optional. The availability zone of the machine, as a list of one. Not with availability_set_id."""
    availability_set_id: NotRequired[pulumi.Input[str]]
    """Optional. The id of the availability set that the machine joins. Not with zones."""
    os_disk_type: NotRequired[pulumi.Input[OsDiskType]]
    """Optional. The storage of the disk that Windows is on. Default StandardSSD_LRS, which every size can have."""
    os_disk_size_gb: NotRequired[pulumi.Input[int]]
    """Optional. The size of that disk in GiB. Default 128, for a smalldisk image 64: a baseline needs room."""
    disk_encryption_set_id: NotRequired[pulumi.Input[str]]
    """Optional. The id of the disk encryption set whose key encrypts all disks. Default a key of Azure's."""
    data_disks: NotRequired[Sequence[DataDiskArgs]]
    """Optional. Further disks. Default none."""
    azure_hybrid_benefit: NotRequired[pulumi.Input[bool]]
    """Optional. Whether a Windows Server licence with Software Assurance is used. Default false: pay by the hour."""
    encryption_at_host: NotRequired[pulumi.Input[bool]]
    """Optional. Whether temporary disks and caches are encrypted; a feature of the subscription. Default false."""
    system_assigned_identity: NotRequired[bool]
    """Optional. Whether the machine has an identity of its own. Default true."""
    user_assigned_identity_ids: NotRequired[Sequence[pulumi.Input[str]]]
    """Optional. The ids of user-assigned identities that the machine has besides. Default none."""
    time_zone: NotRequired[pulumi.Input[str]]
    """Optional. The Windows time zone, by which Azure tells off-peak hours: W. Europe Standard Time. Default UTC."""
    user_data: NotRequired[pulumi.Input[str]]
    """Optional. Text that programs on the machine can read; never a secret. It is encoded to base64 for you."""
    tags: NotRequired[pulumi.Input[Mapping[str, pulumi.Input[str]]]]
    """Optional. Tags of the machine and of the interfaces that are made for it."""
    import_virtual_machine_id: NotRequired[str]
    """Optional. The id of a machine that exists in Azure and is taken over by Pulumi's import instead of being made."""
    import_network_interface_id: NotRequired[str]
    """Optional. The id of an interface that exists in Azure and is taken over by Pulumi's import as the first one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterfaceSpec:
    """An interface that is made, with the defaults filled in; None where nothing is said."""

    subnet_id: pulumi.Input[str]
    private_ip_address: pulumi.Input[str] | None = None
    accelerated_networking: pulumi.Input[bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VirtualMachineSpec(ProfileSpec):
    """The arguments of a HotpatchVirtualMachine with the defaults filled in; None where nothing is said."""

    computer_name: pulumi.Input[str]
    network_interfaces: Sequence[InterfaceSpec]
    network_interface_ids: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None
    virtual_machine_name: pulumi.Input[str] | None = None
    maintenance_configuration_id: pulumi.Input[str] | None = None
    zones: pulumi.Input[Sequence[pulumi.Input[ZoneName]]] | None = None
    availability_set_id: pulumi.Input[str] | None = None
    system_assigned_identity: bool = True
    import_virtual_machine_id: str | None = None
    import_network_interface_id: str | None = None
