"""The shapes of the queries that the portal sends for its machine and update pages, in other words."""

import pytest

MACHINE = "/subscriptions/s1/resourceGroups/Fleet/providers/Microsoft.Compute/virtualMachines"


def test_the_machines_page(ask):
    """P1 with three joins: union, nested iff, versions, a bag from grouped text."""
    rows = ask(
        """
    resources
    | where type =~ "microsoft.compute/virtualmachines"
    | extend os = tostring(properties.storageProfile.osDisk.osType), build = "0"
    | extend settings = properties.osProfile.windowsConfiguration.patchSettings
    | extend orchestration = iff(settings.patchMode =~ "AutomaticByPlatform",
        iff(settings.automaticByPlatformSettings.bypassPlatformSafetyChecksOnUserSchedule == true,
            "Customer Managed Schedules", "Azure Managed"), iff(isempty(settings.patchMode), "N/A", "Manual"))
    | union (
        resources
        | where type =~ "microsoft.hybridcompute/machines"
        | extend os = tostring(coalesce(properties.osType, properties.osName)), build = tostring(properties.osVersion)
        | extend settings = properties.osProfile.windowsConfiguration.patchSettings, orchestration = "N/A")
    | extend machine = tolower(id)
    | join kind=leftouter (
        patchassessmentresources
        | where type in~ ("microsoft.compute/virtualmachines/patchassessmentresults",
            "microsoft.hybridcompute/machines/patchassessmentresults")
        | where properties.status in~ ("Succeeded", "InProgress")
        | parse id with resource "/patchAssessmentResults" *
        | project machine = tolower(resource), assessed = properties) on machine
    | join kind=leftouter (
        resources
        | where type =~ "microsoft.hybridcompute/machines/licenseprofiles"
        | extend machine = tolower(trim_end(@"/licenseProfiles/\\w+", id))
        | summarize licences = max(1) by machine, profile = tostring(properties.esuProfile)
        | extend profile = parse_json(profile)) on machine
    | join kind=leftouter (
        maintenanceresources
        | where type =~ "microsoft.maintenance/configurationassignments"
        | extend machine = tolower(tostring(properties.resourceId))
        | summarize schedules = count() by machine) on machine
    | extend capable = os =~ "windows" and parse_version(build) >= parse_version("10.0.26100.0")
    | extend hotpatch = iff(not(os =~ "windows"), "Not Available",
        iff(capable, "Not Enrolled",
        iff(settings.enableHotpatching == true,
            iff(isnull(assessed), "Pending Evaluation", iff(isnotempty(assessed.status), "Enabled", "Unknown")),
            "Disabled")))
    | extend supported = iff(assessed.configurationStatus.state !~ "Unsupported"
        and strcat("p", ":", "o") matches regex "^p:.*$", "yes", "no")
    | project-away machine1, machine2, machine3
    | order by tolower(name) asc
    | project name, orchestration, hotpatch, supported, licences, schedules
    """
    )
    assert [tuple(row.values()) for row in rows] == [
        ("arc-1", "N/A", "Not Enrolled", "yes", 1, None),
        ("arc-2", "N/A", "Not Available", "yes", None, None),
        ("db-1", "Customer Managed Schedules", "Disabled", "yes", None, 1),
        ("flex-1", "Manual", "Disabled", "yes", None, None),
        ("lin-1", "N/A", "Not Available", "yes", None, None),
        ("web-1", "Azure Managed", "Enabled", "yes", None, None),
    ]


