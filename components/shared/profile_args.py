"""The arguments that a machine and a scale set share, and the same with the defaults filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi

from azure_hotpatch.components.shared.argument_types import ImageInput
from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.calendar import Generation
from azure_hotpatch.domain.azure.images import Image
from azure_hotpatch.domain.azure.machines import Caching, DiskType, OsDiskType
from azure_hotpatch.domain.azure.patching import PatchingModeName, RebootSetting


class DataDiskArgs(TypedDict):
    """An empty data disk. Its position in the list is its logical unit number."""

    size_gb: pulumi.Input[int]
    """Required. Size in GiB."""
    type: NotRequired[pulumi.Input[DiskType]]
    """Optional. The disk's storage type, such as Premium_LRS. Default StandardSSD_LRS."""
    caching: NotRequired[pulumi.Input[Caching]]
    """Optional. The host's cache: None, ReadOnly or ReadWrite. Default None."""


class MachineDataDiskArgs(DataDiskArgs):
    """A data disk of a machine: created with it, created as a separate resource, or existing."""

    separate: NotRequired[bool]
    """Optional. Whether it is a separate resource, which is kept when its machine is replaced. Default false."""
    name: NotRequired[pulumi.Input[str]]
    """Optional. The name in Azure of a separate disk. Default: from the component's name, with a random suffix."""
    disk_id: NotRequired[pulumi.Input[str]]
    """Optional. The id of an existing disk to attach instead of a new one. Not with separate."""


class ProfileArgs(TypedDict):
    """What machines and the instances of a scale set have in common."""

    resource_group_name: pulumi.Input[str]
    """Required. The resource group of every resource that is created."""
    image: ImageInput
    """Required. An image that can be hotpatched: SKU, short form (2022-core) or publisher:offer:sku[:version]."""
    admin_password: pulumi.Input[str]
    """Required. The administrator's password, 8 to 123 characters; always kept as a secret."""
    admin_username: NotRequired[pulumi.Input[str]]
    """Optional. The administrator's name. Default hotpatch."""
    image_version: NotRequired[pulumi.Input[str]]
    """Optional. The image's version, such as 20348.2966.241205. Default latest, resolved once, at creation."""
    image_generation: NotRequired[pulumi.Input[Generation]]
    """Optional. The newest generation of Windows Server that is accepted: 2022 or 2025. Default 2022."""
    reboot_setting: NotRequired[pulumi.Input[RebootSetting]]
    """Optional. Whether an update may restart Windows: IfRequired, Never or Always. Default IfRequired."""
    location: NotRequired[pulumi.Input[str]]
    """Optional. The region. Default that of the resource group."""
    size: NotRequired[pulumi.Input[str]]
    """Optional. A size that runs generation 2 images. Default Standard_D2s_v5."""
    os_disk_type: NotRequired[pulumi.Input[OsDiskType]]
    """Optional. The storage type of the operating system's disk. Default StandardSSD_LRS, which every size supports."""
    os_disk_size_gb: NotRequired[pulumi.Input[int]]
    """Optional. The size of that disk in GiB. Default 128, for a smalldisk image 64: a baseline needs room."""
    disk_encryption_set_id: NotRequired[pulumi.Input[str]]
    """Optional. The id of the disk encryption set whose key encrypts all disks. Default a key of Azure's."""
    proximity_placement_group_id: NotRequired[pulumi.Input[str]]
    """Optional. The id of the proximity placement group. Azure changes it of deallocated machines. Default none."""
    data_disks: NotRequired[Sequence[DataDiskArgs]]
    """Optional. Data disks. Default none."""
    replace_on_change: NotRequired[bool]
    """Optional. Whether a change of what Azure fixes, such as the image, replaces the machine or the set: it is deleted
    first and created again, with its interfaces and addresses. Default false: such a change is refused at preview."""
    azure_hybrid_benefit: NotRequired[pulumi.Input[bool]]
    """Optional. Whether a Windows Server licence with Software Assurance is used. Default false: pay by the hour."""
    encryption_at_host: NotRequired[pulumi.Input[bool]]
    """Optional. Whether temporary disks and caches are encrypted; a feature of the subscription. Default false."""
    time_zone: NotRequired[pulumi.Input[str]]
    """Optional. The Windows time zone, in which Azure counts off-peak hours: W. Europe Standard Time. Default UTC."""
    user_data: NotRequired[pulumi.Input[str]]
    """Optional. User data that programs in Windows can read; never a secret. It is encoded to base64 for you."""
    tags: NotRequired[pulumi.Input[Mapping[str, pulumi.Input[str]]]]
    """Optional. Tags of every resource that is created."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataDiskSpec:
    """A data disk with the defaults filled in."""

    size_gb: pulumi.Input[int]
    type: pulumi.Input[DiskType] = defaults.DISK_TYPE
    caching: pulumi.Input[Caching] = defaults.CACHING


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineDataDiskSpec(DataDiskSpec):
    """A data disk of a machine with the defaults filled in; None where there is no value."""

    separate: bool = False
    name: pulumi.Input[str] | None = None
    disk_id: pulumi.Input[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileSpec:
    """The arguments that a machine and a scale set share, with the defaults filled in; None where there is no value."""

    resource_group_name: pulumi.Input[str]
    image: pulumi.Input[Image]
    admin_password: pulumi.Output[str]
    os_disk_size_gb: pulumi.Input[int]
    admin_username: pulumi.Input[str] = defaults.ADMIN_USERNAME
    patching_mode: pulumi.Input[PatchingModeName] = defaults.PATCHING_MODE
    reboot_setting: pulumi.Input[RebootSetting] = defaults.REBOOT_SETTING
    location: pulumi.Input[str] | None = None
    size: pulumi.Input[str] = defaults.SIZE
    os_disk_type: pulumi.Input[OsDiskType] = defaults.DISK_TYPE
    disk_encryption_set_id: pulumi.Input[str] | None = None
    proximity_placement_group_id: pulumi.Input[str] | None = None
    data_disks: Sequence[DataDiskSpec] = ()
    replace_on_change: bool = False
    azure_hybrid_benefit: pulumi.Input[bool] | None = None
    encryption_at_host: pulumi.Input[bool] | None = None
    user_assigned_identity_ids: Sequence[pulumi.Input[str]] = ()
    time_zone: pulumi.Input[str] | None = None
    user_data: pulumi.Input[str] | None = None
    tags: pulumi.Input[Mapping[str, pulumi.Input[str]]] | None = None
