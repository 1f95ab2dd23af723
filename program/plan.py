"""Plan a stack's machines and scale sets: the arguments of each, by name."""

from collections.abc import Iterator
from typing import TypedDict, cast

import pulumi

from azure_hotpatch.components import (
    DataDiskArgs,
    HealthProbeArgs,
    HotpatchScaleSetArgs,
    HotpatchVirtualMachineArgs,
    MachineDataDiskArgs,
    NetworkInterfaceArgs,
    ScaleSetExtensionArgs,
)
from azure_hotpatch.components.shared.profile_args import ProfileArgs
from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.settings import (
    DataDisk,
    Extension,
    HealthProbe,
    MachineDataDisk,
    MachineGroup,
    ScaleSetGroup,
    StackSettings,
)
from azure_hotpatch.program.secrets import Secrets
from azure_hotpatch.program.surroundings import Surroundings


class _NamedArgs(TypedDict, total=False):
    """The arguments of a machine that differ within its group."""

    data_disks: list[MachineDataDiskArgs]
    virtual_machine_name: str
    subnet_id: pulumi.Input[str]
    network_interfaces: list[NetworkInterfaceArgs]


def machines(
    settings: StackSettings, secrets: Secrets, around: Surroundings
) -> Iterator[tuple[str, HotpatchVirtualMachineArgs]]:
    """The name and the arguments of every virtual machine."""
    for group in settings.fleet.machines:
        shared = _machine(settings, group, secrets, around)
        for index, name in enumerate(group.machine_names(settings.naming.digits)):
            args: HotpatchVirtualMachineArgs = {
                **shared,
                "computer_name": name,
                **_named(settings, group, name, around),
            }
            zone = group.zone(index)
            if zone:
                args["zones"] = [zone]
            yield settings.resource_name(name), args


def scale_sets(
    settings: StackSettings, secrets: Secrets, around: Surroundings
) -> Iterator[tuple[str, HotpatchScaleSetArgs]]:
    """The name and the arguments of every scale set."""
    for group in settings.fleet.scale_sets:
        args: HotpatchScaleSetArgs = {
            # The profile alone is no scale set, and becomes one here.
            **cast(HotpatchScaleSetArgs, _profile(settings, group, secrets, around)),
            "subnet_id": group.subnet_id or around.subnets[settings.location_of(group)],
            "user_assigned_identity_ids": list(group.identity_ids),
            "instances": group.instances,
            "fault_domain_count": group.fault_domain_count,
            "computer_name_prefix": group.prefix,
            "load_balancer": group.load_balancer,
            "health": _health(group.health),
        }
        patterns, parts = settings.naming.patterns, _parts(settings, group, group.name)
        called, balancer = (settings.azure_name(each, **parts) for each in (patterns.scale_set, patterns.load_balancer))
        if called:
            args["scale_set_name"] = called
        if balancer:
            args["load_balancer_name"] = balancer
        if group.extensions:
            args["extensions"] = [_extension(extension, secrets) for extension in group.extensions]
        if group.zones:
            args["zones"] = list(group.zones)
        yield settings.resource_name(group.name), args


def _machine(
    settings: StackSettings, group: MachineGroup, secrets: Secrets, around: Surroundings
) -> HotpatchVirtualMachineArgs:
    location, mode = settings.location_of(group), settings.mode(group)
    args: HotpatchVirtualMachineArgs = {
        **cast(HotpatchVirtualMachineArgs, _profile(settings, group, secrets, around)),
        "user_assigned_identity_ids": list(group.identity_ids),
        "patching_mode": mode.value,
    }
    if mode is PatchingMode.CUSTOMER_MANAGED_SCHEDULE and not _is_scoped(settings):
        args["maintenance_configuration_id"] = around.schedules[location]
    if group.availability_set:
        args["availability_set_id"] = around.availability_sets[settings.resource_name(group.name)]
    return args


