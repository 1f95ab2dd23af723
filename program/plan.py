"""Which machines and scale sets a stack's settings ask for, each by name with its arguments."""

from collections.abc import Iterator
from typing import cast

import pulumi

from azure_hotpatch.components import (
    DataDiskArgs,
    HealthProbeArgs,
    HotpatchScaleSetArgs,
    HotpatchVirtualMachineArgs,
    MachineDataDiskArgs,
)
from azure_hotpatch.components.shared.profile_args import ProfileArgs
from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.settings import (
    DataDisk,
    HealthProbe,
    MachineDataDisk,
    MachineGroup,
    ScaleSetGroup,
    StackSettings,
)
from azure_hotpatch.program.surroundings import GroupName, Surroundings

Password = pulumi.Output[str]


def machines(
    settings: StackSettings, group_name: GroupName, password: Password, around: Surroundings
) -> Iterator[tuple[str, HotpatchVirtualMachineArgs]]:
    """The name and the arguments of every virtual machine."""
    for group in settings.fleet.machines:
        shared = _machine(settings, group, group_name, password, around)
        for index, name in enumerate(group.machine_names(settings.naming.digits)):
            args: HotpatchVirtualMachineArgs = {
                **shared,
                "computer_name": name,
                "data_disks": [_machine_disk(disk, name) for disk in group.data_disks],
            }
            zone = group.zone(index)
            if zone:
                args["zones"] = [zone]
            yield settings.resource_name(name), args


def scale_sets(
    settings: StackSettings, group_name: GroupName, password: Password, around: Surroundings
) -> Iterator[tuple[str, HotpatchScaleSetArgs]]:
    """The name and the arguments of every scale set."""
    for group in settings.fleet.scale_sets:
        args: HotpatchScaleSetArgs = {
            # The profile alone is no scale set, and becomes one here.
            **cast(HotpatchScaleSetArgs, _profile(settings, group, group_name, password)),
            "subnet_id": group.subnet_id or around.subnets[settings.location_of(group)],
            "user_assigned_identity_ids": list(group.identity_ids),
            "instances": group.instances,
            "fault_domain_count": group.fault_domain_count,
            "computer_name_prefix": group.prefix,
            "load_balancer": group.load_balancer,
            "health": _health(group.health),
        }
        if group.zones:
            args["zones"] = list(group.zones)
        yield settings.resource_name(group.name), args


def _machine(
    settings: StackSettings, group: MachineGroup, group_name: GroupName, password: Password, around: Surroundings
) -> HotpatchVirtualMachineArgs:
    location, mode = settings.location_of(group), settings.mode(group)
    args: HotpatchVirtualMachineArgs = {
        **cast(HotpatchVirtualMachineArgs, _profile(settings, group, group_name, password)),
        "subnet_id": group.subnet_id or around.subnets[location],
        "user_assigned_identity_ids": list(group.identity_ids),
        "patching_mode": mode.value,
    }
    if mode is PatchingMode.CUSTOMER_MANAGED_SCHEDULE and not _is_scoped(settings):
        args["maintenance_configuration_id"] = around.schedules[location]
    if group.availability_set:
        args["availability_set_id"] = around.availability_sets[settings.resource_name(group.name)]
    return args


def _profile(
    settings: StackSettings, group: MachineGroup | ScaleSetGroup, group_name: GroupName, password: Password
) -> ProfileArgs:
    image = group.named_image(settings.images)
    args: ProfileArgs = {
        "resource_group_name": group_name,
        "location": settings.location_of(group),
        "image": str(image),
        "image_version": image.version,
        "image_generation": settings.images.generation,
        "admin_username": settings.admin_username,
        "admin_password": password,
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
    if group.time_zone:
        args["time_zone"] = group.time_zone
    if group.encryption_at_host:  # even false is refused where the subscription does not have the feature
        args["encryption_at_host"] = True
    return args


def _data_disk(disk: DataDisk) -> DataDiskArgs:
    return {"size_gb": disk.size_gb, "type": disk.type, "caching": disk.caching}


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


def _health(probe: HealthProbe) -> HealthProbeArgs:
    args: HealthProbeArgs = {"protocol": probe.protocol, "port": probe.port}
    if probe.request_path:
        args["request_path"] = probe.request_path
    return args


def _is_scoped(settings: StackSettings) -> bool:
    """Whether Azure finds the machines of the schedule by itself, so that none is assigned to it."""
    schedule = settings.maintenance.schedule
    return schedule is not None and schedule.dynamic_scope is not None
