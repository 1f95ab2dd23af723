"""The settings of machines on Azure Local (formerly Azure Stack HCI): resources, image and update client."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from azure_hotpatch.domain.azure import defaults, resource_ids
from azure_hotpatch.domain.azure.azure_local import why_not_gallery_image
from azure_hotpatch.domain.azure.windows_update import AutomaticUpdate, InstallDay, SConfigSetting
from azure_hotpatch.domain.settings.group import Numbered
from azure_hotpatch.domain.settings.images import Pinned
from azure_hotpatch.domain.settings.tags import Tags
from azure_hotpatch.domain.settings.value import GroupName, LocationName, SecretName
from azure_hotpatch.domain.vocabulary.azure_local_types import (
    AUTOMATIC_UPDATE,
    INSTALL_DAY,
    INSTALL_HOUR,
    MEMORY_MB,
    PROCESSORS,
    SCONFIG_SETTING,
    UPDATE_SERVER,
)
from azure_hotpatch.domain.vocabulary.check import Check
from azure_hotpatch.domain.vocabulary.machine_types import DATA_DISK_GB
from azure_hotpatch.domain.vocabulary.model import Settings
from azure_hotpatch.domain.vocabulary.place_types import resource_id
from azure_hotpatch.domain.vocabulary.problem import Problem, printed

WsusUrl = Annotated[str, UPDATE_SERVER]


class GroupPolicy(Settings):
    """The Windows Update client, set by the registry values of its group policy."""

    tool: Literal["groupPolicy"]
    automatic_update: Annotated[AutomaticUpdate, AUTOMATIC_UPDATE] = defaults.AUTOMATIC_UPDATE
    """What the client does on its own (AUOptions 2, 3 or 4)."""
    install_day: Annotated[InstallDay, INSTALL_DAY] = defaults.INSTALL_DAY
    """When it installs, with downloadAndSchedule."""
    install_hour: Annotated[int, INSTALL_HOUR] = defaults.INSTALL_HOUR
    """The hour of the day, in the machine's own time."""
    no_restart_with_logged_on_users: bool = False
    """Whether a restart waits for users to log off: a baseline may then wait for ever."""


class SConfig(Settings):
    """Update settings as in Server Core's own menu, SConfig."""

    tool: Literal["sconfig"]
    update_setting: Annotated[SConfigSetting, SCONFIG_SETTING] = defaults.SCONFIG_SETTING
    """automatic installs daily at 03:00, downloadOnly leaves the install to a person, manual does nothing."""


class ThirdParty(Settings):
    """A WSUS server, or a tool that uses its protocol."""

    tool: Literal["thirdParty"]
    wsus_server: WsusUrl
    """The server that offers updates."""
    status_server: WsusUrl | None = None
    """The server that status is reported to; default: the same."""


Orchestration = Annotated[GroupPolicy | SConfig | ThirdParty, Field(discriminator="tool")]


def _gallery_image_suits_its_origin(gallery_image_id: Any, from_iso: Any) -> Iterator[Problem]:
    reason = why_not_gallery_image(gallery_image_id, bool(from_iso))
    if reason:
        yield Problem("gallery_image_id", reason, printed(gallery_image_id) if gallery_image_id else "")


def _no_marketplace_image_from_an_iso(image: Any, from_iso: Any) -> Iterator[Problem]:
    if image and from_iso:
        reason = "an image that was installed from an ISO is not from the marketplace"
        yield Problem("image", reason, printed(image.name), "galleryImageId alone")


class AzureLocalGroup(Numbered, Pinned):
    """A group of machines on Azure Local: one, `count`, or those of `names`."""

    resource_group: GroupName | None = None
    """The resource group that it is in, made if it is new; default: the stack's, fleet."""
    admin_password_secret: SecretName | None = None
    """The name of the secret that holds the administrator's password; default: adminPassword."""
    custom_location_id: Annotated[str, resource_id(resource_ids.CUSTOM_LOCATION)]
    """The custom location of the Azure Local instance."""
    logical_network_id: Annotated[str, resource_id(resource_ids.LOGICAL_NETWORK)]
    """The logical network of the machines."""
    gallery_image_id: Annotated[str, Field(json_schema_extra={"pattern": "^/subscriptions/"})] | None = None
    """An existing image; default: the marketplace image is downloaded. Required with installedFromIso."""
    storage_path_id: Annotated[str, resource_id(resource_ids.STORAGE_CONTAINER)] | None = None
    """The storage path of the disks; default: Azure Local chooses."""
    location: LocationName | None = None
    """The region that the Azure Local instance is registered in; default: the stack's."""
    processors: Annotated[int, PROCESSORS] = defaults.PROCESSORS
    """Virtual processors of a machine."""
    memory_mb: Annotated[int, MEMORY_MB] = Field(default=defaults.MEMORY_MB, alias="memoryMB")
    """Memory of a machine, in MB."""
    data_disks_gb: tuple[Annotated[int, DATA_DISK_GB], ...] = Field(default=(), alias="dataDisksGB")
    """The size in GiB of each further disk."""
    orchestration: Orchestration = GroupPolicy(tool="groupPolicy")
    """Who installs updates: groupPolicy, sconfig or thirdParty. Azure does not orchestrate patches there."""
    installed_from_iso: bool = False
    """Whether Windows came from an ISO, not the marketplace: hotpatch must then be enabled in the guest."""
    tags: Tags = Field(default_factory=dict)
    """Tags of this group's machines, besides the stack's."""

    checks: ClassVar[tuple[Check, ...]] = (
        *Numbered.checks,
        Check(("gallery_image_id", "installed_from_iso"), _gallery_image_suits_its_origin),
        Check(("image", "installed_from_iso"), _no_marketplace_image_from_an_iso),
    )
