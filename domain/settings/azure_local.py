"""What a stack says of a machine on Azure Local (once Azure Stack HCI): its resources, image and update client."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from azure_hotpatch.domain.azure import defaults, resource_ids
from azure_hotpatch.domain.azure.azure_local import (
    LEAST_MEMORY_MB,
    MOST_PROCESSORS,
    why_not_gallery_image,
    why_not_update_server,
)
from azure_hotpatch.domain.azure.windows_update import LAST_HOUR, AutomaticUpdate, InstallDay, SConfigSetting
from azure_hotpatch.domain.settings.group import Numbered
from azure_hotpatch.domain.settings.images import Pinned
from azure_hotpatch.domain.settings.tags import Tags
from azure_hotpatch.domain.settings.value import LocationName, Settings, arm_id, checked, in_schema, wrong

WsusUrl = Annotated[str, checked(why_not_update_server)]
Hour = Annotated[int, Field(ge=0, le=LAST_HOUR)]


class GroupPolicy(Settings):
    """The Windows Update client, set by the registry values of its group policy."""

    tool: Literal["groupPolicy"]
    automatic_update: AutomaticUpdate = defaults.AUTOMATIC_UPDATE
    """What the client does by itself (AUOptions 2, 3 or 4)."""
    install_day: InstallDay = defaults.INSTALL_DAY
    """When it installs, with downloadAndSchedule."""
    install_hour: Hour = defaults.INSTALL_HOUR
    """At which hour of the machine's own time."""
    no_restart_with_logged_on_users: bool = False
    """Whether a restart waits for users to log off: a baseline may then wait for ever."""


class SConfig(Settings):
    """Server Core's own menu: update settings, answered as a person would."""

    tool: Literal["sconfig"]
    update_setting: SConfigSetting = defaults.SCONFIG_SETTING
    """automatic installs daily at 03:00, downloadOnly leaves the install to a person, manual does nothing."""


class ThirdParty(Settings):
    """A WSUS server, or a tool that speaks as one."""

    tool: Literal["thirdParty"]
    wsus_server: WsusUrl
    """The server that offers updates."""
    status_server: WsusUrl | None = None
    """The server that is reported to; default: the same."""


Orchestration = Annotated[GroupPolicy | SConfig | ThirdParty, Field(discriminator="tool")]


class AzureLocalGroup(Numbered, Pinned):
    """A group of machines on Azure Local: one, `count`, or those of `names`."""

    custom_location_id: Annotated[str, arm_id(resource_ids.CUSTOM_LOCATION)]
    """The custom location of the Azure Local instance."""
    logical_network_id: Annotated[str, arm_id(resource_ids.LOGICAL_NETWORK)]
    """The logical network that the machines are put into."""
    gallery_image_id: Annotated[str, in_schema(pattern="^/subscriptions/")] | None = None
    """An image that is already there; default: the marketplace's is downloaded. Required with installedFromIso."""
    storage_path_id: Annotated[str, arm_id(resource_ids.STORAGE_CONTAINER)] | None = None
    """Where the disks lie; default: Azure Local chooses."""
    location: LocationName | None = None
    """The region that the Azure Local instance is registered in; default: the stack's."""
    processors: Annotated[int, Field(ge=1, le=MOST_PROCESSORS)] = defaults.PROCESSORS
    """Virtual processors of a machine."""
    memory_mb: Annotated[int, Field(ge=LEAST_MEMORY_MB, multiple_of=2, alias="memoryMB")] = defaults.MEMORY_MB
    """Memory of a machine, in MB."""
    orchestration: Orchestration = GroupPolicy(tool="groupPolicy")
    """Who installs updates: groupPolicy, sconfig or thirdParty. Azure does not orchestrate patches there."""
    installed_from_iso: bool = False
    """Whether Windows came from an ISO, not the marketplace: hotpatch must then be enabled in the guest."""
    tags: Tags = Field(default_factory=dict)
    """Tags of this group's machines, besides the stack's."""

    @model_validator(mode="after")
    def _image_suits_its_origin(self) -> Self:
        reason = why_not_gallery_image(self.gallery_image_id, self.installed_from_iso)
        if reason:
            raise wrong(reason, at="galleryImageId")
        if self.installed_from_iso and self.image:
            reason = "an image that was installed from an ISO is not one of the marketplace"
            raise wrong(reason, at="image", allowed="galleryImageId alone")
        return self
