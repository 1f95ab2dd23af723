"""The updates that a copy of a real machine is offered: those that Azure found on it, in place of the calendar's."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.windows_update.calendar import UpdateCalendar
from azure_hotpatch.emulator.arm.windows_update.patch import NEVER, OfferedPatch
from azure_hotpatch.emulator.arm.windows_update.patch import of as patch_of

# hidden: [{"kb": "KB5051979", "name", "classification", "reboot", "published": "2025-02-11"}]
_OFFERS = "offers"
_MINUTES, _MINUTES_WITHOUT_RESTART = 10, 3  # as those of updates that the calendar has


def give(machine: Resource, offers: Iterable[Json]) -> None:
    """Offer a machine these updates alone, until it has them."""
    machine.hidden[_OFFERS] = list(offers)


def given(machine: Resource, calendar: UpdateCalendar) -> Iterator[OfferedPatch] | None:
    """What a machine was given, or None where the calendar decides."""
    offers = machine.hidden.get(_OFFERS)
    return None if offers is None else (_patch(one, calendar) for one in offers)


def _patch(offer: Json, calendar: UpdateCalendar) -> OfferedPatch:
    told = {"name": offer["name"], "classification": offer["classification"], "reboot": offer["reboot"]}
    release = calendar.find(offer["kb"])
    if release:
        return replace(patch_of(release), **told)
    minutes = _MINUTES_WITHOUT_RESTART if offer["reboot"] == NEVER else _MINUTES
    return OfferedPatch(kb=offer["kb"], published=date.fromisoformat(offer["published"]), minutes=minutes, **told)
