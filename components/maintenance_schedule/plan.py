"""The inputs of a maintenance configuration and its assignments."""

from collections.abc import Mapping, Sequence
from typing import Any

from azure_hotpatch.components.maintenance_schedule.args import DynamicScopeSpec, ScheduledMachineSpec, ScheduleSpec
from azure_hotpatch.components.shared.arguments import mapped
from azure_hotpatch.components.shared.spec import filled, placed, without_absent
from azure_hotpatch.domain.azure.maintenance.named_recurrences import named_recurrence
from azure_hotpatch.domain.azure.maintenance.updates import IN_GUEST_PATCH, PATCH_MODE_KEY
from azure_hotpatch.domain.azure.resource_ids import group_and_name

Inputs = dict[str, Any]


def spec_of(given: Mapping[str, Any]) -> ScheduleSpec:
    """The spec of a schedule, from checked arguments, with every default filled in."""
    machines = {key: ScheduledMachineSpec(**machine) for key, machine in given.get("machines", {}).items()}
    scope = DynamicScopeSpec(**given["dynamic_scope"]) if "dynamic_scope" in given else None
    return filled(ScheduleSpec, given, machines=machines, dynamic_scope=scope)


def configuration(spec: ScheduleSpec) -> Inputs:
    """The inputs of the maintenance configuration: scope, patch mode and visibility are always stated."""
    return {
        **placed(spec),
        "resource_name_": spec.configuration_name,
        "maintenance_scope": IN_GUEST_PATCH,
        "extension_properties": {PATCH_MODE_KEY: "User"},
        "visibility": "Custom",
        "start_date_time": spec.start,
        "expiration_date_time": spec.expires,
        "duration": spec.duration,
        "time_zone": spec.time_zone,
        "recur_every": mapped(named_recurrence, spec.recurrence),
        "install_patches": _install_patches(spec),
    }


def machine_assignments(spec: ScheduleSpec, made: Any) -> dict[str, Inputs]:
    """The inputs of the assignment of each machine, by the machine's name in the arguments."""
    return {
        # The mode is part of an input, so that a mode that is refused late keeps the assignment from being created.
        key: machine_assignment(
            machine.virtual_machine_id,
            mapped(lambda configuration_id, _: configuration_id, made.id, machine.patching_mode),
            made.location,
        )
        for key, machine in spec.machines.items()
    }


def machine_assignment(machine_id: Any, configuration_id: Any, location: Any) -> Inputs:
    """The inputs of the assignment of one machine."""
    return {
        "resource_group_name": mapped(lambda known: group_and_name(known)[0], machine_id),
        "provider_name": "Microsoft.Compute",
        "resource_type": "virtualMachines",
        "resource_name_": mapped(lambda known: group_and_name(known)[1], machine_id),
        "maintenance_configuration_id": configuration_id,
        "location": location,
    }


def scope_assignments(spec: ScheduleSpec, made: Any) -> list[Inputs]:
    """The inputs of the assignment of a dynamic scope, none where there is none."""
    scope = spec.dynamic_scope
    if scope is None:
        return []
    wanted: Inputs = {
        "resource_types": ["Microsoft.Compute/virtualMachines"],
        "os_types": ["Windows"],
        "locations": [made.location] if scope.locations is None else scope.locations,
        **({"resource_groups": scope.resource_groups} if scope.resource_groups else {}),
        **_tag_settings(scope),
    }
    return [{"maintenance_configuration_id": made.id, "filter": wanted}]


def _tag_settings(scope: DynamicScopeSpec) -> Inputs:
    if not scope.tags:
        return {}
    return {"tag_settings": {"tags": scope.tags, "filter_operator": scope.tag_operator}}


def _install_patches(spec: ScheduleSpec) -> Inputs:
    windows = {
        "classifications_to_include": _listed(spec.classifications),
        "kb_numbers_to_include": _listed(spec.kbs_to_include),
        "kb_numbers_to_exclude": _listed(spec.kbs_to_exclude),
        "exclude_kbs_requiring_reboot": spec.exclude_kbs_requiring_reboot,
    }
    return {"reboot_setting": spec.reboot_setting, "windows_parameters": without_absent(windows)}


def _listed(values: Any) -> Any:
    """A list as the engine takes it, None for one that is known to be empty."""
    return (list(values) or None) if isinstance(values, Sequence) else values
