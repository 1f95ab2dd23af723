"""Which arguments of a `HotpatchVirtualMachine` are refused; the reasons are the domain's."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.components.shared.arguments import Check, Problem, Shape
from azure_hotpatch.components.shared.checks import asks, one_of, resource_id, resource_id_list
from azure_hotpatch.components.shared.profile_args import DataDiskArgs
from azure_hotpatch.components.virtual_machine.args import (
    HotpatchVirtualMachineArgs,
    NetworkInterfaceArgs,
)
from azure_hotpatch.domain.azure import machines, resource_ids
from azure_hotpatch.domain.azure.image_names import (
    GENERATIONS,
    catalogue,
    named_image,
    why_not_image_version,
    why_not_named_image,
)
from azure_hotpatch.domain.azure.maintenance.time_zones import why_not_time_zone
from azure_hotpatch.domain.azure.patching import REBOOT_SETTINGS, PatchingMode, why_not_schedulable
from azure_hotpatch.domain.azure.sizes import why_not_size

MODES = tuple(mode.value for mode in PatchingMode)


def image_is_hotpatchable(image: Any, generation: Any) -> Iterator[Problem]:
    """The image is on the allow-list of its generation."""
    if not isinstance(image, str) or generation not in (None, *GENERATIONS):
        return
    reason = why_not_named_image(image, generation or "2022")
    if reason:
        allowed = ", ".join(known.sku for known in catalogue(generation or "2022").images)
        yield Problem("image", reason, repr(image), allowed)


def os_disk_has_room(size: Any, image: Any) -> Iterator[Problem]:
    """The OS disk is not smaller than the image."""
    if size is None or not isinstance(image, str):
        return
    reason = (
        machines.why_not_os_disk_gb(size, named_image(image).sku) if isinstance(size, int) else "it is not a number"
    )
    if reason:
        yield Problem("os_disk_size_gb", reason, repr(size))


def _one_way_into_the_network(*given: Any) -> Iterator[Problem]:
    ways = ("subnet_id", "network_interfaces", "network_interface_ids")
    chosen = [way for way, value in zip(ways, given, strict=True) if value]
    if len(chosen) == 1:
        return
    why = f"{' and '.join(chosen)} say two things" if chosen else "nothing says which network the machine is in"
    yield Problem(chosen[0] if chosen else "subnet_id", why, allowed=f"one of {', '.join(ways)}")


def _zone_or_availability_set(zones: Any, availability_set: Any) -> Iterator[Problem]:
    if zones is None:
        return
    reason = machines.why_not_zones(zones) if isinstance(zones, list | tuple) else "it is not a list"
    if not reason and len(zones) > 1:
        reason = "a machine is in one zone"
    if not reason and availability_set:
        reason = machines.why_not_in_availability_set(zones)
    if reason:
        yield Problem("zones", reason, repr(zones), "zones with one of '1', '2', '3', or availability_set_id")


def _schedule_needs_its_mode(configuration: Any, mode: Any) -> Iterator[Problem]:
    if configuration is None or (mode or PatchingMode.HOTPATCH) not in MODES:
        return
    reason = why_not_schedulable(PatchingMode(mode or PatchingMode.HOTPATCH))
    if reason:
        choice = "patching_mode customerManagedSchedule (which gives hotpatch up), or no maintenance_configuration_id"
        yield Problem("maintenance_configuration_id", reason, allowed=choice)


def _few_enough(disks: Any) -> Iterator[Problem]:
    if disks and len(disks) > machines.MOST_DATA_DISKS:
        yield Problem("data_disks", f"a machine has {machines.MOST_DATA_DISKS} disks at most", f"{len(disks)} disks")


def _disk_size(size: Any) -> Iterator[Problem]:
    if size is not None and (not isinstance(size, int) or not 1 <= size <= machines.LARGEST_DATA_DISK_GB):
        yield Problem("size_gb", f"it is not a size from 1 to {machines.LARGEST_DATA_DISK_GB} GiB", repr(size))


def _says_what_its_id_says(argument: str, place: int) -> Check:
    """An imported machine's name or group, if given, is that of its id: with another one it would be replaced."""

    def ask(imported: Any, given: Any) -> Iterator[Problem]:
        if given is None or resource_ids.why_not_resource_id(imported, resource_ids.VIRTUAL_MACHINE):
            return
        known = resource_ids.group_and_name(imported)[place]
        if str(given).lower() != known.lower():
            why = "import_virtual_machine_id says another, and the machine would be replaced"
            yield Problem(argument, why, repr(given), repr(known))

    return Check(("import_virtual_machine_id", argument), ask)


def _import_has_a_place(interface: Any, interfaces: Any) -> Iterator[Problem]:
    """An imported interface takes the place of the first one that is made; where none is made, it has none."""
    if interface is not None and interfaces:
        why = "the interfaces of network_interface_ids are attached, and none is made that could be taken over"
        yield Problem("import_network_interface_id", why, repr(interface), "subnet_id or network_interfaces")


def _import_brings_its_interface(machine: Any, interface: Any, interfaces: Any) -> Iterator[Problem]:
    """An imported machine keeps an interface; a new one would take its place."""
    if machine is not None and interface is None and not interfaces:
        why = "the machine that is imported would lose its interface to a new one"
        yield Problem("import_network_interface_id", why, allowed="it, or network_interface_ids")


DATA_DISK = Shape(
    DataDiskArgs,
    (
        Check(("size_gb",), _disk_size),
        one_of("type", machines.DISK_TYPES),
        one_of("caching", machines.CACHING),
    ),
)
NETWORK_INTERFACE = Shape(NetworkInterfaceArgs, (resource_id("subnet_id", resource_ids.SUBNET),))
# The checks that a machine shares with a scale set.
PROFILE_CHECKS = (
    Check(("image", "image_generation"), image_is_hotpatchable),
    asks("image_version", why_not_image_version),
    one_of("image_generation", tuple(GENERATIONS)),
    asks("admin_password", machines.why_not_admin_password, secret=True),
    asks("admin_username", machines.why_not_admin_username),
    asks("size", why_not_size),
    one_of("reboot_setting", REBOOT_SETTINGS),
    one_of("os_disk_type", machines.OS_DISK_TYPES),
    Check(("os_disk_size_gb", "image"), os_disk_has_room),
    Check(("data_disks",), _few_enough),
    asks("time_zone", why_not_time_zone),
    resource_id("subnet_id", resource_ids.SUBNET),
    resource_id("disk_encryption_set_id", resource_ids.DISK_ENCRYPTION_SET),
    resource_id_list("user_assigned_identity_ids", resource_ids.IDENTITY),
)
SHAPE = Shape(
    HotpatchVirtualMachineArgs,
    (
        *PROFILE_CHECKS,
        one_of("patching_mode", MODES),
        Check(("maintenance_configuration_id", "patching_mode"), _schedule_needs_its_mode),
        resource_id("maintenance_configuration_id", resource_ids.MAINTENANCE_CONFIGURATION),
        Check(("subnet_id", "network_interfaces", "network_interface_ids"), _one_way_into_the_network),
        resource_id_list("network_interface_ids", resource_ids.NETWORK_INTERFACE),
        asks("computer_name", machines.why_not_computer_name),
        Check(("zones", "availability_set_id"), _zone_or_availability_set),
        resource_id("availability_set_id", resource_ids.AVAILABILITY_SET),
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
    {"data_disks": DATA_DISK, "network_interfaces": NETWORK_INTERFACE},
    why_not_name=machines.why_not_named_after,
)
