"""What a fleet's groups say of each other and of the stack: names, images, and room in the networks."""

from collections import defaultdict
from collections.abc import Iterator

from azure_hotpatch.domain.azure.calendar import BUILDS
from azure_hotpatch.domain.azure.image_names import NamedImage, generation_of
from azure_hotpatch.domain.azure.images import Image
from azure_hotpatch.domain.azure.machines import (
    os_disk_gb,
    why_not_computer_name,
    why_not_computer_name_prefix,
    why_not_os_disk_gb,
)
from azure_hotpatch.domain.azure.nearest import nearest
from azure_hotpatch.domain.settings.draft import Draft
from azure_hotpatch.domain.settings.group import Numbered
from azure_hotpatch.domain.settings.images import ImageSettings
from azure_hotpatch.domain.settings.machine import MachineGroup, ScaleSetGroup
from azure_hotpatch.domain.vocabulary.problem import Problem


def computer_names(draft: Draft) -> Iterator[Problem]:
    for path, group in draft.named:
        if isinstance(group, ScaleSetGroup):
            reason = why_not_computer_name_prefix(group.prefix)
            allowed = "a shorter name, or computerNamePrefix beside it"
        elif draft.naming:
            names = group.machine_names(draft.naming.digits)
            reason = next(filter(None, map(why_not_computer_name, names)), None)
            allowed = "a shorter name, or names beside it"
        else:
            continue
        if reason:
            yield Problem(f"{path}.name", reason, repr(group.name), allowed)


def unique_names(draft: Draft) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for path, group in draft.named:
        for place, name in _named(path, group, draft.naming.digits if draft.naming else 2):
            first = taken.setdefault(name.lower(), place)
            if first != place:
                yield Problem(place, f"the name {name!r} is already that of {first}", repr(name), "a name of its own")
                break


def _named(path: str, group: ScaleSetGroup | Numbered, digits: int) -> Iterator[tuple[str, str]]:
    """Each name that a group takes, with the place where it is written."""
    if isinstance(group, ScaleSetGroup):
        yield f"{path}.name", group.name
    elif group.names:
        yield from ((f"{path}.names[{index}]", name) for index, name in enumerate(group.names))
    else:
        yield from ((f"{path}.name", name) for name in group.machine_names(digits))


def accepted_images(draft: Draft) -> Iterator[Problem]:
    images = draft.images
    if images is None:
        return
    for path, named in _written_images(draft, images):
        if named.image not in images.catalogue:
            year = generation_of(named.image)
            yield Problem(
                path,
                f"{named.name!r} is an image of Windows Server {year}, and images.generation is {images.generation}",
                repr(named.name),
                f"an image of Windows Server {images.generation}",
                f'images.generation: "{year}"',
            )


def _written_images(draft: Draft, images: ImageSettings) -> Iterator[tuple[str, NamedImage]]:
    yield "images.default", images.default
    yield from ((f"{path}.image", group.image) for path, group in draft.groups if group.image)


def versions_of_their_image(draft: Draft) -> Iterator[Problem]:
    if draft.images is None:
        return
    if draft.images.version != "latest" and not draft.groups and draft.whole:
        yield from _version("images.version", draft.images.default.image, draft.images.version)
    for path, group in draft.groups:
        image = group.named_image(draft.images)
        yield from _version(f"{path}.imageVersion" if group.image_version else "images.version", image, image.version)


def _version(path: str, image: Image, version: str) -> Iterator[Problem]:
    build = BUILDS[generation_of(image)]
    if version == "latest" or version.startswith(f"{build}."):
        return
    yield Problem(
        path, f"version {version} is not one of image {image.sku}", repr(version), f"latest, or {build}.revision.date"
    )


def os_disks_of_their_image(draft: Draft) -> Iterator[Problem]:
    """An OS disk is at least as large as the image on it."""
    for path, group in draft.azure():
        size = group.os_disk.size_gb
        if draft.images and size is not None:
            sku = group.named_image(draft.images).sku
            reason = why_not_os_disk_gb(size, sku)
            if reason:
                yield Problem(
                    f"{path}.osDisk.sizeGB",
                    reason,
                    str(size),
                    f"a size in that range; {os_disk_gb(sku)} leaves room for baselines",
                )


def places_with_a_network(draft: Draft) -> Iterator[Problem]:
    if draft.network is None or draft.location is None:
        return
    known = (draft.location, *draft.network.regions)
    if draft.location in draft.network.regions:
        yield Problem(
            f"network.regions.{draft.location}",
            "it is the stack's own location, whose network stands in network itself",
            "",
            "further regions",
        )
    for path, group in draft.azure():
        if group.location and group.location not in known and not group.subnet_id:
            yield Problem(
                f"{path}.location",
                f"there is no network in {group.location}",
                repr(group.location),
                f"{', '.join(known)}; a further region gets its network in network.regions",
                nearest(group.location, known),
            )


def room_in_the_subnet(draft: Draft) -> Iterator[Problem]:
    if draft.network is None or draft.location is None:
        return
    wanted: dict[str, int] = defaultdict(int)
    for _, group in draft.azure():
        if not group.subnet_id:
            wanted[group.location or draft.location] += _count(group)
    for location, count in wanted.items():
        place = "network" if location == draft.location else f"network.regions.{location}"
        network = draft.network if location == draft.location else draft.network.regions.get(location)
        room = network.capacity if network else None
        if network and room is not None and count > room:
            yield Problem(
                f"{place}.subnetPrefix",
                f"{count} machines do not fit into {network.subnet}, which has room for {room}",
                repr(network.subnet),
                "a larger prefix inside the address space",
            )


def _count(group: MachineGroup | ScaleSetGroup) -> int:
    return group.instances if isinstance(group, ScaleSetGroup) else len(group.machine_names())


def disks_of_their_machines(draft: Draft) -> Iterator[Problem]:
    """The ids of disks are those of every machine of the group, or of none."""
    for path, group in draft.machines():
        names = group.machine_names(draft.naming.digits if draft.naming else 2)
        for unit, disk in enumerate(group.data_disks):
            place = f"{path}.dataDisks[{unit}].diskIds"
            for name in disk.disk_ids.keys() - set(names):
                reason = f"no machine of the group is called {name!r}"
                yield Problem(place, reason, repr(name), ", ".join(names), nearest(name, names))
            missing = [name for name in names if name not in disk.disk_ids] if disk.disk_ids else []
            if missing:
                yield Problem(place, f"it has no disk for {', '.join(missing)}", allowed="one for every machine")
