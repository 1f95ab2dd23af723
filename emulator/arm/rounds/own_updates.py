"""Guests that update themselves: AutomaticByOS, and the Windows Update client of machines on Azure Local."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta, tzinfo

from azure_hotpatch.emulator.arm.guest.registry import Client, client_of
from azure_hotpatch.emulator.arm.patching.guests import VIRTUAL_MACHINES
from azure_hotpatch.emulator.arm.patching.installation import GUEST, InstallationRequest
from azure_hotpatch.emulator.arm.protocol.bodies import read
from azure_hotpatch.emulator.arm.providers.compute import orchestration
from azure_hotpatch.emulator.arm.providers.compute.orchestration import Orchestration
from azure_hotpatch.emulator.arm.rounds import regions
from azure_hotpatch.emulator.arm.rounds.due import Due
from azure_hotpatch.emulator.arm.rounds.estate import Estate, EstateMachine
from azure_hotpatch.emulator.arm.rounds.windows import time_zone
from azure_hotpatch.emulator.arm.windows_update.releases import WindowsUpdate

_EVERYTHING = {"classificationsToInclude": ["Critical", "Security", "UpdateRollUp", "Updates", "Definition"]}
_ORDER = InstallationRequest(_EVERYTHING, "IfRequired", by=GUEST)
_BY_WINDOWS = Client(day=0, hour=3)  # every day at three, as SConfig says of its automatic updates


def dues(estate: Estate, before: datetime, after: datetime) -> Iterator[Due]:
    """The first turn of each machine after each release; what comes daily, such as definitions, comes along."""
    for member in estate.members:
        client = _client(member)
        if client is None:
            continue
        found = {_next(client, one.published, _zone(member)) for one in _releases(member, before, after)}
        yield from (Due(moment, member.guest, _ORDER) for moment in sorted(found) if before < moment <= after)


def _client(member: EstateMachine) -> Client | None:
    """When the client of a machine installs by itself; None where it does not."""
    machine = member.guest.machine
    if machine.type.lower() != VIRTUAL_MACHINES.lower():
        return client_of(machine) if member.by is Orchestration.GUEST else None
    return _BY_WINDOWS if member.by is Orchestration.GUEST and orchestration.updates_itself(machine) else None


def _releases(member: EstateMachine, before: datetime, after: datetime) -> Iterator[WindowsUpdate]:
    return member.guest.calendar.between(before - timedelta(days=8), after)


def _next(client: Client, published: datetime, zone: tzinfo) -> datetime:
    """The first time after a release that is the client's day and hour; Windows counts Sunday as 1."""
    day = published.astimezone(zone).date()
    for _ in range(9):
        moment = datetime.combine(day, time(client.hour), zone).astimezone(UTC)
        if moment > published and client.day in {0, day.isoweekday() % 7 + 1}:
            return moment
        day += timedelta(days=1)
    return published


def _zone(member: EstateMachine) -> tzinfo:
    body = member.guest.machine.body
    if member.guest.machine.type.lower() != VIRTUAL_MACHINES.lower():
        return time_zone("UTC")  # the emulator does not read the zone that the guest was given
    own = read(body, "properties.osProfile.windowsConfiguration.timeZone")
    return time_zone(str(own)) if own else regions.time_zone(str(body.get("location", "")))
