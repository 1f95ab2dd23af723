"""Running machines for the forecast: who patches each, whether it is on the hotpatch track, and what is due."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from azure_hotpatch.domain.azure.calendar import Calendar, Generation, next_planned_baseline
from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.azure.patching import RebootSetting
from azure_hotpatch.domain.restarts import PatchedMachine, Patcher
from azure_hotpatch.operations.machine import Machine, MachineType
from azure_hotpatch.operations.status import hotpatching
from azure_hotpatch.operations.status.hotpatching import Installer
from azure_hotpatch.operations.status.release_history import Line, ReleaseHistory, UpdateLevel, record_of
from azure_hotpatch.operations.status.status import evidence_of
from azure_hotpatch.operations.status.stopped import StoppedUpdate
from azure_hotpatch.operations.status.track import TrackName, track_of

_REBOOTS: dict[str, RebootSetting] = {
    "always": "Always",
    "alwaysreboot": "Always",
    "never": "Never",
    "neverreboot": "Never",
}
_PATCHERS = {
    Installer.AZURE: Patcher.AZURE,
    Installer.SCHEDULE: Patcher.SCHEDULE,
    Installer.GUEST: Patcher.GUEST,
    Installer.NOBODY: Patcher.NOBODY,
}


def patched(
    machine: Machine, calendar: Calendar, today: date, stops: Sequence[StoppedUpdate] = ()
) -> PatchedMachine | None:
    """A machine that runs, or None where it is no Windows Server with hotpatch; the window of a schedule is unknown.

    An update that is due and stopped is not counted where people install: only their waves leave it out.
    """
    generation = hotpatching.generation_of(machine)
    if generation is None or not hotpatching.is_windows(machine):
        return None
    hotpatch, (off, missing) = _is_hotpatched(machine), standing_of(machine, generation, calendar, today)
    patcher = _patcher(machine)
    stop = next((one for one in stops if missing and one.kb == missing.kb), None)
    return PatchedMachine(
        machine.name,
        machine.resource_group,
        generation,
        patcher,
        hotpatch,
        machine.location,
        _REBOOTS.get((machine.settings.reboot_setting or "").lower(), "IfRequired"),
        machine.zone,
        off_track_until=off if hotpatch else None,
        due=missing.day if missing and not (stop and patcher is Patcher.PERSON) else None,
        stopped=f"KB{stop.kb}" if stop else "",
    )


def fleet(
    machines: Iterable[Machine], calendar: Calendar, today: date, stops: Sequence[StoppedUpdate] = ()
) -> tuple[list[PatchedMachine], list[str]]:
    """The machines that can be foreseen, and the names of those that cannot."""
    found = [(machine.name, patched(machine, calendar, today, stops)) for machine in machines]
    return [one for _, one in found if one], [name for name, one in found if one is None]


def standing_of(
    machine: Machine, generation: Generation, calendar: Calendar, today: date
) -> tuple[date | None, UpdateLevel | None]:
    """Until when a machine gets no hotpatch, and the update with a restart that it lacks; None for neither.

    As `hotpatch status` judges it; where the record has ended, by the build alone.
    """
    record = record_of(generation, today, calendar)
    if record.ends:
        return _off_by_build(machine, record), None
    evidence = replace(evidence_of(machine, record), enrolled=_is_hotpatched(machine))
    track = track_of(evidence, record)
    missing = track.missing
    due = missing if missing and missing.line is not Line.HOTPATCH else None
    return (track.returns if track.name is TrackName.FALLEN else None), due


def _is_hotpatched(machine: Machine) -> bool:
    """Whether hotpatch is on; the setting is believed where a list by hand leaves the image out."""
    is_unknown = machine.image is None and machine.image_id is None
    return hotpatching.is_enrolled(machine) or (is_unknown and machine.settings.enable_hotpatching is True)


def _off_by_build(machine: Machine, record: ReleaseHistory) -> date | None:
    """Until when a machine gets no hotpatch, by a build that only machines off the track have."""
    build, baseline = hotpatching.build_of(machine), record.baseline
    revision = build[1] if build else None
    if revision is None or baseline is None or baseline.revision is None or revision == baseline.revision:
        return None
    lines = {level.line for level in record.at(revision) if level in record.later}
    if revision > baseline.revision and lines != {Line.CUMULATIVE}:
        return None
    return next_planned_baseline(max(record.today, baseline.day))


def _patcher(machine: Machine) -> Patcher:
    """Who installs; by hand where Azure and Windows are told not to."""
    found = _PATCHERS[hotpatching.patcher_of(machine)]
    is_manual = machine.type is MachineType.VIRTUAL_MACHINE and (
        as_word(machine.settings.patch_mode) != "automaticbyplatform"
    )
    return Patcher.PERSON if found is Patcher.NOBODY and is_manual else found
