"""Azure's patch history of a machine: its assessment of the last 7 days, its installations of the last 30.

Resource Graph's tables of patches are made of these rows ("Access Azure Update Manager operations data using Azure
Resource Graph").
"""

from datetime import datetime, timedelta

from azure_hotpatch.emulator.arm.database.stored import Resource, stamp
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.patching.assessment import by_classification
from azure_hotpatch.emulator.arm.patching.installation import GUEST, RECORD
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read

_ASSESSMENTS, _INSTALLATIONS = timedelta(days=7), timedelta(days=30)
# Update Manager's workbooks: a Windows row has all eight classifications, a Linux row these two.
_LINUX_COUNTS = {"security": 0, "other": 0}
_NO_ERRORS = {"code": "Success", "message": "0 error/s reported.", "details": []}


def assessment(machine: Resource, now: datetime) -> Json | None:
    """The last assessment, or None where there was none in 7 days.

    `{"properties": the summary's, "softwarePatches": [the properties of each patch]}`; times are ISO 8601 strings.
    """
    kept = machine.hidden.get("assessment")
    if kept is None or kept["time"] < stamp(now - _ASSESSMENTS):
        return None
    properties = {
        "status": "Succeeded",
        "assessmentActivityId": kept["assessmentActivityId"],
        "rebootPending": kept["rebootPending"],
        **_system(machine),
        "startDateTime": kept["time"],
        "lastModifiedDateTime": kept["time"],
        "startedBy": kept["startedBy"],
        "errorDetails": _NO_ERRORS,
        "availablePatchCountByClassification": by_classification(kept) if _is_windows(machine) else _LINUX_COUNTS,
    }
    return {"properties": properties, "softwarePatches": [_available(patch) for patch in kept["patches"]]}


def installations(tx: Transaction, machine: Resource, now: datetime) -> list[Json]:
    """The installations of 30 days, oldest first, each `{"name", "properties", "softwarePatches"}`."""
    found = tx.recorded(machine.key, RECORD, stamp(now - _INSTALLATIONS))
    return [_run(machine, one) for one in found if one["startedBy"] != GUEST]


def maintenance_runs(tx: Transaction, machine: Resource, now: datetime) -> list[Json]:
    """The machine's part in the schedules' runs of 30 days, as `maintenanceresources` has it: `{"name", "properties"}`.

    `correlationId` is the same for all machines of a run.
    """
    return [_part(machine, one) for one in installations(tx, machine, now) if "maintenanceRunId" in one["properties"]]


def _part(machine: Resource, one: Json) -> Json:
    properties = one["properties"]
    configuration = properties["maintenanceRunId"].partition("/providers/Microsoft.Maintenance/applyUpdates/")[0]
    found = {
        "maintenanceConfigurationId": configuration,
        "maintenanceScope": "InGuestPatch",
        "resourceId": machine.id,
        "correlationId": properties["maintenanceRunId"],
        "startDateTime": properties["startDateTime"],
        "endDateTime": properties["lastModifiedDateTime"],
        "status": properties["status"],
        "errorMessage": properties["errorDetails"]["message"] if properties["status"] != "Succeeded" else "",
    }
    return {"name": one["name"], "properties": found}


def _is_windows(machine: Resource) -> bool:
    system = read(machine.body, "properties.storageProfile.osDisk.osType") or read(machine.body, "properties.osType")
    return str(system or "Windows").lower() == "windows"


def _system(machine: Resource) -> Json:
    if _is_windows(machine):
        return {"osType": "Windows", "patchServiceUsed": "WU"}
    return {"osType": "Linux", "patchServiceUsed": "APT"}


def _run(machine: Resource, one: Json) -> Json:
    apart = {"patches", "build", "error"}
    properties = {name: value for name, value in one.items() if name not in apart}
    properties |= {**_system(machine), "errorDetails": one.get("error", _NO_ERRORS)}
    patches = [_installed(patch, one["lastModifiedDateTime"]) for patch in one["patches"]]
    return {"name": one["installationActivityId"], "properties": properties, "softwarePatches": patches}


def _available(patch: Json) -> Json:
    return {
        "patchId": patch["patchId"],
        "patchName": patch["name"],
        "kbId": patch["kbId"] or None,
        "classifications": patch["classifications"],
        "rebootBehavior": patch["rebootBehavior"],
        "rebootRequired": patch["rebootBehavior"] == "AlwaysRequiresReboot",
        "publishedDateTime": patch["publishedDate"],
        "lastModifiedDateTime": patch["lastModifiedDateTime"],
    }


def _installed(patch: Json, when: str) -> Json:
    return {
        "patchId": patch["patchId"],
        "patchName": patch["name"],
        "kbId": patch["kbId"] or None,
        "classifications": patch["classifications"],
        "installationState": patch["installationState"],
        "lastModifiedDateTime": when,
    }
