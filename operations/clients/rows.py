"""Convert rows of Resource Graph to machines, assessments and installations."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from azure_hotpatch.domain.azure.coercion import as_bool, as_word
from azure_hotpatch.operations.clients.machines import image_name
from azure_hotpatch.operations.machine import (
    Assessment,
    Installation,
    Machine,
    MachineType,
    Patch,
    PatchSettings,
)

Row = Mapping[str, Any]
GRAPH, ARC_AGENT = "Resource Graph", "Arc agent"


def machine_of(row: Row, read: datetime) -> Machine:
    """A machine out of a row of `queries.machines`."""
    is_arc = as_word(row["type"]) == MachineType.ARC.lower()
    image = _bag(row, "image")
    machine = Machine(
        id=row["id"],
        type=MachineType.ARC if is_arc else MachineType.VIRTUAL_MACHINE,
        name=row["name"],
        resource_group=row["resourceGroup"],
        subscription=row["subscriptionId"],
        location=row["location"],
        image=image_name(image),
        image_id=image.get("id") or None,
        settings=_settings(row),
        tags=dict(row.get("tags") or {}),
        zone=next(iter(row.get("zones") or ()), None),
        availability_set=row.get("availabilitySet") or None,
        scale_set=row.get("scaleSet") or None,
        power=str(row.get("power") or "").rpartition("/")[2] or None,
        os_type=row.get("diskSystem") or None,
        os_version=row.get("version") or None,
        version_source=GRAPH if row.get("version") else "",
        read=read,
    )
    return _of_arc(machine, row) if is_arc else machine


def _of_arc(machine: Machine, row: Row) -> Machine:
    """What an Arc machine's agent reports; a machine of kind HCI runs on Azure Local."""
    patching = _bag(row, "patching")
    return replace(
        machine,
        type=MachineType.AZURE_LOCAL if as_word(row.get("kind")) == "hci" else MachineType.ARC,
        power=row.get("status") or None,
        os_type=row.get("arcSystem") or None,
        os_version=row.get("arcVersion") or None,
        version_source=ARC_AGENT if row.get("arcVersion") else "",
        edition=row.get("edition") or None,
        hotpatch_state=(patching.get("status") or {}).get("hotpatchEnablementStatus"),
        licence=_licence(row.get("features") or ()),
    )


def _licence(features: Iterable[Row]) -> str | None:
    found = (one.get("subscriptionStatus") for one in features if as_word(one.get("name")) == "hotpatch")
    return next(found, None)


def assessment_of(row: Row) -> Assessment | None:
    """An assessment out of a row of `queries.assessments`; None where it has no time."""
    at = moment(row.get("at"))
    if at is None:
        return None
    return Assessment(
        status=row.get("status") or "",
        at=at,
        counts={name: int(count or 0) for name, count in _bag(row, "counts").items()},
        reboot_pending=as_bool(row.get("rebootPending")),
        error=_error(row),
        started_by=row.get("startedBy") or "",
        support=row.get("support") or "",
    )


def installation_of(row: Row) -> Installation | None:
    """An installation out of a row of `queries.runs`, without its updates; None where it has no time."""
    started = moment(row.get("started"))
    if started is None:
        return None
    status = row.get("status") or ""
    return Installation(
        id=row["id"].rpartition("/")[2],
        status=status,
        started=started,
        ended=None if as_word(status) in {"inprogress", "notstarted"} else moment(row.get("ended")),
        reboot_status=row.get("rebootStatus") or "",
        window_exceeded=bool(as_bool(row.get("exceeded"))),
        error=_error(row),
        started_by=row.get("startedBy") or "",
        maintenance_run=row.get("run") or "",
    )


def patch_of(row: Row) -> Patch:
    """An update out of a row of `queries.offered` or `queries.installed`."""
    return Patch(
        kb=str(row.get("kb") or "").upper().removeprefix("KB"),
        name=row.get("name") or "",
        classifications=tuple(row.get("classifications") or ()),
        state=row.get("state") or "Available",
        severity=row.get("severity") or "",
    )


def machine_key(row_id: str) -> str:
    """The id of the machine that a row of a patch table belongs to, in lower case."""
    return row_id.lower().split("/patchassessmentresults/")[0].split("/patchinstallationresults/")[0]


def run_key(row_id: str) -> str:
    """The id of the installation that an update's row belongs to, in lower case."""
    return row_id.lower().split("/softwarepatches/")[0]


def moment(text: str | None) -> datetime | None:
    """Resource Graph's times are strings with seven decimals and a Z."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def _error(row: Row) -> str:
    """The error's words; there is an error object on success too, with the message "0 error/s reported."."""
    found = _bag(row, "error")
    message = str(found.get("message") or "")
    if message.startswith("0 error"):
        return ""
    details = [str(one.get("message") or "") for one in found.get("details") or ()]
    return next((detail for detail in details if detail), message)


def _bag(row: Row, name: str) -> Row:
    found = row.get(name)
    return found if isinstance(found, Mapping) else {}


def _settings(row: Row) -> PatchSettings:
    patching = _bag(row, "patching")
    platform = _bag(patching, "automaticByPlatformSettings")
    return PatchSettings(
        patch_mode=patching.get("patchMode"),
        assessment_mode=patching.get("assessmentMode"),
        enable_hotpatching=as_bool(patching.get("enableHotpatching")),
        bypass_platform_safety_checks=as_bool(platform.get("bypassPlatformSafetyChecksOnUserSchedule")),
        reboot_setting=platform.get("rebootSetting"),
        provision_vm_agent=as_bool(row.get("agent")),
        enable_automatic_updates=as_bool(row.get("updates")),
        allow_extension_operations=as_bool(row.get("extensions")),
    )
