"""Who patches a machine: Microsoft's table of scenarios, each row lived through a month."""

import pytest

SATURDAYS = {"startDateTime": "2025-01-12 22:00", "recurEvery": "Month Second Tuesday Offset4"}


def settings(arm, machine, mode, *, bypass, automatic=True):
    """Put a machine of an image without hotpatch into a patch mode."""
    found = {"patchMode": mode, "assessmentMode": "ImageDefault", "enableHotpatching": False}
    if bypass is not None:
        found["automaticByPlatformSettings"] = {"bypassPlatformSafetyChecksOnUserSchedule": bypass}
    windows = {"patchSettings": found, "provisionVMAgent": True, "enableAutomaticUpdates": automatic}
    body = arm.get(machine).json()
    body["properties"]["osProfile"]["windowsConfiguration"] = windows
    answer = arm.put(machine, body)
    assert answer.status_code == 200, answer.text


# "Prerequisites for scheduled patching": by platform, bypass, schedule, and whether anything is installed, by whom.
ROWS = [
    ("AutomaticByPlatform", True, True, "schedule", "2025-01-18"),
    ("AutomaticByPlatform", True, False, "nobody", None),
    ("AutomaticByPlatform", False, True, "stopped", None),
    ("AutomaticByPlatform", False, False, "azure", "2025-01-18"),
    ("AutomaticByPlatform", None, True, "stopped", None),
    ("AutomaticByPlatform", None, False, "azure", "2025-01-18"),
    ("AutomaticByOS", None, True, "stopped", None),
]


@pytest.mark.parametrize(("mode", "bypass", "scheduled", "by", "day"), ROWS)
def test_a_machine_is_patched_as_the_table_says(fleet, mode, bypass, scheduled, by, day):
    machine = fleet.make("m", "2022-datacenter-g2", "azure-managed")
    settings(fleet.arm, machine, mode, bypass=bypass)
    if scheduled:
        fleet.assign(machine, fleet.schedule("saturdays", SATURDAYS))
    fleet.to("2025-02-10T00:00:00")
    assert fleet.tracks()["m"]["patchedBy"] == by
    assert [one[0] for one in fleet.history()["m"]] == ([day] if day else [])
    [status] = fleet.arm.get(f"{machine}/instanceView").json()["patchStatus"]["configurationStatuses"]
    assert status["level"] == ("Error" if by == "stopped" else "Info")


def test_hotpatch_and_a_schedule_leave_nobody_to_patch(fleet):
    machine = fleet.make("m")
    fleet.assign(machine, fleet.schedule("saturdays", SATURDAYS))
    fleet.to("2025-04-30T00:00:00")
    assert fleet.tracks()["m"]["patchedBy"] == "stopped"
    assert fleet.history()["m"] == []


def test_windows_itself_patches_a_machine_that_is_automatic_by_os(fleet):
    machine = fleet.make("m", "2022-datacenter-g2", "azure-managed")
    settings(fleet.arm, machine, "AutomaticByOS", bypass=None)
    fleet.to("2025-01-31T00:00:00")
    assert fleet.history()["m"] == [("2025-01-15", True, "20348.3091")]
    assert "lastPatchInstallationSummary" not in fleet.arm.get(f"{machine}/instanceView").json()["patchStatus"]


def test_nobody_patches_a_machine_that_is_manual(fleet):
    fleet.make("m")
    body = fleet.arm.get(fleet.id("m")).json()
    body["properties"]["storageProfile"]["imageReference"]["sku"] = "2022-datacenter-g2"
    body["properties"]["osProfile"] |= {"adminUsername": "fleetadmin", "adminPassword": "Correct-Horse-7-Battery"}
    body["properties"]["osProfile"]["windowsConfiguration"] = {
        "enableAutomaticUpdates": False,
        "patchSettings": {"patchMode": "Manual"},
    }
    for name in ("vmId", "timeCreated", "provisioningState"):
        body["properties"].pop(name, None)
    fleet.arm.remove(fleet.id("m"))
    disk = body["properties"]["storageProfile"].pop("osDisk")
    fleet.arm.remove(disk["managedDisk"]["id"])
    fleet.arm.make(fleet.id("m"), body)
    fleet.to("2025-03-31T00:00:00")
    assert fleet.history()["m"] == []
