"""What parts of a stack's settings say of each other: names, images, places, and modes against the schedule."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from azure_hotpatch.images import Image
from azure_hotpatch.patching import PatchingMode, why_not_schedulable
from azure_hotpatch.settings.azure_local import AzureLocalGroup
from azure_hotpatch.settings.draft import Draft
from azure_hotpatch.settings.images import BUILDS, ImageSettings, generation, named_image
from azure_hotpatch.settings.machine import MachineGroup, ScaleSetGroup
from azure_hotpatch.settings.maintenance import DynamicScope
from azure_hotpatch.settings.problem import Problem
from azure_hotpatch.settings.value import nearest, why_not_computer_name, why_not_computer_name_prefix

_SCHEDULED = PatchingMode.CUSTOMER_MANAGED_SCHEDULE


def cross_problems(draft: Draft) -> Iterator[Problem]:
    """Every contradiction between the sound parts."""
    for check in _CHECKS:
        yield from check(draft)


def _computer_names(draft: Draft) -> Iterator[Problem]:
    for path, group in draft.groups:
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


def _unique_names(draft: Draft) -> Iterator[Problem]:
    taken: dict[str, str] = {}
    for path, group in draft.groups:
        for place, name in _named(path, group, draft.naming.digits if draft.naming else 2):
            first = taken.setdefault(name.lower(), place)
            if first != place:
                yield Problem(place, f"the name {name!r} is already that of {first}", repr(name), "a name of its own")
                break


def _named(path: str, group: MachineGroup | ScaleSetGroup | AzureLocalGroup, digits: int) -> Iterator[tuple[str, str]]:
    """Each name that a group takes, with the place where it is written."""
    if isinstance(group, ScaleSetGroup):
        yield f"{path}.name", group.name
    elif group.names:
        yield from ((f"{path}.names[{index}]", name) for index, name in enumerate(group.names))
    else:
        yield from ((f"{path}.name", name) for name in group.machine_names(digits))


def _accepted_images(draft: Draft) -> Iterator[Problem]:
    images = draft.images
    if images is None:
        return
    for path, name in _written_images(draft, images):
        if named_image(name) not in images.catalogue:
            yield Problem(
                path,
                f"{name!r} is of Windows Server 2025, and the stack accepts 2022 only",
                repr(name),
                'an image of 2022, or images.generation: "2025"',
                next((image.sku for image in images.catalogue.images if image.sku.lower() in _twin(name)), ""),
            )


def _twin(name: str) -> tuple[str, ...]:
    """The image of 2022 that is nearest in kind to one of 2025."""
    sku = named_image(name).sku.lower()
    if "-core" in sku:
        return (sku.replace("2025", "2022"),)
    return (sku.replace("2025-datacenter-azure-edition", "2022-datacenter-azure-edition-hotpatch"),)


def _written_images(draft: Draft, images: ImageSettings) -> Iterator[tuple[str, str]]:
    yield "images.default", images.default
    yield from ((f"{path}.image", group.image) for path, group in draft.groups if group.image)


def _versions_of_their_image(draft: Draft) -> Iterator[Problem]:
    if draft.images is None:
        return
    if draft.images.version != "latest" and not draft.groups and draft.whole:
        yield from _version("images.version", named_image(draft.images.default), draft.images.version)
    for path, group in draft.groups:
        image = group.named_image(draft.images)
        yield from _version(f"{path}.imageVersion" if group.image_version else "images.version", image, image.version)


def _version(path: str, image: Image, version: str) -> Iterator[Problem]:
    build = BUILDS[generation(image)]
    if version == "latest" or version.startswith(f"{build}."):
        return
    yield Problem(
        path, f"version {version} is not one of image {image.sku}", repr(version), f"latest, or {build}.revision.date"
    )


def _places_with_a_network(draft: Draft) -> Iterator[Problem]:
    if draft.network is None or draft.location is None:
        return
    known = (draft.location, *draft.network.regions)
    for path, group in draft.azure():
        if group.location and group.location not in known and not group.subnet_id:
            yield Problem(
                f"{path}.location",
                f"there is no network in {group.location}",
                repr(group.location),
                f"{', '.join(known)}; a further region gets its network in network.regions",
                nearest(group.location, known),
            )


def _room_in_the_subnet(draft: Draft) -> Iterator[Problem]:
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


def _schedule_has_machines(draft: Draft) -> Iterator[Problem]:
    maintenance = draft.maintenance
    if maintenance is None or maintenance.schedule is None or maintenance.mode is _SCHEDULED or not draft.whole:
        return
    if any(group.patching_mode is _SCHEDULED for _, group in draft.machines()):
        return
    reason = why_not_schedulable(maintenance.mode)
    yield Problem(
        "maintenance.schedule",
        f"{reason}; no machine of the stack is in mode {_SCHEDULED.value}",
        f"a schedule with mode {maintenance.mode.value}",
        f"remove the schedule and keep {maintenance.mode.value}, or maintenance.mode: {_SCHEDULED.value} without hotpatch",
    )


def _machines_have_their_schedule(draft: Draft) -> Iterator[Problem]:
    maintenance = draft.maintenance
    if maintenance is None or maintenance.schedule:
        return
    modes = [("maintenance.mode", maintenance.mode)]
    modes += [(f"{path}.patchingMode", group.patching_mode) for path, group in draft.machines() if group.patching_mode]
    for path, mode in modes:
        if mode is _SCHEDULED:
            yield Problem(
                path,
                f"mode {mode.value} needs a schedule: without one nothing patches the machine",
                repr(mode.value),
                "maintenance.schedule beside it, or hotpatch, azureManaged, paused",
            )


def _scale_sets_say_hotpatch(draft: Draft) -> Iterator[Problem]:
    maintenance = draft.maintenance
    if maintenance is None or maintenance.mode is PatchingMode.HOTPATCH:
        return
    for path, group in draft.scale_sets():
        if group.patching_mode is None:
            yield Problem(
                f"{path}.patchingMode",
                f"maintenance.mode is {maintenance.mode.value}, which a scale set on a hotpatch image cannot have: "
                "Azure never lets hotpatch be off in it",
                "",
                "patchingMode: hotpatch on the scale set, or maintenance.mode: hotpatch",
                "hotpatch",
            )


def _scope_spares_hotpatch(draft: Draft) -> Iterator[Problem]:
    maintenance = draft.maintenance
    scope = maintenance.schedule.dynamic_scope if maintenance and maintenance.schedule else None
    if maintenance is None or scope is None or draft.location is None or draft.tags is None:
        return
    for path, group in draft.machines():
        mode = group.patching_mode or maintenance.mode
        tags = {**draft.tags, **group.tags}
        if mode is not _SCHEDULED and _in_scope(scope, group.location or draft.location, tags):
            yield Problem(
                "maintenance.schedule.dynamicScope",
                f"it takes in {path}, whose mode is {mode.value}; {why_not_schedulable(mode)}",
                "",
                "locations and tags that only machines in mode customerManagedSchedule have",
            )


def _in_scope(scope: DynamicScope, location: str, tags: dict[str, str]) -> bool:
    if scope.locations and location not in scope.locations:
        return False
    lower = {name.lower(): value for name, value in tags.items()}
    found = [lower.get(name.lower()) in values for name, values in scope.tags.items()]
    return not found or (all(found) if scope.tag_operator == "All" else any(found))


_CHECKS: tuple[Callable[[Draft], Iterator[Problem]], ...] = (
    _computer_names,
    _unique_names,
    _accepted_images,
    _versions_of_their_image,
    _places_with_a_network,
    _room_in_the_subnet,
    _schedule_has_machines,
    _machines_have_their_schedule,
    _scale_sets_say_hotpatch,
    _scope_spares_hotpatch,
)
