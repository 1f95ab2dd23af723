"""What a stack's machines are placed in: networks, schedules and availability sets, by region and group."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import pulumi
from pulumi_azure_native.compute import AvailabilitySet

from azure_hotpatch.components import (
    DynamicScopeArgs,
    HotpatchNetwork,
    HotpatchNetworkArgs,
    MaintenanceSchedule,
    MaintenanceScheduleArgs,
    SecurityRuleArgs,
)
from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.settings import (
    RESOURCE_GROUP,
    DynamicScope,
    MachineGroup,
    RegionNetwork,
    Schedule,
    SecurityRule,
    StackSettings,
)

GroupName = pulumi.Input[str]
OF_THE_STACK = RESOURCE_GROUP


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The ids of what machines are placed in: subnets and schedules by region, availability sets by name.

    `resource_groups` are names, by the key that the stack's file has for each.
    """

    subnets: Mapping[str, pulumi.Input[str]]
    schedules: Mapping[str, pulumi.Input[str]]
    availability_sets: Mapping[str, pulumi.Input[str]]
    resource_groups: Mapping[str, pulumi.Input[str]]


def networks(settings: StackSettings, group_name: GroupName) -> Iterator[tuple[str, str, HotpatchNetworkArgs]]:
    """The region, the name and the arguments of each network that is made."""
    for location, network in settings.networks().items():
        if network.subnet_id is None:
            name = settings.resource_name(f"network-{location}")
            yield location, name, _network(settings, network, group_name, location)


def schedules(settings: StackSettings, group_name: GroupName) -> Iterator[tuple[str, str, MaintenanceScheduleArgs]]:
    """The region, the name and the arguments of each region's maintenance schedule."""
    schedule = settings.maintenance.schedule
    if schedule is None:
        return
    for location in dict.fromkeys(settings.location_of(group) for group in _scheduled(settings)):
        name = settings.resource_name(f"schedule-{location}")
        yield location, name, _schedule(settings, schedule, group_name, location)


def availability_sets(
    settings: StackSettings, resource_groups: Mapping[str, GroupName]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The name, the inputs and the options of the availability set of each group of machines that has one."""
    # Azure writes the machines into their set, which is no change of the set.
    options = pulumi.ResourceOptions(ignore_changes=["virtualMachines"])
    for group in settings.fleet.machines:
        if group.availability_set:
            place = settings.location_of(group)
            called = settings.azure_name(
                settings.naming.patterns.availability_set, name=group.name, group=group.name, location=place
            )
            yield (
                settings.resource_name(group.name),
                {
                    **({"availability_set_name": called} if called else {}),
                    "opts": options,
                    # A machine and its availability set are in one group.
                    "resource_group_name": resource_groups[settings.resource_group_of(group)],
                    "location": place,
                    "tags": settings.tags,
                    "sku": {"name": "Aligned"},  # for machines with managed disks
                    "platform_fault_domain_count": 2,
                    "platform_update_domain_count": 5,
                },
            )


def of(
    settings: StackSettings,
    networks: Mapping[str, HotpatchNetwork],
    schedules: Mapping[str, MaintenanceSchedule],
    sets: Mapping[str, AvailabilitySet],
    resource_groups: Mapping[str, GroupName],
) -> Surroundings:
    """The surroundings of the machines: the resources that were created, and existing subnets."""
    existing = {location: network.subnet_id for location, network in settings.networks().items() if network.subnet_id}
    return Surroundings(
        subnets={**existing, **{location: network.subnet_id for location, network in networks.items()}},
        schedules={location: schedule.configuration_id for location, schedule in schedules.items()},
        availability_sets={name: availability_set.id for name, availability_set in sets.items()},
        resource_groups=resource_groups,
    )


def _network(
    settings: StackSettings, network: RegionNetwork, group_name: GroupName, location: str
) -> HotpatchNetworkArgs:
    args: HotpatchNetworkArgs = {
        "resource_group_name": group_name,
        "location": location,
        "tags": dict(settings.tags),
        "subnet_prefix": network.subnet,
        "nat_gateway": network.nat_gateway,
    }
    if network.rules:
        args["security_rules"] = [_rule(rule) for rule in network.rules]
    if network.network_id:
        args["network_id"] = network.network_id
    else:
        args["address_space"] = network.space
    return {**args, **_network_names(settings, network, location)}


def _network_names(settings: StackSettings, network: RegionNetwork, location: str) -> HotpatchNetworkArgs:
    """What is called by a pattern; of what is not made no name is given."""
    patterns = settings.naming.patterns
    named = {
        "network_name": None if network.network_id else patterns.network,
        "subnet_name": patterns.subnet,
        "security_group_name": patterns.security_group,
        "nat_gateway_name": patterns.nat_gateway if network.nat_gateway else None,
        "public_ip_address_name": patterns.public_address if network.nat_gateway else None,
    }
    names = {argument: settings.azure_name(pattern, location=location) for argument, pattern in named.items()}
    return cast(HotpatchNetworkArgs, {argument: name for argument, name in names.items() if name})


def _rule(rule: SecurityRule) -> SecurityRuleArgs:
    return {
        "name": rule.name,
        "priority": rule.priority,
        "ports": list(rule.ports),
        "access": rule.access,
        "direction": rule.direction,
        "protocol": rule.protocol,
        "source": rule.source,
        "destination": rule.destination,
    }


def _scheduled(settings: StackSettings) -> list[MachineGroup]:
    mode = PatchingMode.CUSTOMER_MANAGED_SCHEDULE
    return [group for group in settings.fleet.machines if settings.mode(group) is mode]


def _schedule(
    settings: StackSettings, schedule: Schedule, group_name: GroupName, location: str
) -> MaintenanceScheduleArgs:
    args: MaintenanceScheduleArgs = {
        "resource_group_name": group_name,
        "location": location,
        "tags": dict(settings.tags),
        "start": schedule.start,
        "recurrence": schedule.recurrence,
        "duration": schedule.duration,
        "time_zone": schedule.time_zone,
        "classifications": list(schedule.classifications),
        "kbs_to_include": list(schedule.kbs_to_include),
        "kbs_to_exclude": list(schedule.kbs_to_exclude),
        "reboot_setting": settings.maintenance.reboot_setting,
    }
    called = settings.azure_name(settings.naming.patterns.schedule, location=location)
    if called:
        args["configuration_name"] = called
    if schedule.expires:
        args["expires"] = schedule.expires
    if schedule.exclude_kbs_requiring_reboot:
        args["exclude_kbs_requiring_reboot"] = True
    if schedule.dynamic_scope:
        args["dynamic_scope"] = _scope(schedule.dynamic_scope)
    return args


def _scope(scope: DynamicScope) -> DynamicScopeArgs:
    args: DynamicScopeArgs = {
        "tags": {name: list(values) for name, values in scope.tags.items()},
        "tag_operator": scope.tag_operator,
    }
    if scope.locations:
        args["locations"] = list(scope.locations)
    return args
