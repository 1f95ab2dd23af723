"""Plan a stack's machines on Azure Local, and the images that they share."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pulumi

from azure_hotpatch.components.azure_local_image.args import AzureLocalImageArgs
from azure_hotpatch.components.azure_local_virtual_machine.args import AzureLocalVirtualMachineArgs
from azure_hotpatch.domain.settings import AzureLocalGroup, GroupPolicy, SConfig, StackSettings
from azure_hotpatch.program.secrets import Secrets
from azure_hotpatch.program.surroundings import GroupName

if TYPE_CHECKING:
    from azure_hotpatch.components import AzureLocalVirtualMachine

Groups = Mapping[str, GroupName]  # the names of resource groups, by their key in the stack's file
# What makes a downloaded image the same: which it is, in lower case, its version, and where it is kept.
Shared = tuple[tuple[str, str, str], str, str, str | None]


def register(settings: StackSettings, secrets: Secrets, groups: Groups) -> "list[AzureLocalVirtualMachine]":
    """Register the machines, and each image once for the machines that share it."""
    if not settings.fleet.azure_local:
        return []
    # Imported here: its namespaces of azure-native take a second that every other stack would spend for nothing.
    from azure_hotpatch.components import AzureLocalImage, AzureLocalVirtualMachine

    images = {name: AzureLocalImage(name, args).gallery_image_id for name, args in planned_images(settings, groups)}
    planned = planned_machines(settings, secrets, groups, images)
    return [AzureLocalVirtualMachine(name, args) for name, args in planned]


def planned_images(settings: StackSettings, groups: Groups) -> Iterator[tuple[str, AzureLocalImageArgs]]:
    """The name and the arguments of each image that is downloaded; groups at one place share what is the same."""
    for group in _downloads(settings).values():
        yield settings.resource_name(group.name), _image(settings, group, groups)


def planned_machines(
    settings: StackSettings, secrets: Secrets, groups: Groups, images: Mapping[str, pulumi.Input[str]]
) -> Iterator[tuple[str, AzureLocalVirtualMachineArgs]]:
    """The name and the arguments of every machine; `images` are the ids of those that were downloaded, by name."""
    names = {shared: settings.resource_name(first.name) for shared, first in _downloads(settings).items()}
    for group in settings.fleet.azure_local:
        downloaded = images[names[_shared(settings, group)]] if _is_downloaded(group) else None
        shared = _machine(settings, group, secrets, groups)
        image_id = group.gallery_image_id or downloaded
        for name in group.machine_names(settings.naming.digits):
            args: AzureLocalVirtualMachineArgs = {**shared, "virtual_machine_name": name}
            if image_id:
                args["gallery_image_id"] = image_id
            yield settings.resource_name(name), args


def _downloads(settings: StackSettings) -> dict[Shared, AzureLocalGroup]:
    """The first group of each set that shares an image to download, by what they share."""
    first: dict[Shared, AzureLocalGroup] = {}
    for group in filter(_is_downloaded, settings.fleet.azure_local):
        first.setdefault(_shared(settings, group), group)
    return first


def _is_downloaded(group: AzureLocalGroup) -> bool:
    return not (group.gallery_image_id or group.installed_from_iso)


def _shared(settings: StackSettings, group: AzureLocalGroup) -> Shared:
    image = group.named_image(settings.images)
    return image.key, image.version, group.custom_location_id.lower(), group.storage_path_id


def _image(settings: StackSettings, group: AzureLocalGroup, groups: Groups) -> AzureLocalImageArgs:
    args: AzureLocalImageArgs = {
        "resource_group_name": groups[settings.resource_group_of(group)],
        "location": settings.location_of(group),
        "tags": dict(settings.tags_of(group)),
        "custom_location_id": group.custom_location_id,
        "image": group.named_image(settings.images),
        "image_generation": settings.images.generation,
    }
    if group.storage_path_id:
        args["storage_path_id"] = group.storage_path_id
    return args


def _machine(
    settings: StackSettings, group: AzureLocalGroup, secrets: Secrets, groups: Groups
) -> AzureLocalVirtualMachineArgs:
    args: AzureLocalVirtualMachineArgs = {
        "resource_group_name": groups[settings.resource_group_of(group)],
        "location": settings.location_of(group),
        "tags": dict(settings.tags_of(group)),
        "custom_location_id": group.custom_location_id,
        "logical_network_id": group.logical_network_id,
        "admin_username": settings.admin_username,
        "admin_password": secrets.password(group.admin_password_secret),
        "processors": group.processors,
        "memory_mb": group.memory_mb,
        "installed_from_iso": group.installed_from_iso,
        "data_disks_gb": list(group.data_disks_gb),
    }
    if group.storage_path_id:
        args["storage_path_id"] = group.storage_path_id
    if not group.installed_from_iso:
        image = group.named_image(settings.images)
        args = {**args, "image": image, "image_generation": settings.images.generation}
    return _with_update_client(args, group)


def _with_update_client(args: AzureLocalVirtualMachineArgs, group: AzureLocalGroup) -> AzureLocalVirtualMachineArgs:
    chosen = group.orchestration
    if isinstance(chosen, GroupPolicy):
        return {
            **args,
            "update_tool": chosen.tool,
            "automatic_update": chosen.automatic_update,
            "install_day": chosen.install_day,
            "install_hour": chosen.install_hour,
            "no_restart_with_logged_on_users": chosen.no_restart_with_logged_on_users,
        }
    if isinstance(chosen, SConfig):
        return {**args, "update_tool": chosen.tool, "sconfig_setting": chosen.update_setting}
    served: AzureLocalVirtualMachineArgs = {**args, "update_tool": chosen.tool, "wsus_server": chosen.wsus_server}
    return {**served, "wsus_status_server": chosen.status_server} if chosen.status_server else served
