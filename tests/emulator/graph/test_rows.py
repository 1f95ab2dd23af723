"""The rows that are made of the store have the shapes of Azure's tables."""

import re

import pytest

from azure_hotpatch.emulator.arm.graph.tables import EMPTY, TABLES

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
INSTALL = {"rebootSetting": "IfRequired", "windowsParameters": {"classificationsToInclude": ["Security"]}}


@pytest.fixture
def patched(azure, machine):
    azure.post(f"{machine}/assessPatches")
    azure.post(f"{machine}/installPatches", INSTALL)
    return machine


def test_a_machine_is_a_row_of_resources(azure, machine):
    (row,) = azure.rows("Resources | where type =~ 'Microsoft.Compute/virtualMachines'")
    assert row["id"] == machine
    assert (row["name"], row["type"]) == ("Web-1", "microsoft.compute/virtualmachines")
    assert (row["resourceGroup"], row["subscriptionId"]) == ("fleet", SUBSCRIPTION)
    assert (row["location"], row["kind"], row["managedBy"]) == ("westeurope", "", "")
    assert (row["tags"], row["zones"], row["plan"], row["sku"]) == ({"ring": "one"}, ["1"], None, None)
    assert row["properties"]["provisioningState"] == "Succeeded"
    assert row["properties"]["osProfile"]["windowsConfiguration"]["patchSettings"]["enableHotpatching"] is True
    assert "adminPassword" not in row["properties"]["osProfile"]


def test_a_running_machine_tells_its_power_and_its_system(azure, machine):
    query = "resources | where isnotempty(properties.extended) | project v = properties.extended.instanceView"
    view = azure.rows(query)[0]["v"]
    assert view["powerState"] == {"code": "PowerState/running", "displayStatus": "VM running", "level": "Info"}
    assert view["osName"] == "Windows Server 2022 Datacenter Azure Edition"
    assert re.fullmatch(r"10\.0\.20348\.\d+", view["osVersion"])
    azure.post(f"{machine}/deallocate")
    view = azure.rows(query)[0]["v"]
    assert view["powerState"]["displayStatus"] == "VM deallocated"
    assert not {"osName", "osVersion"} & set(view)


@pytest.mark.usefixtures("machine")
def test_what_is_no_resource_of_its_own_is_no_row(azure):
    assert azure.rows("resources | distinct type | order by type asc") == [
        {"type": "microsoft.compute/disks"},
        {"type": "microsoft.compute/virtualmachines"},
        {"type": "microsoft.network/networkinterfaces"},
        {"type": "microsoft.network/virtualnetworks"},
    ]


def test_groups_and_subscriptions_are_containers(azure, group):
    rows = azure.rows("resourcecontainers | where subscriptionId == '" + SUBSCRIPTION + "' | project id, type, tags")
    assert rows == [
        {"id": f"/subscriptions/{SUBSCRIPTION}", "type": "microsoft.resources/subscriptions", "tags": None},
        {"id": group, "type": "microsoft.resources/subscriptions/resourcegroups", "tags": {"owner": "ops"}},
    ]


def test_an_assessment_is_a_summary_and_its_patches(azure, patched):
    rows = azure.rows("patchassessmentresources")
    summary, *patches = rows
    assert summary["id"] == f"{patched}/patchAssessmentResults/latest"
    assert summary["type"] == "microsoft.compute/virtualmachines/patchassessmentresults"
    assert summary["name"] == summary["properties"]["assessmentActivityId"]
    assert summary["tags"] is None
    counts = summary["properties"]["availablePatchCountByClassification"]
    assert set(counts) == {
        *("critical", "security", "updateRollup", "featurePack", "servicePack", "definition", "tools", "updates")
    }
    assert sum(counts.values()) == len(patches)
    assert re.fullmatch(r"[\d-]{10}T[\d:]{8}\.\d{7}Z", summary["properties"]["lastModifiedDateTime"])
    for patch in patches:
        assert patch["type"] == "microsoft.compute/virtualmachines/patchassessmentresults/softwarepatches"
        assert patch["id"].startswith(f"{patched}/patchAssessmentResults/latest/softwarePatches/")
        assert {"patchName", "kbId", "classifications", "rebootBehavior"} <= set(patch["properties"])


