"""Copies of machines in an emulated Azure: what Azure told of them, and what is assumed of their packages."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from azure_hotpatch.domain.azure.calendar import BUILDS, Calendar
from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.patching import guests
from azure_hotpatch.emulator.arm.patching.guests import Guest
from azure_hotpatch.emulator.arm.windows_update.calendar import recorded
from azure_hotpatch.emulator.arm.windows_update.patch import of as patch_of
from azure_hotpatch.emulator.arm.windows_update.releases import WindowsUpdate
from azure_hotpatch.operations.machine import Installation, Machine
from azure_hotpatch.operations.rollback.affected_machines import AffectedMachine, Carrying
from azure_hotpatch.operations.rollback.plan import MachineRollback
from azure_hotpatch.operations.status.hotpatching import build_of
from azure_hotpatch.operations.status.release_history import Line, ReleaseHistory, UpdateLevel

Json = dict[str, Any]
_WAITS = ("required", "failed")  # what an installation says of its restart when none came
_KINDS = {
    (Line.BASELINE, True): "baseline",
    (Line.BASELINE, False): "baseline",
    (Line.HOTPATCH, True): "hotpatch",
    (Line.HOTPATCH, False): "out-of-band hotpatch",
    (Line.CUMULATIVE, True): "cumulative",
    (Line.CUMULATIVE, False): "out-of-band",
}


def events(calendar: Calendar, now: datetime) -> Json:
    """The releases that the user's calendar has and the emulator's record has not, as its event file."""
    known = {(one.server, one.kb) for one in recorded()}
    histories = [ReleaseHistory(generation, now.date(), calendar) for generation in BUILDS]
    rows = [_release(level, one) for one in histories for level in one.levels if level.revision is not None]
    return {"releases": [row for row in rows if (row["server"], row["kb"]) not in known]}


def body(planned: MachineRollback) -> Json:
    """The machine as a resource of ARM, to be seeded; without what a roll back does not depend on."""
    machine, settings = planned.machine, planned.machine.settings
    patching = {
        "patchMode": settings.patch_mode,
        "assessmentMode": settings.assessment_mode,
        "enableHotpatching": settings.enable_hotpatching,
    }
    windows = {
        "provisionVMAgent": settings.provision_vm_agent is not False,
        "patchSettings": {name: value for name, value in patching.items() if value is not None},
    }
    properties = {
        "storageProfile": {
            "imageReference": _image(planned),
            "osDisk": {"osType": "Windows", "createOption": "Attach"},
        },
        "osProfile": {"computerName": machine.name[:15], "windowsConfiguration": windows},
        "networkProfile": {"networkInterfaces": []},
    }
    place = {"id": machine.id, "name": machine.name, "type": str(machine.type), "location": machine.location}
    return {**place, "tags": dict(machine.tags), "properties": properties}


def fill(store: Path, plans: Sequence[MachineRollback]) -> list[tuple[str, str]]:
    """Give the seeded machines the packages that theirs have, as far as that is known; (machine, assumption) pairs."""
    memory = Store(store)
    assumed: list[tuple[str, str]] = []
    try:
        with memory.transaction() as tx:
            catalogue = guests.catalogue_of(tx)
            for planned in plans:
                resource = tx.find(planned.machine.id)
                if resource is None or planned.carrier is None:
                    continue
                guest = guests.of_virtual_machine(resource, catalogue)
                assumed += [(planned.machine.name, words) for words in _packages(guest, planned, planned.carrier)]
                tx.hide(resource)
    finally:
        memory.close()
    return assumed


def _release(level: UpdateLevel, history: ReleaseHistory) -> Json:
    return {
        "day": level.day.isoformat(),
        "server": history.generation,
        "kind": _KINDS[level.line, level.monthly],
        "kb": f"KB{level.kb}",
        "build": f"{BUILDS[history.generation]}.{level.revision}",
    }


def _image(planned: MachineRollback) -> Json:
    """The image as Azure told it; one that is not of the marketplace is stood in for by its Windows Server alone.

    Without its version: of an image that is no baseline, the emulator would take the baseline before it.
    """
    image, generation = planned.machine.image, planned.carrier.record.generation if planned.carrier else ""
    if image is None or not image.sku.startswith(generation):  # of a gallery, or upgraded in place since
        return {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": f"{generation}-datacenter"}
    return {"publisher": image.publisher, "offer": image.offer, "sku": image.sku}


def _brought(guest: Guest, machine: Machine) -> WindowsUpdate | None:
    """The update that a machine's image came with, by the build in its version: 20348.3091.250114."""
    version = (machine.image.exact_version or machine.image.version) if machine.image else ""
    return guest.calendar.of_build(version.rpartition(".")[0])


