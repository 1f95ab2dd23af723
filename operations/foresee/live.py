"""Running machines for the forecast: who patches each, and whether it is on the hotpatch track."""

from collections.abc import Iterable
from datetime import date

from azure_hotpatch.domain.azure.calendar import BUILDS, Calendar, Generation, next_planned_baseline
from azure_hotpatch.domain.azure.patching import RebootSetting
from azure_hotpatch.domain.restarts import PatchedMachine, Patcher
from azure_hotpatch.operations.machine import Machine, MachineType

_REBOOTS: dict[str, RebootSetting] = {
    "always": "Always",
    "alwaysreboot": "Always",
    "never": "Never",
    "neverreboot": "Never",
}


def patched(machine: Machine, calendar: Calendar, today: date) -> PatchedMachine | None:
    """A machine that runs, or None where it is no Windows Server with hotpatch; the window of a schedule is unknown."""
    generation = _generation(machine)
    if generation is None:
        return None
    hotpatch = _is_hotpatched(machine)
    return PatchedMachine(
        machine.name,
        machine.resource_group,
        generation,
        _patcher(machine, hotpatch=hotpatch),
        hotpatch,
        machine.location,
        _REBOOTS.get((machine.settings.reboot_setting or "").lower(), "IfRequired"),
        machine.zone,
        off_track_until=off_track_until(machine, generation, calendar, today) if hotpatch else None,
    )


def fleet(machines: Iterable[Machine], calendar: Calendar, today: date) -> tuple[list[PatchedMachine], list[str]]:
    """The machines that can be foreseen, and the names of those that cannot."""
    found = [(machine.name, patched(machine, calendar, today)) for machine in machines]
    return [one for _, one in found if one], [name for name, one in found if one is None]


def off_track_until(machine: Machine, generation: Generation, calendar: Calendar, today: date) -> date | None:
    """Until when a machine gets no hotpatch, by the build that it reports; None on the track, or where nobody knows.

    A build that a hotpatch and an update with a restart share, as 26100.6905 is, says nothing.
    """
    revision, baseline = _revision(machine, generation), calendar.latest_baseline(generation, today)
    if revision is None or baseline is None or baseline.revision is None:
        return None
    since = [
        one for one in (*calendar.monthly(generation), *calendar.out_of_band(generation)) if one.day >= baseline.day
    ]
    on_track = {one.revision for one in since if one.release.is_baseline or not one.release.restarts}
    known = {one.revision for one in since} | {one.cumulative_revision for one in since}
    if revision in on_track or (revision > baseline.revision and revision not in known):
        return None
    return next_planned_baseline(max(today, baseline.day))


def _generation(machine: Machine) -> Generation | None:
    parts = (machine.os_version or "").split(".")
    by_build = {str(build): name for name, build in BUILDS.items()}
    if len(parts) > 2 and parts[2] in by_build:
        return by_build[parts[2]]
    year = machine.image.sku[:4] if machine.image else ""
    return next((name for name in BUILDS if name == year), None)


def _revision(machine: Machine, generation: Generation) -> int | None:
    parts = (machine.os_version or "").split(".")
    known = len(parts) == 4 and parts[2] == str(BUILDS[generation]) and parts[3].isdigit()
    return int(parts[3]) if known else None


def _is_hotpatched(machine: Machine) -> bool:
    if machine.type is MachineType.VIRTUAL_MACHINE:
        return machine.settings.enable_hotpatching is True
    return (machine.hotpatch_state or "").lower() in {"enabled", "true"} or machine.type is MachineType.AZURE_LOCAL


def _patcher(machine: Machine, *, hotpatch: bool) -> Patcher:
    mode, bypass = (machine.settings.patch_mode or "").lower(), machine.settings.bypass_platform_safety_checks
    if mode == "automaticbyplatform" and not bypass:
        return Patcher.NOBODY if machine.schedules and hotpatch else Patcher.AZURE
    if machine.schedules:
        return Patcher.SCHEDULE
    if mode == "automaticbyplatform":
        return Patcher.NOBODY
    return Patcher.GUEST if mode == "automaticbyos" else Patcher.PERSON
