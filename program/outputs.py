"""What a stack tells other stacks and people about its machines."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from azure_hotpatch.components.scale_set.component import HotpatchScaleSet
from azure_hotpatch.components.virtual_machine.component import HotpatchVirtualMachine
from azure_hotpatch.domain.azure.calendar import next_planned_baseline
from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration

if TYPE_CHECKING:
    from azure_hotpatch.components.azure_local_virtual_machine.component import AzureLocalVirtualMachine


def table(
    machines: Iterable[HotpatchVirtualMachine],
    scale_sets: Iterable[HotpatchScaleSet],
    azure_local: Iterable["AzureLocalVirtualMachine"],
    today: date,
) -> list[dict[str, Any]]:
    """The stack output `fleet`: one object a machine or scale set; it changes from day to day only past a baseline."""
    return [
        *(machine_row(machine, today) for machine in machines),
        *(scale_set_row(each, today) for each in scale_sets),
        *(azure_local_row(each, today) for each in azure_local),
    ]


def machine_row(machine: HotpatchVirtualMachine, today: date) -> dict[str, Any]:
    """A machine's line in the table of the fleet."""
    return {
        "name": machine.pulumi_resource_name,
        "image": machine.image,
        "patchMode": machine.patching_mode.apply(_patch_mode),
        "hotpatch": machine.patching_mode.apply(_is_hotpatch),
        "mode": machine.patching_mode,
        "nextPlannedBaseline": machine.patching_mode.apply(lambda mode: _next_planned_baseline(mode, today)),
        "resourceId": machine.virtual_machine_id,
        "location": machine.location,
        "azureName": machine.virtual_machine_name,
        "privateIpAddress": machine.private_ip_address,
        "principalId": machine.principal_id,
        "portalUrl": machine.portal_url,
    }


def scale_set_row(scale_set: HotpatchScaleSet, today: date) -> dict[str, Any]:
    """A scale set's line: its instances are hotpatched, whatever the stack's mode is."""
    mode = PatchingMode.HOTPATCH.value
    return {
        "name": scale_set.pulumi_resource_name,
        "image": scale_set.image,
        "patchMode": _patch_mode(mode),
        "hotpatch": True,
        "mode": mode,
        "nextPlannedBaseline": _next_planned_baseline(mode, today),
        "resourceId": scale_set.scale_set_id,
        "location": scale_set.location,
        "azureName": scale_set.scale_set_name,
        "portalUrl": scale_set.portal_url,
    }


def azure_local_row(machine: "AzureLocalVirtualMachine", today: date) -> dict[str, Any]:
    """A machine's line in the table of the fleet. Its image has hotpatch on; who installs, the guest decides."""
    return {
        "name": machine.pulumi_resource_name,
        "image": machine.image,
        "patchMode": machine.update_tool,
        "hotpatch": True,
        "mode": "azureLocal",
        "nextPlannedBaseline": next_planned_baseline(today).isoformat(),
        "resourceId": machine.machine_id,
        "location": machine.location,
        "azureName": machine.virtual_machine_name,
        "portalUrl": machine.portal_url,
    }


def _patch_mode(mode: str) -> str:
    settings: dict[str, Any] = windows_configuration(PatchingMode(mode))["patchSettings"]
    return str(settings["patchMode"])


def _is_hotpatch(mode: str) -> bool:
    return mode == PatchingMode.HOTPATCH


def _next_planned_baseline(mode: str, today: date) -> str | None:
    """The next restart that is sure to come; a machine without hotpatch may restart every month."""
    return next_planned_baseline(today).isoformat() if _is_hotpatch(mode) else None
