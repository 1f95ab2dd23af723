"""Convert Compute's answers to machines."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from azure_hotpatch.operations.machine import (
    Assessment,
    ImageName,
    Installation,
    Machine,
    MachineType,
    Patch,
    PatchSettings,
)

Json = Mapping[str, Any]


def machine_of(vm: Json, read: datetime) -> Machine:
    """A machine out of a virtual machine's JSON, with its instance view where that is there."""
    properties = vm.get("properties", {})
    view = properties.get("instanceView") or {}
    parts = vm["id"].split("/")
    return Machine(
        id=vm["id"],
        type=MachineType.VIRTUAL_MACHINE,
        name=vm["name"],
        resource_group=parts[4],
        subscription=parts[2],
        location=vm["location"],
        image=_image(properties),
        settings=_settings(properties),
        tags=dict(vm.get("tags") or {}),
        zone=next(iter(vm.get("zones") or ()), None),
        availability_set=(properties.get("availabilitySet") or {}).get("id"),
        scale_set=(properties.get("virtualMachineScaleSet") or {}).get("id"),
        power=power_of(view),
        os_version=view.get("osVersion"),
        assessment=_assessment(view),
        installations=tuple(_installations(view)),
        read=read,
    )


def is_windows(vm: Json) -> bool:
    disk = (vm.get("properties", {}).get("storageProfile") or {}).get("osDisk") or {}
    return str(disk.get("osType", "Windows")).lower() == "windows"


def power_of(view: Json) -> str | None:
    codes = (status.get("code", "") for status in view.get("statuses") or ())
    return next((code.split("/", 1)[1] for code in codes if code.startswith("PowerState/")), None)


def why_not_well(view: Json) -> str | None:
    """Why a machine is not well, by its agent and its own report, or None."""
    health = ((view.get("vmHealth") or {}).get("status") or {}).get("code", "")
    if health.lower().endswith("/unhealthy"):
        return "it reports itself as unhealthy"
    agent = (view.get("vmAgent") or {}).get("statuses") or ()
    if not any(status.get("displayStatus") == "Ready" for status in agent):
        return "its agent is not ready"
    return None


def last_installation(view: Json) -> Json | None:
    """`lastPatchInstallationSummary`, or None."""
    found: Json | None = (view.get("patchStatus") or {}).get("lastPatchInstallationSummary")
    return found


def patches_of(patches: Iterable[Json]) -> tuple[Patch, ...]:
    """The updates of assessPatches."""
    return tuple(
        Patch(
            kb=str(patch.get("kbId") or "").upper().removeprefix("KB"),
            name=patch.get("name") or "",
            classifications=tuple(patch.get("classifications") or ()),
            state=patch.get("assessmentState") or "",
            reboot_behavior=patch.get("rebootBehavior") or "",
            published=moment(patch.get("publishedDate")),
        )
        for patch in patches
    )


def image_name(reference: Mapping[str, Any]) -> ImageName | None:
    """The image of an `imageReference`; None for one that is not of the marketplace."""
    told = [reference.get(name) or "" for name in ("publisher", "offer", "sku", "version", "exactVersion")]
    return ImageName(*told) if told[0] else None


def moment(text: str | None) -> datetime | None:
    found = datetime.fromisoformat(text) if text else None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def _image(properties: Json) -> ImageName | None:
    return image_name((properties.get("storageProfile") or {}).get("imageReference") or {})


def _settings(properties: Json) -> PatchSettings:
    windows = (properties.get("osProfile") or {}).get("windowsConfiguration") or {}
    patching = windows.get("patchSettings") or {}
    platform = patching.get("automaticByPlatformSettings") or {}
    return PatchSettings(
        patch_mode=patching.get("patchMode"),
        assessment_mode=patching.get("assessmentMode"),
        enable_hotpatching=patching.get("enableHotpatching"),
        bypass_platform_safety_checks=platform.get("bypassPlatformSafetyChecksOnUserSchedule"),
        reboot_setting=platform.get("rebootSetting"),
        provision_vm_agent=windows.get("provisionVMAgent"),
        enable_automatic_updates=windows.get("enableAutomaticUpdates"),
    )


def _assessment(view: Json) -> Assessment | None:
    found = (view.get("patchStatus") or {}).get("availablePatchSummary")
    at = moment((found or {}).get("lastModifiedTime"))
    if not found or not at:
        return None
    counts = {
        "criticalAndSecurity": found.get("criticalAndSecurityPatchCount") or 0,
        "other": found.get("otherPatchCount") or 0,
    }
    return Assessment(found.get("status", ""), at, counts, found.get("rebootPending"))


def _installations(view: Json) -> Iterable[Installation]:
    found = last_installation(view)
    started = moment((found or {}).get("startTime"))
    if found and started:
        ended = None if found.get("status") == "InProgress" else moment(found.get("lastModifiedTime"))
        yield Installation(found.get("installationActivityId") or "", found.get("status", ""), started, ended)
