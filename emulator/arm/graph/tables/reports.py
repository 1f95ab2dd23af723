"""What the store knows of the assessments and installations of a machine, as Resource Graph's rows have it."""

import uuid
from collections import Counter
from datetime import datetime, timedelta

from azure_hotpatch.emulator.arm.bodies import Json, read
from azure_hotpatch.emulator.arm.providers.compute import patches
from azure_hotpatch.emulator.arm.stored import Resource
from azure_hotpatch.emulator.arm.transaction import Transaction

# "Overview of query logs and results data in Azure Update Manager": how long results are kept
_ASSESSMENTS, _INSTALLATIONS = timedelta(days=7), timedelta(days=30)
_NO_ERRORS = {"code": "Success", "message": "0 error/s reported.", "details": []}
# Update Manager's workbooks, "No updates available": a Windows row has all eight, a Linux row these two
_CLASSES = {
    "Windows": (
        *("critical", "security", "updateRollup", "featurePack", "servicePack", "definition", "tools", "updates"),
    ),
    "Linux": ("security", "other"),
}


def assessment(machine: Resource, now: datetime) -> Json | None:
    """The last assessment, or None where there was none in 7 days.

    `{"properties": the summary's, "softwarePatches": [the properties of each patch]}`; times are ISO 8601 strings.
    """
    kept = machine.hidden.get("assessment")
    when = datetime.fromisoformat(kept["lastModifiedTime"]) if kept else None
    if kept is None or when is None or when < now - _ASSESSMENTS:
        return None
    found = [patches.assessed(patch) for patch in patches.offered(machine, when.date())]
    properties = {
        "status": "Succeeded",
        "assessmentActivityId": kept["assessmentActivityId"],
        "rebootPending": bool(machine.hidden.get("rebootPending")),
        **_common(machine),
        "startDateTime": kept["startTime"],
        "lastModifiedDateTime": kept["lastModifiedTime"],
        "startedBy": "User",
        "errorDetails": _NO_ERRORS,
        "availablePatchCountByClassification": _counts(machine, found),
    }
    return {"properties": properties, "softwarePatches": [_available(patch) for patch in found]}


def installations(_tx: Transaction, machine: Resource, now: datetime) -> list[Json]:
    """The installations of 30 days, oldest first, each `{"name", "properties", "softwarePatches"}`."""
    history = machine.hidden.get("history", [])
    since = now - _INSTALLATIONS
    recent = [(at, one) for at, one in enumerate(history) if datetime.fromisoformat(one["time"]) >= since]
    return [_run(machine, one, is_last=at == len(history) - 1) for at, one in recent]


def _common(machine: Resource) -> Json:
    system = "Windows" if patches.is_windows(machine) else "Linux"
    return {"osType": system, "patchServiceUsed": "WU" if system == "Windows" else "APT"}


def _counts(machine: Resource, found: list[Json]) -> Json:
    counts = Counter(patch["classifications"][0].lower() for patch in found)
    return {name: counts[name.lower()] for name in _CLASSES[_common(machine)["osType"]]}


def _available(patch: Json) -> Json:
    return {
        "patchId": patch["patchId"],
        "patchName": patch["name"],
        "kbId": patch["kbId"],
        "classifications": patch["classifications"],
        "rebootBehavior": patch["rebootBehavior"],
        "rebootRequired": patch["rebootBehavior"] == patches.ALWAYS,
        "publishedDateTime": patch["publishedDate"],
        "lastModifiedDateTime": patch["lastModifiedDateTime"],
    }


def _run(machine: Resource, one: Json, *, is_last: bool) -> Json:
    """Of the last installation the store has the counts; of the others it has what was installed."""
    kept = machine.hidden.get("installation") if is_last else None
    name = str(read(kept, "installationActivityId") or uuid.uuid5(uuid.NAMESPACE_OID, f"{machine.key} {one['time']}"))
    counts = {key: value for key, value in (kept or {}).items() if key.endswith("PatchCount")}
    properties = {
        "status": "Succeeded",
        "installationActivityId": name,
        "rebootStatus": "Completed" if one["restarted"] else "NotNeeded",
        "maintenanceWindowExceeded": False,
        **(counts or {"installedPatchCount": len(one["patches"])}),
        **_common(machine),
        "startDateTime": one["time"],
        "lastModifiedDateTime": one["time"],
        "startedBy": "User",
        "errorDetails": _NO_ERRORS,
    }
    return {
        "name": name,
        "properties": properties,
        "softwarePatches": [_installed(patch, one) for patch in one["patches"]],
    }


def _installed(patch_name: str, one: Json) -> Json:
    number = patch_name.rpartition("(KB")[2].rstrip(")")
    return {
        "patchId": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{patch_name} {one['time']}")),
        "patchName": patch_name,
        "kbId": number if number.isdigit() else None,
        "classifications": [_classification(patch_name)],
        "installationState": "Installed",
        "lastModifiedDateTime": one["time"],
    }


def _classification(patch_name: str) -> str:
    words = {".NET": "Updates", "Malicious": "UpdateRollUp", "Intelligence": "Definition"}
    return next((word for part, word in words.items() if part in patch_name), "Security")
