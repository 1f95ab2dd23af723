"""The runs of schedules in Resource Graph: a row for each machine's part, and one for the whole."""

import pytest

PARTS = "maintenanceresources | where type =~ 'microsoft.maintenance/applyupdates' | order by id asc"
RUNS = "maintenanceresources | where type =~ 'microsoft.maintenance/maintenanceconfigurations/applyupdates'"
# The join by which published queries give a run its machines.
JOINED = f"""{RUNS}
| extend run = tostring(properties.correlationId)
| join kind=inner (maintenanceresources | where type =~ 'microsoft.maintenance/applyupdates'
    | project run = tostring(properties.correlationId), machine = tostring(properties.resourceId)) on run
| summarize machines = count() by name"""


@pytest.fixture
def nights(fleet, group):
    """A weekly schedule for all machines of the group; the store is asked for its rows without delay."""
    found = fleet.schedule("nights", {"startDateTime": "2025-01-15 22:00", "recurEvery": "Week"})
    fleet.assign(group, found, filter={"osTypes": ["Windows"]})
    return found


@pytest.fixture
def rows(fleet):
    def ask(query, subscription=None):
        body = {"query": query, "subscriptions": [subscription or fleet.arm.subscription.rpartition("/")[2]]}
        answer = fleet.arm.post("/providers/Microsoft.ResourceGraph/resources", body, version="2022-10-01")
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    return ask


def test_a_run_has_a_row_for_each_machine_and_one_for_the_whole(fleet, nights, rows):
    on, off = fleet.make("on", mode="customer-schedule"), fleet.make("off", mode="customer-schedule")
    fleet.arm.act(f"{off}/deallocate")
    fleet.to("2025-01-16T12:00:00")
    missed, done = (one["properties"] for one in rows(PARTS))
    assert (done["resourceId"], done["status"], done["errorMessage"]) == (on, "Succeeded", "")
    assert (missed["resourceId"], missed["status"]) == (off, "Failed")
    assert "shut down or unresponsive" in missed["errorMessage"]
    (run,) = rows(RUNS)
    assert run["id"] == f"{nights}/applyUpdates/20250115210000"
    told = run["properties"]
    assert done["correlationId"] == missed["correlationId"] == told["correlationId"]
    assert (told["status"], told["resourceUpdateSummary"]) == ("Partially succeeded", {"total": 2, "succeeded": 1})
    assert (told["maintenanceConfigurationId"], told["maintenanceConfiguration"]["name"]) == (nights, "nights")
    assert told["maintenanceConfiguration"]["properties"]["maintenanceScope"] == "InGuestPatch"
    assert told["startDateTime"] <= done["startDateTime"] <= done["endDateTime"] <= told["endDateTime"]
    assert rows(JOINED) == [{"name": "20250115210000", "machines": 2}]


def test_each_week_is_a_run_and_another_subscription_sees_none(fleet, nights, rows):
    fleet.make("on", mode="customer-schedule")
    fleet.to("2025-01-24T00:00:00")
    assert [one["properties"]["status"] for one in rows(RUNS)] == ["Succeeded", "Succeeded"]
    assert {one["id"].split("/")[8] for one in rows(RUNS)} == {nights.split("/")[8]}
    other = "99999999-0000-4000-8000-000000000000"
    assert (rows(RUNS, other), rows(PARTS, other)) == ([], [])


def test_a_run_outlives_its_schedule(fleet, nights, rows):
    fleet.make("on", mode="customer-schedule")
    fleet.to("2025-01-16T12:00:00")
    fleet.arm.delete(nights)
    (run,) = rows(RUNS)
    assert (
        run["properties"]["maintenanceConfiguration"]["name"],
        run["properties"]["maintenanceConfiguration"]["tags"],
    ) == ("nights", None)
