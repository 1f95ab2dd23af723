"""A fleet in the rows of Azure's tables, for queries in the shapes that Microsoft and others have published.

web-1 is patched by Azure and has a restart pending; db-1 waits for its schedule and was never assessed; lin-1 is a
Linux machine without updates; arc-1 is being assessed; arc-2 is a Linux machine of Arc's with updates; flex-1 is of a
Flexible scale set and its assessment failed.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from azure_hotpatch.emulator.arm.graph.kql.evaluation import run
from azure_hotpatch.emulator.arm.graph.kql.frames import Frame
from azure_hotpatch.emulator.arm.graph.kql.values import answered
from azure_hotpatch.emulator.arm.graph.tables.rows import COLUMNS, row

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GROUP = "/subscriptions/s1/resourceGroups/Fleet"
COMPUTE, HYBRID = "Microsoft.Compute/virtualMachines", "Microsoft.HybridCompute/machines"
SCHEDULE = f"{GROUP}/providers/Microsoft.Maintenance/maintenanceConfigurations/Monthly"
CLASSES = ("critical", "security", "updateRollup", "featurePack", "servicePack", "definition", "tools", "updates")


def machine_id(name: str) -> str:
    return f"{GROUP}/providers/{HYBRID if name.startswith('arc') else COMPUTE}/{name}"


def _azure(name: str, system: str, settings: Any, power: str = "VM running", **more: Any) -> Any:
    configuration = {"patchSettings": settings}
    properties = {
        "storageProfile": {
            "osDisk": {"osType": system},
            "imageReference": {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": "2022"},
        },
        "osProfile": {f"{system.lower()}Configuration": configuration},
        "extended": {"instanceView": {"powerState": {"displayStatus": power}, "osVersion": "10.0.20348.3932"}},
        **more,
    }
    return row(machine_id(name), COMPUTE, {"location": "westeurope", "tags": {"ring": "one"}}, properties)


def _arc(name: str, system: str, status: str, **more: Any) -> Any:
    properties = {"osName": system, "status": status, "osVersion": "10.0.26100.4652", **more}
    return row(machine_id(name), HYBRID, {"location": "northeurope"}, properties)


_BY_PLATFORM = {"patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform"}
_BYPASS = {"automaticByPlatformSettings": {"bypassPlatformSafetyChecksOnUserSchedule": True}}
_SET = f"{GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/flex"
RESOURCES = [
    _azure("web-1", "Windows", {**_BY_PLATFORM, "enableHotpatching": True}),
    _azure("db-1", "Windows", {**_BY_PLATFORM, **_BYPASS}, "VM deallocated"),
    _azure("lin-1", "Linux", {"patchMode": "ImageDefault", "assessmentMode": "ImageDefault"}),
    _azure("flex-1", "Windows", {"patchMode": "Manual"}, virtualMachineScaleSet={"id": _SET}),
    row(_SET, "Microsoft.Compute/virtualMachineScaleSets", {}, {"orchestrationMode": "Flexible"}),
    _arc("arc-1", "windows", "Connected", osEdition="serverdatacenter"),
    _arc("arc-2", "Linux", "Disconnected"),
    row(
        SCHEDULE,
        "Microsoft.Maintenance/maintenanceConfigurations",
        {"location": "westeurope", "tags": {"owner": "ops"}},
        {"maintenanceScope": "InGuestPatch", "maintenanceWindow": {"recurEvery": "Month Second Tuesday Offset4"}},
    ),
    row(f"{machine_id('arc-1')}/licenseProfiles/default", f"{HYBRID}/licenseProfiles", {}, {"esuProfile": {}}),
]


def _assessment(name: str, status: str, counts: Any, pending: bool = False, **more: Any) -> Any:
    kind = HYBRID if name.startswith("arc") else COMPUTE
    properties = {
        "status": status,
        "rebootPending": pending,
        "osType": "Linux" if "other" in counts else "Windows",
        "availablePatchCountByClassification": counts,
        "lastModifiedDateTime": "2026-11-19T06:30:00.1234567Z",
        "startDateTime": "2026-11-19T06:25:00.0000000Z",
        "startedBy": "Platform",
        **more,
    }
    # The id of the machine may come in any case.
    return row(
        f"{machine_id(name).upper()}/patchAssessmentResults/latest", f"{kind}/patchAssessmentResults", {}, properties
    )


def _patch(name: str, title: str, kb: str | None, kind: str, **more: Any) -> Any:
    machine_type = HYBRID if name.startswith("arc") else COMPUTE
    properties = {
        "patchName": title,
        "kbId": kb,
        "classifications": [kind],
        "rebootBehavior": "NeverReboots",
        "msrcSeverity": "Critical" if kind == "Security" else None,
        "publishedDateTime": "2026-11-10T18:00:00.0000000Z",
        "lastModifiedDateTime": "2026-11-19T06:30:00.1234567Z",
        **more,
    }
    path = f"{machine_id(name)}/patchAssessmentResults/latest/softwarePatches/{title}"
    return row(path, f"{machine_type}/patchAssessmentResults/softwarePatches", {}, properties)


_NONE = dict.fromkeys(CLASSES, 0)
ASSESSMENTS = [
    _assessment("web-1", "Succeeded", {**_NONE, "security": 1, "definition": 1}, pending=True),
    _assessment("lin-1", "Succeeded", {"security": 0, "other": 0}),
    _assessment("arc-1", "InProgress", _NONE),
    _assessment("arc-2", "Succeeded", {"security": 2, "other": 1}, startedBy="User"),
    _assessment("flex-1", "Failed", _NONE, errorDetails={"code": "1", "details": [{"code": "A"}, {"code": "B"}]}),
    _patch("web-1", "Hotpatch", "5066360", "Security"),
    _patch("web-1", "Defender", "2267602", "Definition", publishedDateTime=None),
    _patch("arc-2", "bash", None, "Security", version="5.2"),
    _patch("arc-2", "curl", None, "Security", version="8.0", publishedDateTime="2026-06-01T00:00:00.0000000Z"),
    _patch("arc-2", "vim", None, "Other", version="9.1"),
]
RUN = f"{SCHEDULE}/providers/microsoft.maintenance/applyupdates/20261114"


def _installation(name: str, number: int, when: str, status: str, patches: Any, **more: Any) -> list[Any]:
    run_id = f"0000000{number}-0000-0000-0000-000000000000"
    path = f"{machine_id(name)}/patchInstallationResults/{run_id}"
    properties = {
        "status": status,
        "osType": "Windows",
        "startDateTime": when,
        "lastModifiedDateTime": when,
        "installedPatchCount": sum(state == "Installed" for _, state in patches),
        "failedPatchCount": sum(state == "Failed" for _, state in patches),
        "startedBy": "Platform",
        **more,
    }
    rows = [row(path, f"{COMPUTE}/patchInstallationResults", {}, properties)]
    for title, state in patches:
        patch = {
            "patchName": title,
            "kbId": title,
            "classifications": ["Security"],
            "installationState": state,
            "msrcSeverity": "Important",
            "lastModifiedDateTime": when,
        }
        rows.append(
            row(f"{path}/softwarePatches/{title}", f"{COMPUTE}/patchInstallationResults/softwarePatches", {}, patch)
        )
    return rows


INSTALLATIONS = [
    *_installation(
        *("web-1", 1, "2026-11-14T22:05:00.0000000Z", "Succeeded", [("5066360", "Installed"), ("890830", "Installed")]),
        maintenanceRunId=RUN,
    ),
    *_installation("web-1", 2, "2026-10-14T22:05:00.0000000Z", "Succeeded", [("5066835", "Installed")]),
    *_installation(
        *("db-1", 3, "2026-11-19T22:05:00.0000000Z", "Failed", [("5066360", "Failed")]),
        errorDetails={"code": "1", "details": [{"code": "0x8024402C", "message": "a 'proxy'"}, {"code": "0x80070005"}]},
        maintenanceRunId=RUN,
    ),
]
MAINTENANCE = [
    row(
        f"{machine_id('db-1')}/providers/Microsoft.Maintenance/configurationAssignments/monthly",
        "Microsoft.Maintenance/configurationAssignments",
        {},
        {"maintenanceConfigurationId": SCHEDULE.lower(), "resourceId": machine_id("db-1").lower()},
    ),
    row(
        "/subscriptions/s1/providers/Microsoft.Maintenance/configurationAssignments/all",
        "Microsoft.Maintenance/configurationAssignments",
        {},
        {
            "maintenanceConfigurationId": SCHEDULE,
            "resourceId": "/subscriptions/s1",
            "filter": {"osTypes": ["Windows"], "tagSettings": {"tags": {"ring": ["one"]}}},
        },
    ),
    row(
        f"{SCHEDULE}/applyUpdates/20261114",
        "Microsoft.Maintenance/maintenanceConfigurations/applyUpdates",
        {},
        {
            "maintenanceConfigurationId": SCHEDULE,
            "status": "Succeeded",
            "correlationId": "run-1",
            "startDateTime": "2026-11-14T22:00:00.0000000Z",
            "endDateTime": "2026-11-14T23:00:00.0000000Z",
            "resourceUpdateSummary": {"total": 2, "succeeded": 1},
        },
    ),
    *(
        row(
            f"{machine_id(name)}/providers/Microsoft.Maintenance/applyUpdates/{number}",
            "Microsoft.Maintenance/applyUpdates",
            {},
            {
                "correlationId": "run-1",
                "status": status,
                "resourceId": machine_id(name),
                "maintenanceScope": "InGuestPatch",
            },
        )
        for number, (name, status) in enumerate((("web-1", "UpdateSuccessfullyApplied"), ("db-1", "Failed")))
    ),
    row(
        f"{machine_id('web-1')}/providers/Microsoft.Maintenance/updates",
        "Microsoft.Maintenance/updates",
        {},
        {
            "value": [
                {"status": "Pending", "impactDurationInSec": 10},
                {"status": "Completed", "impactDurationInSec": 0},
            ]
        },
    ),
]
HEALTH = [
    row(
        f"{machine_id(name)}/providers/Microsoft.ResourceHealth/availabilityStatuses/current",
        "Microsoft.ResourceHealth/availabilityStatuses",
        {},
        {"availabilityState": state},
    )
    for name, state in (("web-1", "Available"), ("db-1", "Unavailable"), ("lin-1", "Available"))
]
LOCAL = [
    row(
        f"{machine_id('arc-1')}/providers/Microsoft.AzureStackHCI/virtualMachineInstances/default",
        "Microsoft.AzureStackHCI/virtualMachineInstances",
        {},
        {"status": {"powerState": "Running"}},
    )
]
TABLES = {
    "resources": RESOURCES,
    "patchassessmentresources": ASSESSMENTS,
    "patchinstallationresources": INSTALLATIONS,
    "maintenanceresources": MAINTENANCE,
    "healthresources": HEALTH,
    "extensibilityresources": LOCAL,
}


def _table(name: str, types: frozenset[str] | None) -> Frame | None:
    rows = TABLES.get(name.lower())
    if rows is None:
        return None
    return Frame(dict(COLUMNS), [one for one in rows if types is None or one["type"] in types])


@pytest.fixture
def ask():
    """The rows of a query, each a dictionary as an answer shows it."""

    def rows(query):
        found = run(query, _table, NOW)
        return [{name: answered(value) for name, value in one.items()} for one in found.rows]

    return rows


@pytest.fixture
def column(ask):
    """The values of the first column."""
    return lambda query: [next(iter(one.values())) for one in ask(query)]