def test_the_list_of_pending_updates(ask):
    """P2: two joins, unnamed tostring() among eleven keys."""
    rows = ask(
        """
    patchassessmentresources
    | where type contains "softwarepatches"
    | extend machine = tolower(tostring(split(id, "/patchAssessmentResults/")[0]))
    | extend kind = tostring(properties.classifications[0])
    | extend severity = iff(isempty(properties.msrcSeverity), "NotAvailable", tostring(properties.msrcSeverity))
    | join kind=inner (resources | project machine = tolower(id), place = location, group = resourceGroup,
        os = tostring(coalesce(properties.storageProfile.osDisk.osType, properties.osName))) on machine
    | join kind=leftouter (patchassessmentresources | where type !contains "softwarepatches"
        | project machine = tostring(split(tolower(id), "/patchassessmentresults/")[0]),
            when = tostring(properties.lastModifiedDateTime)) on machine
    | summarize count() by tostring(properties.patchName), tostring(properties.kbId), kind, severity, os, place, group,
        when, tostring(properties.rebootBehavior), machine, tostring(properties.version)
    | where strcat(properties_patchName, " ", properties_kbId) contains "hotpatch"
    """
    )
    (row,) = rows
    assert (row["properties_kbId"], row["kind"], row["severity"], row["os"], row["count_"]) == (
        *("5066360", "Security", "Critical", "Windows", 1),
    )
    assert (row["group"], row["when"], row["properties_version"]) == ("fleet", "2026-11-19T06:30:00.1234567Z", "")


def test_the_overview(ask):
    """P3, U18: eight counts, and the words for a machine's state by its power."""
    (row,) = ask(
        """
    resources
    | where type =~ "microsoft.compute/virtualmachines"
    | extend power = tostring(properties.extended.instanceView.powerState.displayStatus), machine = tolower(id)
    | join kind=leftouter (
        patchassessmentresources
        | where type =~ "microsoft.compute/virtualmachines/patchassessmentresults"
        | where properties.status in~ ("Succeeded", "InProgress")
        | parse tolower(id) with machine "/patchassessmentresults/" *
        | project machine, assessed = properties) on machine
    | extend counts = assessed.availablePatchCountByClassification
    | extend state = case(
        power != "VM running" and isnull(assessed), "VM not running",
        isnull(assessed), "Not assessed",
        toint(counts.security) > 0 or toint(counts.critical) > 0, "Not patched", "Patched")
    | summarize total = count(), off = countif(state == "VM not running"), never = countif(state == "Not assessed"),
        waiting = countif(state == "Not patched"), patched = countif(state == "Patched"),
        restart = countif(assessed.rebootPending == "true"), running = countif(power =~ "vm RUNNING"),
        busy = countif(assessed.status == "InProgress")
    """
    )
    assert row == {
        "total": 4,
        "off": 1,
        "never": 1,
        "waiting": 1,
        "patched": 1,
        "restart": 1,
        "running": 3,
        "busy": 0,
    }


def test_one_server_by_its_name(column):
    """P4."""
    query = """
    resources
    | where type =~ "microsoft.compute/virtualmachines" or type =~ "microsoft.hybridcompute/machines"
    | extend title = extract(@'/(virtualMachines|machines)/([^/]+)$', 2, id),
        kind = extract(@'microsoft\\.(\\w+)/', 1, type)
    | where title =~ "ARC-2" or title =~ "nobody"
    | project strcat(kind, ":", title)"""
    assert column(query) == ["hybridcompute:arc-2"]


def test_maintenance_of_the_host(ask):
    """B1."""
    rows = ask(
        f"""
    maintenanceresources
    | where type =~ "microsoft.maintenance/updates" and id startswith "{MACHINE}/web-1"
    | mv-expand update = properties.value
    | where update.status in~ ("pending", "inProgress")
    | project update.impactDurationInSec
    """
    )
    assert rows == [{"update_impactDurationInSec": 10}]


def test_the_assessment_of_a_machine_and_its_patches(column):
    """B2, B3."""
    summary = f"{MACHINE}/WEB-1/patchAssessmentResults/latest"
    assert column(f"patchassessmentresources | where id =~ '{summary}' | project properties.status") == ["Succeeded"]
    patches = f"patchassessmentresources | where id contains '{summary}/softwarePatches'"
    found = column(f"{patches} | project tostring(properties.patchName)")
    assert found == ["Hotpatch", "Defender"]


