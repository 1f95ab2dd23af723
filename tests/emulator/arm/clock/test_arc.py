"""Machines of Arc's: hotpatch by patch settings and licence, schedules with hotpatch, patch operations on demand."""

import pytest

VERSION = "2024-07-10"
CHOICE = {
    "maximumDuration": "PT2H",
    "rebootSetting": "IfRequired",
    "windowsParameters": {"classificationsToInclude": ["Security"]},
}


@pytest.fixture
def server(arm, provider):
    """A Windows Server 2025 elsewhere, on the baseline of January 2025, with hotpatch on and licensed."""
    path = provider("Microsoft.HybridCompute/machines/branch-1")
    settings = {"enableHotpatching": True, "patchMode": "AutomaticByPlatform", "assessmentMode": "ImageDefault"}
    properties = {
        "status": "Connected",
        "osType": "windows",
        "osName": "Windows Server 2025 Standard",
        "osSku": "Windows Server 2025 Standard",
        "osVersion": "10.0.26100.2894",
        "osProfile": {"windowsConfiguration": {"patchSettings": settings}},
    }
    arm.make(path, {"location": "westeurope", "properties": properties}, version=VERSION)
    features = [{"name": "Hotpatch", "subscriptionStatus": "Enabled"}]
    licence = {"location": "westeurope", "properties": {"productProfile": {"productFeatures": features}}}
    arm.make(f"{path}/licenseProfiles/default", licence, version=VERSION)
    return path


def act(arm, path, body=None):
    answer = arm.post(path, body, version=VERSION)
    assert answer.status_code == 202, answer.text
    return arm.wait(answer)["properties"]["output"]


def test_a_licensed_machine_takes_hotpatches(arm, fleet, server):
    fleet.to("2025-02-12T00:00:00")
    found = act(arm, f"{server}/assessPatches")
    assert found["availablePatchCountByClassification"]["security"] == 1
    result = act(arm, f"{server}/installPatches", CHOICE)
    assert (result["status"], result["rebootStatus"], result["installedPatchCount"]) == ("Succeeded", "NotNeeded", 1)
    assert "patches" not in result
    assert fleet.tracks()["branch-1"]["build"] == "26100.3107"


def test_a_machine_without_a_licence_takes_cumulative_updates(arm, fleet, server):
    arm.wait(arm.delete(f"{server}/licenseProfiles/default", version=VERSION))
    fleet.to("2025-02-12T00:00:00")
    assert act(arm, f"{server}/installPatches", CHOICE)["rebootStatus"] == "Completed"
    assert fleet.tracks()["branch-1"]["build"] == "26100.3194"


def test_a_machine_says_whether_hotpatching_that_was_asked_for_is_on(arm, server):
    def shown():
        found = arm.get(server, version=VERSION).json()["properties"]
        status = found["osProfile"]["windowsConfiguration"]["patchSettings"]["status"]["hotpatchEnablementStatus"]
        return status, found.get("licenseProfile", {}).get("productProfile", {}).get("productFeatures", [])

    status, (feature,) = shown()
    assert (status, feature["name"]) == ("Enabled", "Hotpatch")
    assert feature["enrollmentDate"] == feature["billingStartDate"]
    arm.wait(arm.delete(f"{server}/licenseProfiles/default", version=VERSION))
    assert shown() == ("ActionRequired", [])
    arm.make(server, arm.get(server, version=VERSION).json(), version=VERSION)  # what Azure alone writes is not kept
    changed = {"properties": {"osProfile": {"windowsConfiguration": {"patchSettings": {"enableHotpatching": False}}}}}
    arm.patch(server, changed, version=VERSION)
    assert shown() == ("Disabled", [])


def test_a_schedule_runs_with_hotpatch(fleet, server):
    window = {"startDateTime": "2025-01-15 22:00", "recurEvery": "Month Second Tuesday Offset4"}
    fleet.assign(server, fleet.schedule("saturdays", window))
    fleet.to("2025-05-01T00:00:00")
    assert fleet.history()["branch-1"] == [
        ("2025-02-15", False, "26100.3107"),
        ("2025-03-15", False, "26100.3403"),
        ("2025-04-12", True, "26100.3775"),
    ]


def test_a_machine_whose_agent_is_gone_is_neither_asked_nor_patched(arm, provider):
    path = provider("Microsoft.HybridCompute/machines/gone")
    arm.make(path, {"location": "westeurope"}, version=VERSION)
    answer = arm.post(f"{path}/assessPatches", version=VERSION)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "OperationNotAllowed")
