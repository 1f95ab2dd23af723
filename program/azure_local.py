"""The machines on Azure Local that a stack's settings ask for, and the images that they share."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from azure_hotpatch.domain.settings import AzureLocalGroup, GroupPolicy, SConfig, StackSettings, ThirdParty

if TYPE_CHECKING:
    from azure_hotpatch.components.azure_local_virtual_machine.component import AzureLocalVirtualMachine

Planned = Iterator[tuple[str, Any]]  # the arguments, as the components type them
Shared = tuple[Any, ...]  # what makes an image the same: its name, its version, and where it is kept


def made(settings: StackSettings, group_name: Any, password: Any) -> "list[AzureLocalVirtualMachine]":
    """The machines, registered, each image once for the machines that share it."""
    if not settings.fleet.azure_local:
        return []
    # Imported here: its namespaces of azure-native take a second that every other stack would spend for nothing.
    from azure_hotpatch.components.azure_local_image.component import AzureLocalImage
    from azure_hotpatch.components.azure_local_virtual_machine.component import AzureLocalVirtualMachine

    images = {name: AzureLocalImage(name, args).gallery_image_id for name, args in planned_images(settings, group_name)}
    planned = planned_machines(settings, group_name, password, images)
    return [AzureLocalVirtualMachine(name, args) for name, args in planned]


def planned_images(settings: StackSettings, group_name: Any) -> Planned:
    """The name and the arguments of each image that is downloaded; groups at one place share what is the same."""
    for group in _downloads(settings).values():
        yield settings.resource_name(group.name), {**_place(settings, group, group_name), **_image(settings, group)}


def planned_machines(settings: StackSettings, group_name: Any, password: Any, images: dict[str, Any]) -> Planned:
    """The name and the arguments of every machine; `images` are the ids of those that were downloaded, by name."""
    names = {shared: settings.resource_name(first.name) for shared, first in _downloads(settings).items()}
    for group in settings.fleet.azure_local:
        downloaded = images.get(names.get(_shared(settings, group), ""))
        arguments = {
            **_place(settings, group, group_name),
            **({} if group.installed_from_iso else _image(settings, group)),
            **_update_client(group),
            "gallery_image_id": group.gallery_image_id or downloaded,
            "installed_from_iso": group.installed_from_iso,
            "logical_network_id": group.logical_network_id,
            "admin_username": settings.admin_username,
            "admin_password": password,
            "processors": group.processors,
            "memory_mb": group.memory_mb,
        }
        for name in group.machine_names(settings.naming.digits):
            yield settings.resource_name(name), {**arguments, "virtual_machine_name": name}


def _downloads(settings: StackSettings) -> dict[Shared, AzureLocalGroup]:
    """The first group of those that share an image which must be downloaded, by what they share."""
    first: dict[Shared, AzureLocalGroup] = {}
    for group in settings.fleet.azure_local:
        if not (group.gallery_image_id or group.installed_from_iso):
            first.setdefault(_shared(settings, group), group)
    return first


def _shared(settings: StackSettings, group: AzureLocalGroup) -> Shared:
    image = group.named_image(settings.images)
    return (image.key, image.version, group.custom_location_id.lower(), group.storage_path_id)


def _place(settings: StackSettings, group: AzureLocalGroup, group_name: Any) -> dict[str, Any]:
    return {
        "resource_group_name": group_name,
        "location": settings.location_of(group),
        "tags": settings.tags_of(group),
        "custom_location_id": group.custom_location_id,
        "storage_path_id": group.storage_path_id,
    }


def _image(settings: StackSettings, group: AzureLocalGroup) -> dict[str, Any]:
    image = group.named_image(settings.images)
    return {"image": str(image), "image_version": image.version, "image_generation": settings.images.generation}


def _update_client(group: AzureLocalGroup) -> dict[str, Any]:
    chosen = group.orchestration
    if isinstance(chosen, GroupPolicy):
        return {"update_tool": chosen.tool, **_group_policy(chosen)}
    if isinstance(chosen, SConfig):
        return {"update_tool": chosen.tool, "sconfig_setting": chosen.update_setting}
    return {"update_tool": chosen.tool, **_update_server(chosen)}


def _group_policy(chosen: GroupPolicy) -> dict[str, Any]:
    return {
        "automatic_update": chosen.automatic_update,
        "install_day": chosen.install_day,
        "install_hour": chosen.install_hour,
        "no_restart_with_logged_on_users": chosen.no_restart_with_logged_on_users,
    }


def _update_server(chosen: ThirdParty) -> dict[str, Any]:
    return {"wsus_server": chosen.wsus_server, "wsus_status_server": chosen.status_server}
