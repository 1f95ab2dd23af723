"""Automatic guest patching: Azure's own rollout of critical and security updates."""

from collections.abc import Iterator
from datetime import date, datetime

from azure_hotpatch.emulator.arm.patching.installation import InstallationRequest
from azure_hotpatch.emulator.arm.providers.compute import orchestration
from azure_hotpatch.emulator.arm.providers.compute.orchestration import Orchestration
from azure_hotpatch.emulator.arm.rounds import rollout_slots
from azure_hotpatch.emulator.arm.rounds.due import Due
from azure_hotpatch.emulator.arm.rounds.estate import Estate
from azure_hotpatch.emulator.arm.windows_update.calendar import UpdateCalendar
from azure_hotpatch.emulator.arm.windows_update.patch import SECURITY

CHOICE = {"classificationsToInclude": list(SECURITY)}


def dues(estate: Estate, before: datetime, after: datetime) -> Iterator[Due]:
    """The turns between two moments of the machines that Azure patches."""
    patched = [one for one in estate.members if one.by is Orchestration.AZURE and one.guest.windows]
    starts: dict[str, list[date]] = {}
    slowest = patched[0].guest.catalogue.slowest if patched else 0
    for member, slot in rollout_slots.assign(estate, patched, slowest):
        guest = member.guest
        if guest.server not in starts:
            starts[guest.server] = _starts(guest.calendar, before, after)
        order = InstallationRequest(CHOICE, orchestration.reboot_setting(guest.machine), by="Platform")
        for start in starts[guest.server]:
            yield from (Due(moment, guest, order, start) for moment in slot.moments(start) if before < moment <= after)


def _starts(calendar: UpdateCalendar, before: datetime, after: datetime) -> list[date]:
    """The days of the releases that a rollout may still be under way for."""
    found = calendar.between(before - rollout_slots.LONGEST, after)
    return sorted({one.day for one in found if one.classification in SECURITY})
