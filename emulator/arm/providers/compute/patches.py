"""Which patches a machine is offered, and what installing them does to it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from azure_hotpatch.emulator.arm.bodies import Json, read
from azure_hotpatch.emulator.arm.providers.compute import images
from azure_hotpatch.emulator.arm.providers.compute.patch_days import (
    baseline_month,
    is_baseline,
    patch_day,
    patch_month,
)
from azure_hotpatch.emulator.arm.stored import Resource, stamp

NEVER, ALWAYS, PERHAPS = "NeverReboots", "AlwaysRequiresReboot", "CanRequestReboot"
_SECURITY = ("Critical", "Security")


@dataclass(frozen=True, slots=True)
class Patch:
    """One update of Windows; the KB numbers of monthly updates are made up."""

    kb: str
    name: str
    classification: str
    reboot: str
    published: date

    @property
    def id(self) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{self.kb} {self.published}"))


def offered(machine: Resource, today: date) -> tuple[Patch, ...]:
    """What a machine lacks today. A hotpatch is offered to a machine on the last baseline alone."""
    done = set(machine.hidden.get("installed", []))
    return tuple(patch for patch in _catalogue(machine, today) if patch.id not in done)


def summary(machine: Resource, today: date) -> Json:
    """The counts that assessments and instance views give."""
    found = offered(machine, today)
    security = sum(patch.classification in _SECURITY for patch in found)
    return {
        "rebootPending": bool(machine.hidden.get("rebootPending")),
        "criticalAndSecurityPatchCount": security,
        "otherPatchCount": len(found) - security,
    }


def assessed(patch: Patch) -> Json:
    """A patch as assessPatches lists it."""
    published = stamp(datetime.combine(patch.published, time(17), UTC))
    return {
        "patchId": patch.id,
        "name": patch.name,
        "version": "",
        "kbId": patch.kb.removeprefix("KB"),
        "classifications": [patch.classification],
        "rebootBehavior": patch.reboot,
        "activityId": str(uuid.uuid4()),
        "publishedDate": published,
        "lastModifiedDateTime": published,
        "assessmentState": "Available",
    }


def install(machine: Resource, chosen: tuple[Patch, ...], reboot_setting: str, today: date) -> str:
    """Put patches on a machine, in what is hidden of it; the rebootStatus that follows."""
    machine.hidden["installed"] = [*machine.hidden.get("installed", []), *(patch.id for patch in chosen)]
    if any(patch.reboot == ALWAYS for patch in chosen):
        machine.hidden["baseline"] = baseline_month(today).isoformat()
    needed = any(patch.reboot == ALWAYS for patch in chosen)
    if reboot_setting == "Never":
        machine.hidden["rebootPending"] = needed or bool(machine.hidden.get("rebootPending"))
        return "Required" if needed else "NotNeeded"
    if needed or reboot_setting == "Always":
        machine.hidden["rebootPending"] = False
        return "Completed"
    return "NotNeeded"


def _catalogue(machine: Resource, today: date) -> Iterator[Patch]:
    if not is_windows(machine):
        return
    month = patch_month(today)
    yield _windows(machine, month, patch_day(month), today)
    yield Patch(
        f"KB59{month:%y%m}",
        f"{month:%Y-%m} Cumulative Update for .NET Framework 3.5 and 4.8.1 (KB59{month:%y%m})",
        "Updates",
        PERHAPS,
        patch_day(month),
    )
    yield Patch(
        "KB890830",
        f"Windows Malicious Software Removal Tool x64 - {month:%Y-%m} (KB890830)",
        "UpdateRollUp",
        NEVER,
        patch_day(month),
    )
    yield Patch(
        "KB2267602",
        "Security Intelligence Update for Microsoft Defender Antivirus (KB2267602)",
        "Definition",
        NEVER,
        today,
    )


def _windows(machine: Resource, month: date, published: date, today: date) -> Patch:
    product = f"Windows Server {images.generation(image_of(machine)) or '2022'}"
    if is_hotpatched(machine) and not is_baseline(month) and _baseline_of(machine) >= baseline_month(today):
        kb = f"KB57{month:%y%m}"
        return Patch(
            kb, f"{month:%Y-%m} Hotpatch for {product} Datacenter: Azure Edition ({kb})", "Security", NEVER, published
        )
    kb = f"KB58{month:%y%m}"
    return Patch(
        kb, f"{month:%Y-%m} Cumulative Update for {product} for x64-based Systems ({kb})", "Security", ALWAYS, published
    )


def _baseline_of(machine: Resource) -> date:
    """The month of the baseline that a machine is on: its image's, until it installed a later one."""
    if "baseline" in machine.hidden:
        return date.fromisoformat(machine.hidden["baseline"])
    made = str(image_of(machine).get("exactVersion", "")).rsplit(".", 1)[-1][-6:]
    try:
        return baseline_month(datetime.strptime(made, "%y%m%d").replace(tzinfo=UTC).date())
    except ValueError:
        return date.min


def image_of(machine: Resource) -> Json:
    return read(machine.body, "properties.storageProfile.imageReference") or {}


def is_windows(machine: Resource) -> bool:
    return str(read(machine.body, "properties.storageProfile.osDisk.osType")).lower() == "windows"


def is_hotpatched(machine: Resource) -> bool:
    path = "properties.osProfile.windowsConfiguration.patchSettings.enableHotpatching"
    return read(machine.body, path) is True
