"""The outputs of a stack, for other stacks and people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pulumi

from azure_hotpatch.components.scale_set.component import HotpatchScaleSet
from azure_hotpatch.components.virtual_machine.component import HotpatchVirtualMachine
from azure_hotpatch.domain.azure.calendar import Calendar, Generation
from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration
from azure_hotpatch.domain.azure.resource_ids import group_and_name
from azure_hotpatch.domain.restarts import machines_of
from azure_hotpatch.domain.settings import StackSettings
from azure_hotpatch.local.calendar import calendar

if TYPE_CHECKING:
    from azure_hotpatch.components.azure_local_virtual_machine.component import AzureLocalVirtualMachine

Row = dict[str, pulumi.Input[Any]]  # a FleetRow, of which the engine knows some values later


@dataclass(frozen=True, slots=True)
class Outlook:
    """Past and coming releases, as of a day."""

    calendar: Calendar
    today: date
    generations: Mapping[str, Generation]  # of each machine and scale set, by its name in the program

    def next_baseline(self, name: str) -> str:
        """The next baseline of a machine or a scale set, YYYY-MM-DD: the next restart that is sure to come."""
        return self.calendar.next_baseline(self.generations[name], self.today).day.isoformat()


def outlook_of(settings: StackSettings) -> Outlook:
    """Releases as of today, with those that the stack's file adds to the calendar in effect."""
    generations = {settings.resource_name(machine.name): machine.generation for machine in machines_of(settings)}
    return Outlook(settings.calendar.extended(calendar()), today(), generations)


def today() -> date:
    """The day of this deployment."""
    return datetime.now(UTC).date()


def table(
    machines: Iterable[HotpatchVirtualMachine],
    scale_sets: Iterable[HotpatchScaleSet],
    azure_local: Iterable["AzureLocalVirtualMachine"],
    outlook: Outlook,
) -> list[Row]:
    """The stack output `fleet`: one object a machine or scale set; it changes from day to day only past a baseline."""
    return [
        *(machine_row(machine, outlook) for machine in machines),
        *(scale_set_row(each, outlook) for each in scale_sets),
        *(azure_local_row(each, outlook) for each in azure_local),
    ]


def machine_row(machine: HotpatchVirtualMachine, outlook: Outlook) -> Row:
    """A machine's row in the fleet table."""
    mode, name = machine.patching_mode, machine.pulumi_resource_name
    return {
        "name": name,
        "azureName": machine.virtual_machine_name,
        "resourceGroup": machine.virtual_machine_id.apply(_group),
        "resourceId": machine.virtual_machine_id,
        "image": machine.image,
        "patchMode": mode.apply(_patch_mode),
        "hotpatch": mode.apply(_is_hotpatch),
        "mode": mode,
        # A machine without hotpatch may restart every month.
        "nextPlannedBaseline": mode.apply(lambda known: outlook.next_baseline(name) if _is_hotpatch(known) else None),
        "location": machine.location,
        "portalUrl": machine.portal_url,
        "privateIpAddress": machine.private_ip_address,
        "principalId": machine.principal_id,
    }


def scale_set_row(scale_set: HotpatchScaleSet, outlook: Outlook) -> Row:
    """A scale set's row: its instances are hotpatched, whatever the stack's mode is."""
    mode = PatchingMode.HOTPATCH.value
    return {
        "name": scale_set.pulumi_resource_name,
        "azureName": scale_set.scale_set_name,
        "resourceGroup": scale_set.scale_set_id.apply(_group),
        "resourceId": scale_set.scale_set_id,
        "image": scale_set.image,
        "patchMode": _patch_mode(mode),
        "hotpatch": True,
        "mode": mode,
        "nextPlannedBaseline": outlook.next_baseline(scale_set.pulumi_resource_name),
        "location": scale_set.location,
        "portalUrl": scale_set.portal_url,
    }


def azure_local_row(machine: "AzureLocalVirtualMachine", outlook: Outlook) -> Row:
    """A machine's row in the fleet table. Its image has hotpatch on; the guest decides who installs updates."""
    return {
        "name": machine.pulumi_resource_name,
        "azureName": machine.virtual_machine_name,
        "resourceGroup": machine.machine_id.apply(_group),
        "resourceId": machine.machine_id,
        "image": machine.image,
        "patchMode": machine.update_tool,
        "hotpatch": True,
        "mode": "azureLocal",
        "nextPlannedBaseline": outlook.next_baseline(machine.pulumi_resource_name),
        "location": machine.location,
        "portalUrl": machine.portal_url,
    }


def _group(resource_id: str) -> str:
    return group_and_name(resource_id)[0]


def _patch_mode(mode: str) -> str:
    settings: dict[str, Any] = windows_configuration(PatchingMode(mode))["patchSettings"]
    return str(settings["patchMode"])


def _is_hotpatch(mode: str) -> bool:
    return mode == PatchingMode.HOTPATCH