def _packages(guest: Guest, planned: MachineRollback, carrier: AffectedMachine) -> Iterator[str]:
    """Put on what the machine has, in order; what Azure does not tell of it, and is assumed."""
    bad = guest.calendar.find(f"KB{carrier.level.kb}")
    if bad is None:
        yield f"the emulated Windows Update has no KB{carrier.level.kb} for it, and the copy no packages"
        return
    born = _brought(guest, planned.machine)
    runs = {one: run for run in reversed(planned.machine.installations) for one in _installed(guest, run)}
    waiting = _pending(planned.machine)
    below = _below(guest, born, bad)
    later = [one for one in {*below, *runs, bad} if born is None or one.order > born.order]
    for release in sorted([*([born] if born else []), *later], key=lambda one: one.order):
        at = runs[release].started if release in runs else release.published
        waits = waiting is not None and runs.get(release) is waiting and release.restarts
        guest.packages.add(patch_of(release), at, waits=waits)
    if waiting and not guest.packages.waiting:
        guest.packages.ask_for_restart()
    yield from _assumptions(guest, planned, carrier, born, [one for one in below if one not in runs])


def _below(guest: Guest, born: WindowsUpdate | None, bad: WindowsUpdate) -> list[WindowsUpdate]:
    """The baselines between the image and the update; of an image that is not known the last one."""
    before = guest.calendar.baseline(bad.published - timedelta(minutes=1))
    if born is None:
        return [before] if before else []
    between = guest.calendar.between(born.published, bad.published - timedelta(minutes=1))
    return [one for one in between if one.kind.value == "baseline"]


def _installed(guest: Guest, run: Installation) -> Iterator[WindowsUpdate]:
    states = ((guest.calendar.find(f"KB{patch.kb}"), patch.state.lower()) for patch in run.patches or ())
    return (release for release, state in states if release and state == "installed")


def _pending(machine: Machine) -> Installation | None:
    """The last installation, where it asked for a restart that nothing says has come."""
    last, assessment = next(iter(machine.installations), None), machine.assessment
    if last is None or last.reboot_status.lower() not in _WAITS:
        return None
    if assessment and assessment.reboot_pending is False and assessment.at > (last.ended or last.started):
        return None
    return last


def _assumptions(
    guest: Guest,
    planned: MachineRollback,
    carrier: AffectedMachine,
    born: WindowsUpdate | None,
    taken: Iterable[WindowsUpdate],
) -> Iterator[str]:
    if carrier.carrying is Carrying.UNKNOWN:
        yield f"KB{carrier.level.kb} is on it, which is not known: {carrier.evidence}"
    if born is None and planned.removal:
        yield "the image did not bring the update: its build is not known, and what it brought cannot be uninstalled"
    if builds := [one.build for one in taken]:
        yield f"the baselines below the update are on it, by the calendar: {', '.join(builds)}"
    if _pending(planned.machine):
        yield "a restart is pending: the last installation asked for one, and nothing says that it came"
    told = build_of(planned.machine)
    if told and told[1] and f"{told[0]}.{told[1]}" != guest.packages.build:
        yield f"the build is {guest.packages.build or 'not known'}, where Azure says {told[0]}.{told[1]}"
