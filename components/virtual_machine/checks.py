"""Validate the arguments of a `HotpatchVirtualMachine`, with the domain's predicates."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.components.shared.arguments import ArgumentSet, Check, Problem
from azure_hotpatch.components.shared.checks import resource_id, resource_id_list, valid
from azure_hotpatch.components.shared.profile_args import DataDiskArgs, MachineDataDiskArgs
from azure_hotpatch.components.virtual_machine.args import (
    HotpatchVirtualMachineArgs,
    NetworkInterfaceArgs,
)
from azure_hotpatch.domain.azure import defaults, machines, resource_ids
from azure_hotpatch.domain.azure.image_names import GENERATIONS, as_named, catalogue, why_not_named_image
from azure_hotpatch.domain.azure.patching import PatchingMode, why_not_schedulable
from azure_hotpatch.domain.vocabulary import machine_checks
from azure_hotpatch.domain.vocabulary import machine_types as types
from azure_hotpatch.domain.vocabulary.image_types import GENERATION, IMAGE_NAME, IMAGE_VERSION, NEWEST
from azure_hotpatch.domain.vocabulary.maintenance_types import TIME_ZONE
from azure_hotpatch.domain.vocabulary.place_types import REGION, TAGS
from azure_hotpatch.domain.vocabulary.problem import printed


def image_is_hotpatchable(image: Any, generation: Any) -> Iterator[Problem]:
    """The image is on the allow-list of its generation."""
    chosen = generation or defaults.GENERATION
    if image is None or chosen not in GENERATIONS:
        return
    named = as_named(image)
    reason = why_not_named_image(named, chosen)
    if reason:
        allowed = ", ".join(known.sku for known in catalogue(chosen).images)
        newer = why_not_named_image(named, NEWEST) is None
        meant = f"image_generation {NEWEST}" if newer else IMAGE_NAME.meant(named.name)
        yield Problem("image", reason, printed(named.name), allowed, meant)


def os_disk_has_room(size: Any, image: Any) -> Iterator[Problem]:
    """The OS disk is not smaller than the image."""
    if size is None or image is None:
        return
    sku = as_named(image).image.sku
    reason = machines.why_not_os_disk_gb(size, sku)
    if reason:
        yield Problem(
            "os_disk_size_gb", reason, printed(size), f"{machines.os_disk_gb(sku)} GiB leaves room for baselines"
        )


def _os_disk_of_the_size(size: Any, kind: Any) -> Iterator[Problem]:
    return machine_checks.disks_of_the_size(size or defaults.SIZE, {"the OS disk": kind or defaults.DISK_TYPE})


def _one_way_into_the_network(*given: Any) -> Iterator[Problem]:
    ways = ("subnet_id", "network_interfaces", "network_interface_ids")
    chosen = [way for way, value in zip(ways, given, strict=True) if value]
    if len(chosen) == 1:
        return
    why = f"{' and '.join(chosen)} conflict" if chosen else "no argument names the network of the machine"
    yield Problem(chosen[0] if chosen else "subnet_id", why, allowed=f"one of {', '.join(ways)}")


def _one_zone(zones: Any) -> Iterator[Problem]:
    if zones and len(zones) > 1:
        yield Problem("zones", "a machine is in one zone", printed(zones), "one of 1, 2, 3")


def _schedule_needs_its_mode(configuration: Any, mode: Any) -> Iterator[Problem]:
    if configuration is None or (mode or PatchingMode.HOTPATCH) not in tuple(PatchingMode):
        return
    reason = why_not_schedulable(PatchingMode(mode or PatchingMode.HOTPATCH))
    if reason:
        choice = "patching_mode customerManagedSchedule (which gives hotpatch up), or no maintenance_configuration_id"
        yield Problem("maintenance_configuration_id", reason, allowed=choice)


def _no_disk_is_left_behind(replaced: Any, disks: Any) -> Iterator[Problem]:
    units = {
        str(unit): bool(disk.get("separate")) or disk.get("disk_id") is not None
        for unit, disk in enumerate(disks or ())
    }
    return machine_checks.no_disk_is_left_behind(replaced, "data_disks", units, "disk_id")


def _few_enough(disks: Any) -> Iterator[Problem]:
    if disks and len(disks) > machines.MOST_DATA_DISKS:
        yield Problem("data_disks", f"a machine has {machines.MOST_DATA_DISKS} disks at most", printed(disks))


def _says_what_its_id_says(argument: str, place: int) -> Check:
    """An imported machine's name or group, if given, is that of its id: with another one it would be replaced."""

    def find(imported: Any, given: Any) -> Iterator[Problem]:
        if given is None or resource_ids.why_not_resource_id(imported, resource_ids.VIRTUAL_MACHINE):
            return
        known = resource_ids.group_and_name(imported)[place]
        if str(given).lower() != known.lower():
            why = "import_virtual_machine_id has another, and the machine would be replaced"
            yield Problem(argument, why, printed(given), printed(known))

    return Check(("import_virtual_machine_id", argument), find)


