"""What a stack tells other stacks and people about its machines."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from azure_hotpatch.calendar import next_planned_baseline
from azure_hotpatch.components.hotpatch_virtual_machine import HotpatchVirtualMachine
from azure_hotpatch.patching import PatchingMode, windows_configuration


def row(machine: HotpatchVirtualMachine, today: date) -> dict[str, Any]:
    """A machine's line in the table of the fleet; the next planned baseline only changes when one has passed."""
    return {
        "name": machine.pulumi_resource_name,
        "virtualMachineName": machine.virtual_machine_name,
        "image": machine.image,
        "patchMode": machine.patching_mode.apply(_patch_mode),
        "hotpatch": machine.patching_mode.apply(_is_hotpatch),
        "mode": machine.patching_mode,
        "nextPlannedBaseline": machine.patching_mode.apply(lambda mode: _next_planned_baseline(mode, today)),
        "resourceId": machine.virtual_machine_id,
        "location": machine.location,
        "privateIpAddress": machine.private_ip_address,
        "principalId": machine.principal_id,
        "portalUrl": machine.portal_url,
    }


def table(machines: Iterable[HotpatchVirtualMachine], today: date) -> list[dict[str, Any]]:
    """The stack output `fleet`."""
    return [row(machine, today) for machine in machines]


def _patch_mode(mode: str) -> str:
    settings: dict[str, Any] = windows_configuration(PatchingMode(mode))["patchSettings"]
    return str(settings["patchMode"])


def _is_hotpatch(mode: str) -> bool:
    return mode == PatchingMode.HOTPATCH


def _next_planned_baseline(mode: str, today: date) -> str | None:
    """The next restart that is sure to come; a machine without hotpatch may restart every month."""
    return next_planned_baseline(today).isoformat() if _is_hotpatch(mode) else None