def test_patches_of_a_set_of_names(ask):
    """B4: a list in the row, asked for an element."""
    rows = ask(
        """
    patchassessmentresources
    | where type =~ "microsoft.hybridcompute/machines/patchassessmentresults/softwarepatches"
    | parse id with machine "/patchAssessmentResults/" *
    | extend kinds = parse_json(tolower(properties.classifications))
    | join kind=leftouter (resources | project machine = id, place = location) on machine
    | where set_has_element(kinds, "security")
    | summarize count() by place
    """
    )
    assert rows == [{"place": "northeurope", "count_": 2}]


def test_an_assessment_as_an_operation(ask):
    """B5."""
    rows = ask(
        """
    patchassessmentresources
    | where type !has "softwarePatches"
    | extend ended = iff(properties.status in ("InProgress", "NotStarted"), datetime(null),
        todatetime(properties.lastModifiedDateTime))
    | extend operation = iff(properties.startedBy =~ "platform", "PeriodicAssessment", "ManualAssessment")
    | where isnull(ended) or operation == "ManualAssessment"
    | project operation, ended
    """
    )
    assert rows == [
        {"operation": "PeriodicAssessment", "ended": None},
        {"operation": "ManualAssessment", "ended": "2026-11-19T06:30:00.1234560Z"},
    ]


def test_the_installations_of_a_machine(column):
    """B6."""
    query = f"""
    patchinstallationresources
    | where id startswith "{MACHINE}/web-1/" and type !endswith "softwarepatches"
    | order by todatetime(properties.startDateTime) desc
    | project substring(tostring(properties.startDateTime), 0, 10)"""
    assert column(query) == ["2026-11-14", "2026-10-14"]


def test_properties_of_three_tables_have_numbers(ask):
    """B7: the second and third `properties` of two joins."""
    (row,) = ask(
        """
    resources
    | where type =~ "microsoft.hybridcompute/machines" and name == "arc-1" | extend machine = tolower(id)
    | join kind=leftouter (patchassessmentresources | where type !has "softwarepatches"
        | extend machine = tolower(trim_end("/patchAssessmentResults/latest", id))
        | extend machine = tostring(split(machine, "/patchassessmentresults")[0])) on machine
    | join kind=leftouter (resources | where type endswith "licenseprofiles"
        | extend machine = tolower(trim_end(@'/licenseProfiles/default', id))) on machine
    | project case(isnull(properties2), "none", isnull(properties2.esuProfile), "no profile", "profile"),
        properties1.status
    """
    )
    assert list(row.values()) == ["profile", "InProgress"]


def test_the_schedules_of_a_machine(ask):
    """B8: a property taken apart, a list of the found ones."""
    (row,) = ask(
        """
    maintenanceresources
    | where type =~ "microsoft.maintenance/configurationassignments" and array_length(split(id, "/")) > 9
    | parse properties.resourceId with * "/virtualmachines/" machine
    | parse properties.maintenanceConfigurationId with * "/maintenanceconfigurations/" schedule
    | union (
        maintenanceresources
        | where type =~ "microsoft.maintenance/configurationassignments"
        | where array_length(split(id, "/")) in (7, 9)
        | parse properties.maintenanceConfigurationId with * "/maintenanceConfigurations/" schedule
        | extend machine = "all")
    | distinct machine, schedule
    | summarize make_list(machine), make_set(tolower(schedule))
    """
    )
    assert row == {"list_machine": ["db-1", "all"], "set_": ["monthly"]}


@pytest.mark.parametrize("arms", [80])
def test_a_list_with_a_case_of_many_arms(ask, arms):
    """B9: a case of eighty arms, a hundred conditions that leave types out, parsejson."""
    words = ", ".join(f'location == "place{number}", "Place {number}"' for number in range(arms))
    left_out = "\n".join(f'| where (type !~ ("microsoft.test/type{number}"))' for number in range(100))
    rows = ask(
        f"""resources {left_out}
    | where not(type !~ "microsoft.maintenance/maintenanceconfigurations")
    | extend place = case({words}, location == "westeurope", "West Europe", location), labels = parsejson(tags)
    | project name, place, labels.owner
    | sort by (tolower(tostring(name))) asc"""
    )
    assert rows == [{"name": "Monthly", "place": "West Europe", "labels_owner": "ops"}]
