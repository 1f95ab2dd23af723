"""What a `HotpatchScaleSet` takes: its arguments, and the same with the defaults filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi

from azure_hotpatch.components.shared.profile import ProfileSpec
from azure_hotpatch.components.virtual_machine.args import DataDiskArgs
from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.machines import OsDiskType, ZoneName
from azure_hotpatch.domain.azure.patch_event import Generation
from azure_hotpatch.domain.azure.patching import RebootSetting
from azure_hotpatch.domain.azure.scale_sets import HealthProtocol


class HealthProbeArgs(TypedDict):
    """How the application health extension asks an instance whether it is well: patches wait for the answer."""

    protocol: NotRequired[pulumi.Input[HealthProtocol]]
    """Optional. How it is asked: tcp, http or https. Default tcp."""
    port: NotRequired[pulumi.Input[int]]
    """Optional. Where. Default 3389, on which Windows listens for Remote Desktop."""
    request_path: NotRequired[pulumi.Input[str]]
    """Conditional. The path that is asked; with http and https only."""


class HotpatchScaleSetArgs(TypedDict):
    """The arguments of a HotpatchScaleSet. The orchestration is always Flexible: no other can be hotpatched."""

    resource_group_name: pulumi.Input[str]
    """Required. The resource group of the set."""
    image: pulumi.Input[str]
    """Required. An image that can be hotpatched: SKU, short form (2022-core) or publisher:offer:sku[:version]."""
    admin_password: pulumi.Input[str]
    """Required. The administrator's password, 8 to 123 characters; always kept as a secret."""
    subnet_id: pulumi.Input[str]
    """Required. The id of the subnet, which must have a way out: instances get no public address."""
    admin_username: NotRequired[pulumi.Input[str]]
    """Optional. The administrator's name. Default hotpatch."""
    image_version: NotRequired[pulumi.Input[str]]
    """Optional. The image's version, such as 20348.2966.241205. Default latest."""
    image_generation: NotRequired[pulumi.Input[Generation]]
    """Optional. The newest generation of Windows Server that is accepted: 2022 or 2025. Default 2022."""
    reboot_setting: NotRequired[pulumi.Input[RebootSetting]]
    """Optional. Whether an update may restart an instance: IfRequired, Never or Always. Default IfRequired."""
    location: NotRequired[pulumi.Input[str]]
    """Optional. The region. Default that of the resource group."""
    size: NotRequired[pulumi.Input[str]]
    """Optional. A size that runs generation 2 images. Default Standard_D2s_v5."""
    instances: NotRequired[pulumi.Input[int]]
    """Optional. How many instances. Default 2."""
    zones: NotRequired[pulumi.Input[Sequence[pulumi.Input[ZoneName]]]]
    """Optional. The availability zones that instances are spread over; then the fault domain count is 1."""
    fault_domain_count: NotRequired[pulumi.Input[int]]
    """Optional. 1 spreads as far as possible, 2 and 3 are regional. Default 1."""
    computer_name_prefix: NotRequired[pulumi.Input[str]]
    """Optional. What the names in Windows begin with, at most 9 characters. Default made of the component's name."""
    scale_set_name: NotRequired[pulumi.Input[str]]
    """Optional. The set's name in Azure. Default the component's name and a random suffix."""
    health: NotRequired[HealthProbeArgs]
    """Optional. How an instance's health is asked. Default a connection to port 3389."""
    load_balancer: NotRequired[bool]
    """Optional. Whether an internal load balancer is put in front, on the port of `health`. Default false."""
    load_balancer_backend_pool_ids: NotRequired[Sequence[pulumi.Input[str]]]
    """Optional. The ids of backend pools of load balancers that exist. Default none."""
    os_disk_type: NotRequired[pulumi.Input[OsDiskType]]
    """Optional. The storage of the disk that Windows is on. Default StandardSSD_LRS, which every size can have."""
    os_disk_size_gb: NotRequired[pulumi.Input[int]]
    """Optional. The size of that disk in GiB. Default 128, for a smalldisk image 64: a baseline needs room."""
    disk_encryption_set_id: NotRequired[pulumi.Input[str]]
    """Optional. The id of the disk encryption set whose key encrypts all disks. Default a key of Azure's."""
    data_disks: NotRequired[Sequence[DataDiskArgs]]
    """Optional. Further disks of each instance. Default none."""
    azure_hybrid_benefit: NotRequired[pulumi.Input[bool]]
    """Optional. Whether a Windows Server licence with Software Assurance is used. Default false: pay by the hour."""
    encryption_at_host: NotRequired[pulumi.Input[bool]]
    """Optional. Whether temporary disks and caches are encrypted; a feature of the subscription. Default false."""
    user_assigned_identity_ids: NotRequired[Sequence[pulumi.Input[str]]]
    """Optional. The ids of user-assigned identities; a Flexible set has no other. Default none."""
    time_zone: NotRequired[pulumi.Input[str]]
    """Optional. The instances' Windows time zone. Default UTC."""
    user_data: NotRequired[pulumi.Input[str]]
    """Optional. Text that programs on an instance can read; never a secret. It is encoded to base64 for you."""
    tags: NotRequired[pulumi.Input[Mapping[str, pulumi.Input[str]]]]
    """Optional. Tags of the set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthProbeSpec:
    """How an instance's health is asked, with the defaults filled in."""

    protocol: pulumi.Input[HealthProtocol] = defaults.HEALTH_PROTOCOL
    port: pulumi.Input[int] = defaults.HEALTH_PORT
    request_path: pulumi.Input[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleSetSpec(ProfileSpec):
    """The arguments of a HotpatchScaleSet with the defaults filled in; None where nothing is said.

    Its patching mode is the default of every profile, and no argument changes it.
    """

    subnet_id: pulumi.Input[str]
    computer_name_prefix: pulumi.Input[str]
    health: HealthProbeSpec = HealthProbeSpec()
    instances: pulumi.Input[int] = defaults.INSTANCES
    zones: pulumi.Input[Sequence[pulumi.Input[ZoneName]]] | None = None
    fault_domain_count: pulumi.Input[int] = defaults.FAULT_DOMAIN_COUNT
    scale_set_name: pulumi.Input[str] | None = None
    load_balancer: bool = False
    load_balancer_backend_pool_ids: Sequence[pulumi.Input[str]] = ()
