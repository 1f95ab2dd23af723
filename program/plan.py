"""Which components a stack's settings ask for, each by name with its arguments."""

from collections.abc import Iterator, Mapping
from typing import Any

import pulumi

from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.settings import MachineGroup, RegionNetwork, ScaleSetGroup, Schedule, StackSettings

Planned = Iterator[tuple[str, dict[str, Any]]]


def networks(settings: StackSettings, group_name: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The region, the name and the arguments of each network that is made."""
    for location, network in settings.networks().items():
        if network.subnet_id is None:
            name = settings.resource_name(f"network-{location}")
            yield location, name, {**_placed(settings, group_name, location), **_network(network)}


def schedules(settings: StackSettings, group_name: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The region, the name and the arguments of each region's maintenance schedule."""
    schedule = settings.maintenance.schedule
    if schedule is None:
        return
    for location in dict.fromkeys(settings.location_of(group) for group in _scheduled(settings)):
        name = settings.resource_name(f"schedule-{location}")
        yield location, name, {**_placed(settings, group_name, location), **_schedule(settings, schedule)}


def availability_sets(settings: StackSettings, group_name: Any) -> Planned:
    """The name, the inputs and the options of the availability set of each group of machines that asks for one."""
    # Azure writes the machines into their set, which is no change of the set.
    options = pulumi.ResourceOptions(ignore_changes=["virtualMachines"])
    for group in settings.fleet.machines:
        if group.availability_set:
            yield (
                settings.resource_name(group.name),
                {
                    **_placed(settings, group_name, settings.location_of(group)),
                    "opts": options,
                    "sku": {"name": "Aligned"},  # for machines with managed disks
                    "platform_fault_domain_count": 2,
                    "platform_update_domain_count": 5,
                },
            )


def around(
    settings: StackSettings, networks: Mapping[str, Any], schedules: Mapping[str, Any], sets: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """The ids of what machines are put into: `subnets` and `schedules` by region, `availability_sets` by name."""
    existing = {location: network.subnet_id for location, network in settings.networks().items() if network.subnet_id}
    made = {location: network.subnet_id for location, network in networks.items()}
    return {
        "subnets": {**existing, **made},
        "schedules": {location: schedule.configuration_id for location, schedule in schedules.items()},
        "availability_sets": {name: availability_set.id for name, availability_set in sets.items()},
    }


def machines(
    settings: StackSettings, group_name: Any, password: Any, around: Mapping[str, Mapping[str, Any]]
) -> Planned:
    """The name and the arguments of every virtual machine."""
    for group in settings.fleet.machines:
        location, mode = settings.location_of(group), settings.mode(group)
        shared = {
            **_placed(settings, group_name, location),
            **_profile(settings, group, password, around["subnets"][location] if group.subnet_id is None else None),
            "patching_mode": mode.value,
            "availability_set_id": around["availability_sets"].get(settings.resource_name(group.name)),
            "maintenance_configuration_id": _configuration(settings, mode, around["schedules"].get(location)),
        }
        for index, name in enumerate(group.machine_names(settings.naming.digits)):
            zone = group.zone(index)
            yield settings.resource_name(name), {**shared, "computer_name": name, "zones": [zone] if zone else None}


def scale_sets(
    settings: StackSettings, group_name: Any, password: Any, around: Mapping[str, Mapping[str, Any]]
) -> Planned:
    """The name and the arguments of every scale set."""
    for group in settings.fleet.scale_sets:
        location, health = settings.location_of(group), group.health
        path = {"request_path": health.request_path} if health.request_path else {}
        yield (
            settings.resource_name(group.name),
            {
                **_placed(settings, group_name, location),
                **_profile(settings, group, password, around["subnets"][location] if group.subnet_id is None else None),
                "instances": group.instances,
                "zones": list(group.zones) or None,
                "fault_domain_count": group.fault_domain_count,
                "computer_name_prefix": group.prefix,
                "load_balancer": group.load_balancer,
                "health": {"protocol": health.protocol, "port": health.port, **path},
            },
        )


def _placed(settings: StackSettings, group_name: Any, location: str) -> dict[str, Any]:
    return {"resource_group_name": group_name, "location": location, "tags": settings.tags}


def _network(network: RegionNetwork) -> dict[str, Any]:
    return {
        "address_space": None if network.network_id else network.space,
        "subnet_prefix": network.subnet,
        "network_id": network.network_id,
        "nat_gateway": network.nat_gateway,
    }


def _profile(
    settings: StackSettings, group: MachineGroup | ScaleSetGroup, password: Any, subnet_id: Any
) -> dict[str, Any]:
    image = group.named_image(settings.images)
    return {
        "image": str(image),
        "image_version": image.version,
        "image_generation": settings.images.generation,
        "admin_username": settings.admin_username,
        "admin_password": password,
        "size": group.size,
        "subnet_id": group.subnet_id or subnet_id,
        "os_disk_type": group.os_disk.type,
        "os_disk_size_gb": group.os_disk.size_gb,
        "data_disks": [
            {"size_gb": disk.size_gb, "type": disk.type, "caching": disk.caching} for disk in group.data_disks
        ],
        "azure_hybrid_benefit": group.azure_hybrid_benefit,
        "encryption_at_host": group.encryption_at_host or None,
        "user_assigned_identity_ids": list(group.identity_ids),
        "reboot_setting": settings.reboot_setting(group),
        "tags": settings.tags_of(group),
    }


def _scheduled(settings: StackSettings) -> list[MachineGroup]:
    mode = PatchingMode.CUSTOMER_MANAGED_SCHEDULE
    return [group for group in settings.fleet.machines if settings.mode(group) is mode]


def _configuration(settings: StackSettings, mode: PatchingMode, configuration_id: Any) -> Any:
    """The configuration that a machine is assigned to: none where Azure finds the machine by a dynamic scope."""
    schedule = settings.maintenance.schedule
    scoped = schedule is not None and schedule.dynamic_scope is not None
    return configuration_id if mode is PatchingMode.CUSTOMER_MANAGED_SCHEDULE and not scoped else None


def _schedule(settings: StackSettings, schedule: Schedule) -> dict[str, Any]:
    scope = schedule.dynamic_scope
    return {
        "start": schedule.start,
        "recurrence": schedule.recurrence,
        "duration": schedule.duration,
        "time_zone": schedule.time_zone,
        "expires": schedule.expires,
        "classifications": list(schedule.classifications),
        "kbs_to_include": list(schedule.kbs_to_include),
        "kbs_to_exclude": list(schedule.kbs_to_exclude),
        "exclude_kbs_requiring_reboot": schedule.exclude_kbs_requiring_reboot or None,
        "reboot_setting": settings.maintenance.reboot_setting,
        "dynamic_scope": scope
        and {
            **({"locations": list(scope.locations)} if scope.locations else {}),
            "tags": {name: list(values) for name, values in scope.tags.items()},
            "tag_operator": scope.tag_operator,
        },
    }
