"""Which inputs a maintenance configuration and its assignments are registered with, from checked arguments."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.components.shared.arguments import mapped
from azure_hotpatch.domain.azure.maintenance.named import named_recurrence
from azure_hotpatch.domain.azure.resource_ids import group_and_name

Args = Mapping[str, Any]

DEFAULT_CLASSIFICATIONS = ("Critical", "Security", "UpdateRollup")


def configuration(args: Args) -> dict[str, Any]:
    """The inputs of the maintenance configuration: scope, patch mode and visibility are always stated."""
    return {
        **{key: args[key] for key in ("resource_group_name", "location", "tags") if key in args},
        "resource_name_": args.get("configuration_name"),
        "maintenance_scope": "InGuestPatch",
        "extension_properties": {"InGuestPatchMode": "User"},
        "visibility": "Custom",
        "start_date_time": args["start"],
        "expiration_date_time": args.get("expires"),
        "duration": args.get("duration", "03:00"),
        "time_zone": args.get("time_zone", "UTC"),
        "recur_every": mapped(named_recurrence, args["recurrence"]),
        "install_patches": _install_patches(args),
    }


def machine_assignments(args: Args, made: Any) -> dict[str, dict[str, Any]]:
    """The inputs of the assignment of each machine, by the machine's name in the arguments."""
    return {
        # The mode goes through an input: a mode that is refused when it is known keeps the assignment from being made.
        key: machine_assignment(
            machine["virtual_machine_id"],
            mapped(lambda configuration_id, _: configuration_id, made.id, machine["patching_mode"]),
            made.location,
        )
        for key, machine in args.get("machines", {}).items()
    }


def machine_assignment(machine_id: Any, configuration_id: Any, location: Any) -> dict[str, Any]:
    """The inputs of the assignment of one machine."""
    return {
        "resource_group_name": mapped(lambda known: group_and_name(known)[0], machine_id),
        "provider_name": "Microsoft.Compute",
        "resource_type": "virtualMachines",
        "resource_name_": mapped(lambda known: group_and_name(known)[1], machine_id),
        "maintenance_configuration_id": configuration_id,
        "location": location,
    }


def scope_assignments(args: Args, made: Any) -> list[dict[str, Any]]:
    """The inputs of the assignment of a dynamic scope, none where there is none."""
    scope = args.get("dynamic_scope")
    if scope is None:
        return []
    wanted: dict[str, Any] = {
        "resource_types": ["Microsoft.Compute/virtualMachines"],
        "os_types": ["Windows"],
        "locations": scope.get("locations", [made.location]),
    }
    if scope.get("resource_groups"):
        wanted["resource_groups"] = scope["resource_groups"]
    if scope.get("tags"):
        wanted["tag_settings"] = {"tags": scope["tags"], "filter_operator": scope.get("tag_operator", "All")}
    return [{"maintenance_configuration_id": made.id, "filter": wanted}]


def _install_patches(args: Args) -> dict[str, Any]:
    windows = {
        "classifications_to_include": args.get("classifications", list(DEFAULT_CLASSIFICATIONS)),
        "kb_numbers_to_include": args.get("kbs_to_include"),
        "kb_numbers_to_exclude": args.get("kbs_to_exclude"),
        "exclude_kbs_requiring_reboot": args.get("exclude_kbs_requiring_reboot"),
    }
    return {
        "reboot_setting": args.get("reboot_setting", "IfRequired"),
        "windows_parameters": {key: value for key, value in windows.items() if value not in (None, [])},
    }