def test_an_installation_is_a_run_and_its_patches(azure, patched):
    run, *patches = azure.rows("patchinstallationresources")
    assert run["id"] == f"{patched}/patchInstallationResults/{run['name']}"
    assert run["properties"]["installationActivityId"] == run["name"]
    assert run["properties"]["installedPatchCount"] == 1
    installed = [one for one in patches if one["properties"]["installationState"] == "Installed"]
    assert [one["properties"]["classifications"] for one in installed] == [["Security"]]
    assert installed[0]["id"].startswith(f"{run['id']}/softwarePatches/")


@pytest.mark.usefixtures("patched")
def test_results_are_forgotten_in_time(azure):
    count = "patchassessmentresources | union patchinstallationresources | summarize n = dcount(id) by type"
    assert len(azure.rows(count)) == 4
    azure.send("POST", "/emulator/clock", {"days": 8})
    summaries = "patchassessmentresources | where type !has 'softwarepatches'"
    assert azure.rows(f"{summaries} | where properties.lastModifiedDateTime < ago(7d)") == []
    azure.send("POST", "/emulator/clock", {"days": 60})
    assert azure.rows("patchinstallationresources | where todatetime(properties.startDateTime) < ago(30d)") == []


@pytest.mark.usefixtures("machine")
def test_a_machine_that_was_never_assessed_has_no_row(azure):
    assert azure.rows("patchassessmentresources") == []


def test_a_schedule_and_its_assignment_are_in_two_tables(azure, machine, group):
    schedule = f"{group}/providers/Microsoft.Maintenance/maintenanceConfigurations/monthly"
    window = {
        "startDateTime": "2031-02-01 22:00",
        "duration": "03:55",
        "timeZone": "UTC",
        "recurEvery": "Month Second Tuesday Offset4",
    }
    properties = {
        "maintenanceScope": "InGuestPatch",
        "extensionProperties": {"InGuestPatchMode": "User"},
        "maintenanceWindow": window,
        "installPatches": {
            "rebootSetting": "Always",
            "windowsParameters": {"classificationsToInclude": ["Security"]},
        },
    }
    azure.put(schedule, {"location": "westeurope", "properties": properties})
    assignment = f"{machine}/providers/Microsoft.Maintenance/configurationAssignments/monthly"
    azure.put(assignment, {"properties": {"maintenanceConfigurationId": schedule}})
    (row,) = azure.rows("resources | where type == 'microsoft.maintenance/maintenanceconfigurations'")
    assert row["properties"]["installPatches"]["rebootSetting"] == "AlwaysReboot"
    (row,) = azure.rows("maintenanceresources | where type has 'configurationassignments'")
    assert row["id"] == assignment
    assert row["properties"]["resourceId"] == machine
    assert azure.rows("resources | where type has 'configurationassignments'") == []


@pytest.mark.usefixtures("patched")
def test_a_type_in_the_condition_finds_the_same_rows_as_one_after_it(azure):
    for table in ("resources", "patchassessmentresources", "patchinstallationresources", "resourcecontainers"):
        every = azure.rows(f"{table} | order by id asc")
        assert every
        for kind in {row["type"] for row in every}:
            wanted = [row for row in every if row["type"] == kind]
            assert azure.rows(f"{table} | where type =~ '{kind.upper()}' | order by id asc") == wanted


@pytest.mark.parametrize("name", EMPTY)
def test_a_table_of_which_there_is_nothing_is_empty(azure, name):
    assert azure.rows(name) == []


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_named_in_any_case(azure, name):
    assert azure.rows(f"{name.upper()} | count")[0]["Count"] >= 0


@pytest.mark.usefixtures("machine")
def test_the_rows_of_other_subscriptions_are_left_out(azure):
    other = "99999999-2222-3333-4444-555555555555"
    azure.send("PUT", f"/subscriptions/{other}/resourceGroups/else", {"location": "northeurope"})
    count = "resourcecontainers | where type has 'resourcegroups' | count"
    assert azure.rows(count)[0]["Count"] == 2
    assert azure.rows(count, subscriptions=[other])[0]["Count"] == 1
    assert azure.rows(count, subscriptions=[other, SUBSCRIPTION.upper()])[0]["Count"] == 2
    assert azure.rows("resources | count", subscriptions=[other])[0]["Count"] == 0
