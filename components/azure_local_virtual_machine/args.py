"""The arguments of an `AzureLocalVirtualMachine`, and its spec: the same with the defaults filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi

from azure_hotpatch.components.azure_local_image.args import OnAzureLocalSpec
from azure_hotpatch.components.shared.argument_types import ImageInput
from azure_hotpatch.domain.azure import defaults
from azure_hotpatch.domain.azure.azure_local import UpdateTool
from azure_hotpatch.domain.azure.calendar import Generation
from azure_hotpatch.domain.azure.windows_update import AutomaticUpdate, InstallDay, SConfigSetting


class AzureLocalVirtualMachineArgs(TypedDict):
    """The arguments of an AzureLocalVirtualMachine."""

    resource_group_name: pulumi.Input[str]
    """Required. The resource group of the machine and its other resources."""
    custom_location_id: pulumi.Input[str]
    """Required. The id of the custom location of the Azure Local instance."""
    logical_network_id: pulumi.Input[str]
    """Required. The id of the logical network that the machine is in."""
    admin_password: pulumi.Input[str]
    """Required. The administrator's password, 8 to 123 characters; always kept as a secret."""
    admin_username: NotRequired[pulumi.Input[str]]
    """Optional. The administrator's name. Default hotpatch."""
    image: NotRequired[ImageInput]
    """Conditional. An image that can be hotpatched, as AzureLocalImage takes it; required unless installed_from_iso."""
    image_version: NotRequired[pulumi.Input[str]]
    """Optional. The version of the image. Default latest."""
    image_generation: NotRequired[pulumi.Input[Generation]]
    """Optional. The newest generation of Windows Server that is accepted: 2022 or 2025. Default 2022."""
    gallery_image_id: NotRequired[pulumi.Input[str]]
    """Conditional. The id of an existing image on the instance; required with installed_from_iso."""
    installed_from_iso: NotRequired[bool]
    """Optional. Whether the image was installed from an ISO; hotpatch is then enabled in the guest. Default false."""
    processors: NotRequired[pulumi.Input[int]]
    """Optional. Virtual processors. Default 2."""
    memory_mb: NotRequired[pulumi.Input[int]]
    """Optional. Memory in MB. Default 8192."""
    private_ip_address: NotRequired[pulumi.Input[str]]
    """Optional. A static address in the logical network. By default the network assigns one."""
    data_disks_gb: NotRequired[Sequence[pulumi.Input[int]]]
    """Optional. The size in GiB of each data disk. Default none."""
    storage_path_id: NotRequired[pulumi.Input[str]]
    """Optional. The id of the storage container of the disks. By default Azure Local chooses."""
    virtual_machine_name: NotRequired[pulumi.Input[str]]
    """Optional. The machine's name in Azure, and its computer name. Default the component's name."""
    update_tool: NotRequired[pulumi.Input[UpdateTool]]
    """Optional. What installs updates: groupPolicy, sconfig or thirdParty; never Azure. Default groupPolicy."""
    automatic_update: NotRequired[pulumi.Input[AutomaticUpdate]]
    """Optional. With groupPolicy: notify, downloadAndNotify or downloadAndSchedule. Default downloadAndSchedule."""
    install_day: NotRequired[pulumi.Input[InstallDay]]
    """Optional. With downloadAndSchedule: daily, or a day of the week. Default daily."""
    install_hour: NotRequired[pulumi.Input[int]]
    """Optional. With downloadAndSchedule: the hour, 0 to 23, in the machine's own time. Default 3."""
    no_restart_with_logged_on_users: NotRequired[pulumi.Input[bool]]
    """Optional. With groupPolicy: whether a restart waits for users to log off. Default false."""
    sconfig_setting: NotRequired[pulumi.Input[SConfigSetting]]
    """Optional. With sconfig: automatic (daily at 03:00), downloadOnly or manual. Default automatic."""
    wsus_server: NotRequired[pulumi.Input[str]]
    """Conditional. With thirdParty, required: the address of the update server."""
    wsus_status_server: NotRequired[pulumi.Input[str]]
    """Optional. With thirdParty: the address of the server that status is reported to. Default wsus_server."""
    location: NotRequired[pulumi.Input[str]]
    """Optional. The region that the instance is registered in. Default that of the resource group."""
    tags: NotRequired[pulumi.Input[Mapping[str, pulumi.Input[str]]]]
    """Optional. Tags."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AzureLocalMachineSpec(OnAzureLocalSpec):
    """The arguments of an AzureLocalVirtualMachine with the defaults filled in; None where there is no value."""

    logical_network_id: pulumi.Input[str]
    admin_password: pulumi.Output[str]
    virtual_machine_name: pulumi.Input[str]
    admin_username: pulumi.Input[str] = defaults.ADMIN_USERNAME
    gallery_image_id: pulumi.Input[str] | None = None
    installed_from_iso: bool = False
    processors: pulumi.Input[int] = defaults.PROCESSORS
    memory_mb: pulumi.Input[int] = defaults.MEMORY_MB
    data_disks_gb: Sequence[pulumi.Input[int]] = ()
    private_ip_address: pulumi.Input[str] | None = None
    update_tool: pulumi.Input[UpdateTool] = defaults.UPDATE_TOOL
    automatic_update: pulumi.Input[AutomaticUpdate] = defaults.AUTOMATIC_UPDATE
    install_day: pulumi.Input[InstallDay] = defaults.INSTALL_DAY
    install_hour: pulumi.Input[int] = defaults.INSTALL_HOUR
    no_restart_with_logged_on_users: pulumi.Input[bool] = False
    sconfig_setting: pulumi.Input[SConfigSetting] = defaults.SCONFIG_SETTING
    wsus_server: pulumi.Input[str] | None = None
    wsus_status_server: pulumi.Input[str] | None = None
