"""What Azure's history tells of a machine, and for how long."""

from datetime import UTC, datetime

from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.patching import results


def rows(tmp_path, machine, now):
    """The rows that Resource Graph is made of, read from the emulator's own store."""
    store = Store(tmp_path / "azure.sqlite")
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    with store.transaction() as tx:
        found = tx.find(machine)
        answer = results.assessment(found, moment), results.installations(tx, found, moment)
    store.close()
    return answer


def test_an_assessment_is_known_for_seven_days(fleet, tmp_path):
    machine = fleet.make("m")
    fleet.to("2025-01-15T12:00:00")
    kept, _ = rows(tmp_path, machine, "2025-01-15T12:00:00")
    assert kept["properties"]["startedBy"] == "Platform"
    counts = kept["properties"]["availablePatchCountByClassification"]
    assert (counts["security"], counts["updateRollup"], counts["tools"], len(counts)) == (1, 1, 0, 8)
    assert (kept["properties"]["osType"], kept["properties"]["patchServiceUsed"]) == ("Windows", "WU")
    assert [one["kbId"] for one in kept["softwarePatches"]].count(None) == 1  # a driver has no number
    [security] = [one for one in kept["softwarePatches"] if one["classifications"] == ["Security"]]
    assert (security["kbId"], security["rebootBehavior"]) == ("5049983", "AlwaysRequiresReboot")
    assert rows(tmp_path, machine, "2025-01-21T10:00:00")[0] is not None
    assert rows(tmp_path, machine, "2025-01-23T12:00:00")[0] is None


def test_installations_are_known_for_thirty_days(fleet, tmp_path):
    machine = fleet.make("m")
    fleet.to("2025-02-12T00:00:00")
    _, [run] = rows(tmp_path, machine, "2025-02-12T00:00:00")
    assert (run["properties"]["status"], run["properties"]["rebootStatus"]) == ("Succeeded", "Completed")
    assert run["properties"]["startedBy"] == "Platform"
    assert {one["installationState"] for one in run["softwarePatches"]} == {"Installed", "NotSelected"}
    assert rows(tmp_path, machine, "2025-02-20T00:00:00")[1] == []
    assert len(fleet.history()["m"]) == 1  # the emulator itself forgets nothing


def test_a_run_of_a_schedule_names_it(fleet, tmp_path):
    machine = fleet.make("m", mode="customer-schedule")
    schedule = fleet.schedule("nights", {"startDateTime": "2025-01-15 22:00", "recurEvery": "Week"})
    fleet.assign(machine, schedule)
    fleet.to("2025-01-16T00:00:00")
    _, [run] = rows(tmp_path, machine, "2025-01-16T00:00:00")
    applied = "/providers/Microsoft.Maintenance/applyUpdates/20250115210000"
    assert run["properties"]["maintenanceRunId"] == schedule + applied


def test_the_history_goes_with_its_machine(fleet):
    machine = fleet.make("m")
    fleet.to("2025-02-12T00:00:00")
    disk = fleet.arm.get(machine).json()["properties"]["storageProfile"]["osDisk"]["managedDisk"]["id"]
    fleet.arm.remove(machine)
    fleet.arm.remove(disk)
    fleet.make("m")
    assert fleet.history()["m"] == []