def _import_has_a_place(interface: Any, interfaces: Any) -> Iterator[Problem]:
    """An imported interface takes the place of the first one that is made; where none is made, it has none."""
    if interface is not None and interfaces:
        why = "the interfaces of network_interface_ids are attached, and none is made that could be taken over"
        yield Problem("import_network_interface_id", why, printed(interface), "subnet_id or network_interfaces")


def _import_brings_its_interface(machine: Any, interface: Any, interfaces: Any) -> Iterator[Problem]:
    """An imported machine keeps an interface; a new one would take its place."""
    if machine is not None and interface is None and not interfaces:
        why = "the machine that is imported would lose its interface to a new one"
        yield Problem("import_network_interface_id", why, allowed="it, or network_interface_ids")


DATA_DISK = ArgumentSet(
    DataDiskArgs,
    (valid("size_gb", types.DATA_DISK_GB), valid("type", types.DISK_TYPE), valid("caching", types.CACHING)),
)
MACHINE_DATA_DISK = ArgumentSet(
    MachineDataDiskArgs,
    (
        *DATA_DISK.checks,
        resource_id("disk_id", resource_ids.DISK),
        Check(("disk_id", "separate"), machine_checks.disk_is_there_or_separate),
    ),
)
NETWORK_INTERFACE = ArgumentSet(NetworkInterfaceArgs, (resource_id("subnet_id", resource_ids.SUBNET),))
# The checks that a machine shares with a scale set.
PROFILE_CHECKS = (
    valid("location", REGION),
    valid("tags", TAGS),
    Check(("image", "image_generation"), image_is_hotpatchable),
    valid("image_version", IMAGE_VERSION),
    valid("image_generation", GENERATION),
    valid("admin_password", types.ADMIN_PASSWORD),
    valid("admin_username", types.ADMIN_USERNAME),
    valid("size", types.SIZE),
    valid("reboot_setting", types.REBOOT_SETTING),
    valid("os_disk_type", types.OS_DISK_TYPE),
    Check(("os_disk_size_gb", "image"), os_disk_has_room),
    Check(("size", "os_disk_type"), _os_disk_of_the_size),
    Check(("data_disks",), _few_enough),
    valid("time_zone", TIME_ZONE),
    resource_id("subnet_id", resource_ids.SUBNET),
    resource_id("disk_encryption_set_id", resource_ids.DISK_ENCRYPTION_SET),
    resource_id("proximity_placement_group_id", resource_ids.PROXIMITY_PLACEMENT_GROUP),
    resource_id_list("user_assigned_identity_ids", resource_ids.IDENTITY),
)
SHAPE = ArgumentSet(
    HotpatchVirtualMachineArgs,
    (
        *PROFILE_CHECKS,
        valid("patching_mode", types.PATCHING_MODE),
        Check(("maintenance_configuration_id", "patching_mode"), _schedule_needs_its_mode),
        resource_id("maintenance_configuration_id", resource_ids.MAINTENANCE_CONFIGURATION),
        Check(("subnet_id", "network_interfaces", "network_interface_ids"), _one_way_into_the_network),
        resource_id_list("network_interface_ids", resource_ids.NETWORK_INTERFACE),
        valid("computer_name", types.COMPUTER_NAME),
        Check(("zones",), machine_checks.zones_exist),
        Check(("zones",), _one_zone),
        Check(("zones", "availability_set_id"), machine_checks.zones_or_availability_set),
        resource_id("availability_set_id", resource_ids.AVAILABILITY_SET),
        Check(("replace_on_change", "data_disks"), _no_disk_is_left_behind),
        resource_id("import_virtual_machine_id", resource_ids.VIRTUAL_MACHINE),
        resource_id("import_network_interface_id", resource_ids.NETWORK_INTERFACE),
        _says_what_its_id_says("resource_group_name", 0),
        _says_what_its_id_says("virtual_machine_name", 1),
        Check(("import_network_interface_id", "network_interface_ids"), _import_has_a_place),
        Check(
            ("import_virtual_machine_id", "import_network_interface_id", "network_interface_ids"),
            _import_brings_its_interface,
        ),
    ),
    {"data_disks": MACHINE_DATA_DISK, "network_interfaces": NETWORK_INTERFACE},
    why_not_name=machines.why_not_named_after,
)
