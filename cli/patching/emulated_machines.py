"""Copies of machines in an emulated Azure: what Azure told of them, without what a rehearsal does not depend on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from azure_hotpatch.domain.azure.calendar import BUILDS, Calendar
from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.patching import guests
from azure_hotpatch.emulator.arm.patching.guests import Guest
from azure_hotpatch.emulator.arm.windows_update.calendar import recorded
from azure_hotpatch.emulator.arm.windows_update.releases import WindowsUpdate
from azure_hotpatch.operations.machine import Machine
from azure_hotpatch.operations.status.release_history import Line, ReleaseHistory, UpdateLevel

Json = dict[str, Any]
_KINDS = {
    (Line.BASELINE, True): "baseline",
    (Line.BASELINE, False): "baseline",
    (Line.HOTPATCH, True): "hotpatch",
    (Line.HOTPATCH, False): "out-of-band hotpatch",
    (Line.CUMULATIVE, True): "cumulative",
    (Line.CUMULATIVE, False): "out-of-band",
}


@dataclass(frozen=True, slots=True)
class MachineCopy:
    """A machine to be copied. `fill` gives the copy its updates, and what it assumes of them, in words."""

    machine: Machine
    generation: str  # of Windows Server: 2022, 2025, "" where it is not known
    fill: Callable[[Guest], Iterable[str]]


def events(calendar: Calendar, now: datetime) -> Json:
    """The releases that the user's calendar has and the emulator's record has not, as its event file."""
    known = {(one.server, one.kb) for one in recorded()}
    histories = [ReleaseHistory(generation, now.date(), calendar) for generation in BUILDS]
    rows = [_release(level, one) for one in histories for level in one.levels if level.revision is not None]
    return {"releases": [row for row in rows if (row["server"], row["kb"]) not in known]}


def body(copy: MachineCopy) -> Json:
    """The machine as a resource of ARM, to be seeded."""
    machine, settings = copy.machine, copy.machine.settings
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
            "imageReference": _image(copy),
            "osDisk": {"osType": "Windows", "createOption": "Attach"},
        },
        "osProfile": {"computerName": machine.name[:15], "windowsConfiguration": windows},
        "networkProfile": {"networkInterfaces": []},
    }
    place = {"id": machine.id, "name": machine.name, "type": str(machine.type), "location": machine.location}
    return {**place, "tags": dict(machine.tags), "properties": properties}


def fill(store: Path, copies: Sequence[MachineCopy]) -> list[tuple[str, str]]:
    """Give the seeded machines the updates that theirs have, as far as that is known; (machine, assumption) pairs."""
    memory = Store(store)
    assumed: list[tuple[str, str]] = []
    try:
        with memory.transaction() as tx:
            catalogue = guests.catalogue_of(tx)
            for copy in copies:
                resource = tx.find(copy.machine.id)
                if resource is None:
                    continue
                guest = guests.of_virtual_machine(resource, catalogue)
                assumed += [(copy.machine.name, words) for words in copy.fill(guest)]
                tx.hide(resource)
    finally:
        memory.close()
    return assumed


def ends(memory: Store, copies: Sequence[MachineCopy]) -> dict[str, str]:
    """When the last installation of each copy ended, by its id: the answer to installPatches does not tell."""
    with memory.transaction() as tx:
        found = [resource.hidden.get("installation", {}) for one in copies if (resource := tx.find(one.machine.id))]
    return {one["installationActivityId"]: one["lastModifiedTime"] for one in found if one}


def brought(guest: Guest, machine: Machine) -> WindowsUpdate | None:
    """The update that a machine's image came with, by the build in its version: 20348.3091.250114."""
    version = (machine.image.exact_version or machine.image.version) if machine.image else ""
    return guest.calendar.of_build(version.rpartition(".")[0])


def _release(level: UpdateLevel, history: ReleaseHistory) -> Json:
    return {
        "day": level.day.isoformat(),
        "server": history.generation,
        "kind": _KINDS[level.line, level.monthly],
        "kb": f"KB{level.kb}",
        "build": f"{BUILDS[history.generation]}.{level.revision}",
    }


def _image(copy: MachineCopy) -> Json:
    """The image as Azure told it; one that is not of the marketplace is stood in for by its Windows Server alone.

    Without its version: of an image that is no baseline, the emulator would take the baseline before it.
    """
    image, generation = copy.machine.image, copy.generation
    if image is None or not image.sku.startswith(generation):  # of a gallery, or upgraded in place since
        return {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": f"{generation}-datacenter"}
    return {"publisher": image.publisher, "offer": image.offer, "sku": image.sku}