def _profile(
    settings: StackSettings, group: MachineGroup | ScaleSetGroup, secrets: Secrets, around: Surroundings
) -> ProfileArgs:
    args: ProfileArgs = {
        "resource_group_name": around.resource_groups[settings.resource_group_of(group)],
        "location": settings.location_of(group),
        "image": group.named_image(settings.images),
        "image_generation": settings.images.generation,
        "admin_username": settings.admin_username,
        "admin_password": secrets.password(group.admin_password_secret),
        "size": group.size,
        "os_disk_type": group.os_disk.type,
        "data_disks": [_data_disk(disk) for disk in group.data_disks],
        "azure_hybrid_benefit": group.azure_hybrid_benefit,
        "replace_on_change": group.replace_on_change,
        "reboot_setting": settings.reboot_setting(group),
        "tags": dict(settings.tags_of(group)),
    }
    if group.os_disk.size_gb:
        args["os_disk_size_gb"] = group.os_disk.size_gb
    if group.disk_encryption_set_id:
        args["disk_encryption_set_id"] = group.disk_encryption_set_id
    if group.proximity_placement_group_id:
        args["proximity_placement_group_id"] = group.proximity_placement_group_id
    if group.time_zone:
        args["time_zone"] = group.time_zone
    if group.encryption_at_host:  # even false is refused where the subscription does not have the feature
        args["encryption_at_host"] = True
    return args


def _data_disk(disk: DataDisk) -> DataDiskArgs:
    return {"size_gb": disk.size_gb, "type": disk.type, "caching": disk.caching}


def _named(settings: StackSettings, group: MachineGroup, name: str, around: Surroundings) -> _NamedArgs:
    """The arguments of one machine of a group: its name in Azure, its interface and its disks."""
    patterns, parts = settings.naming.patterns, _parts(settings, group, name)
    disks = [_machine_disk(disk, name) for disk in group.data_disks]
    for unit, disk in enumerate(disks):
        called = settings.azure_name(patterns.disk, **parts, unit=str(unit))
        if called and disk.get("separate"):
            disk["name"] = called
    args: _NamedArgs = {"data_disks": disks}
    machine, interface = (settings.azure_name(pattern, **parts) for pattern in (patterns.machine, patterns.interface))
    if machine:
        args["virtual_machine_name"] = machine
    subnet_id = group.subnet_id or around.subnets[settings.location_of(group)]
    if interface:
        args["network_interfaces"] = [{"subnet_id": subnet_id, "name": interface}]
    else:
        args["subnet_id"] = subnet_id
    return args


def _parts(settings: StackSettings, group: MachineGroup | ScaleSetGroup, name: str) -> dict[str, str]:
    return {"name": name, "group": group.name, "location": settings.location_of(group)}


def _machine_disk(disk: MachineDataDisk, machine: str) -> MachineDataDiskArgs:
    args: MachineDataDiskArgs = {
        "size_gb": disk.size_gb,
        "type": disk.type,
        "caching": disk.caching,
        "separate": disk.separate,
    }
    if machine in disk.disk_ids:
        args["disk_id"] = disk.disk_ids[machine]
    return args


def _extension(extension: Extension, secrets: Secrets) -> ScaleSetExtensionArgs:
    args: ScaleSetExtensionArgs = {
        "name": extension.name,
        "publisher": extension.publisher,
        "type": extension.type,
        "version": extension.version,
        "automatic_upgrade": extension.automatic_upgrade,
    }
    if extension.settings:
        args["settings"] = extension.settings
    if extension.protected_settings_secret:
        args["protected_settings"] = secrets.of(extension.protected_settings_secret)
    return args


def _health(probe: HealthProbe) -> HealthProbeArgs:
    args: HealthProbeArgs = {"protocol": probe.protocol, "port": probe.port}
    if probe.request_path:
        args["request_path"] = probe.request_path
    return args


def _is_scoped(settings: StackSettings) -> bool:
    """Whether the schedule has a dynamic scope, so that no machine is assigned to it."""
    schedule = settings.maintenance.schedule
    return schedule is not None and schedule.dynamic_scope is not None
