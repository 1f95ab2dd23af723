"""The shapes of the queries of Update Manager's workbooks (numbers as in their order there), written anew."""

import pytest

MACHINES = """
resources
| where type in~ ("Microsoft.Compute/virtualMachines", "microsoft.hybridcompute/machines")
| extend system = tolower(coalesce(properties.storageProfile.osDisk.osType, properties.osType, properties.osName))
| extend machine = tolower(id)
"""
ASSESSED = """
patchassessmentresources
| where type in~ ("microsoft.compute/virtualmachines/patchassessmentresults",
                  "microsoft.hybridcompute/machines/patchassessmentresults")
| where properties.status == "Succeeded" // a failed one looks like none
| parse tolower(id) with machine "/patchassessmentresults/" *
"""
PENDING = """
patchassessmentresources
| where type has "softwarepatches"
| extend machine = tostring(split(tolower(id), "/patchassessmentresults/")[0])
| extend kind = tostring(properties.classifications[0])
"""


def test_tiles_of_machines_by_cloud_and_system(ask):
    """W0, W14: counts packed into a bag, a row for each of its members."""
    rows = ask(
        MACHINES
        + """
    | summarize azure = countif(type has "compute/virtualmachines"), arc = countif(type has "hybridcompute"),
        windows = countif(system == "windows"), linux = countif(system == 'linux')
    | project tiles = pack("Azure", azure, "Arc", arc, "Windows", windows, "Linux", linux)
    | mv-expand tiles
    | extend title = tostring(bag_keys(tiles)[0])
    | project title, count = tolong(tiles[title]), icon = case(title == "Azure", "cloud", title == "Arc", "server", "os")
    """
    )
    assert [tuple(row.values()) for row in rows] == [
        *(("Azure", 4, "cloud"), ("Arc", 2, "server"), ("Windows", 4, "os"), ("Linux", 2, "os")),
    ]


def test_power_or_connection(ask):
    """W1."""
    rows = ask(
        MACHINES
        + """
    | extend state = iff(isnotnull(properties.extended), properties.extended.instanceView.powerState.displayStatus,
        properties.status)
    | where isnull(properties.nothing)
    | summarize count() by tostring(state) | order by state asc
    """
    )
    assert rows == [
        {"state": "Connected", "count_": 1},
        {"state": "Disconnected", "count_": 1},
        {"state": "VM deallocated", "count_": 1},
        {"state": "VM running", "count_": 3},
    ]


def test_periodic_assessment(ask):
    """W2, W51."""
    rows = ask(
        MACHINES
        + """
    | extend mode = coalesce(properties.osProfile.windowsConfiguration.patchSettings.assessmentMode,
        properties.osProfile.linuxConfiguration.patchSettings.assessmentMode)
    | extend periodic = iff(isnotnull(mode) and mode =~ "automaticByPlatform", "Yes", "No")
    | summarize count() by periodic | sort by periodic desc
    """
    )
    assert [tuple(row.values()) for row in rows] == [("Yes", 2), ("No", 4)]


def test_patch_orchestration_by_name(ask):
    """W3, W53."""
    rows = ask(
        MACHINES
        + """
    | extend settings = iff(system == "windows", properties.osProfile.windowsConfiguration.patchSettings,
        properties.osProfile.linuxConfiguration.patchSettings)
    | extend mode = case(
        isempty(settings.patchMode), "N/A",
        settings.patchMode =~ "AutomaticByPlatform" and
            settings.automaticByPlatformSettings.bypassPlatformSafetyChecksOnUserSchedule == true, "Customer schedule",
        settings.patchMode =~ "AutomaticByPlatform", "Azure",
        settings.patchMode =~ "ImageDefault", "Image", "Other")
    | summarize count() by tostring(mode) | order by mode asc
    """
    )
    assert [tuple(row.values()) for row in rows] == [
        *(("Azure", 1), ("Customer schedule", 1), ("Image", 1), ("N/A", 2), ("Other", 1)),
    ]


def test_update_status_of_the_fleet(ask):
    """W4: a source in parentheses, a join on two names, long chains of conditions."""
    rows = ask(
        "("
        + MACHINES
        + ")"
        + """
    | join kind=leftouter ("""
        + ASSESSED
        + """
        | project machine, system2 = tostring(properties.osType), counts = properties.availablePatchCountByClassification,
            reboot = properties.rebootPending) on $left.machine == $right.machine
    | summarize total = count(),
        noData = countif(isnull(counts)),
        reboot = countif(isnotnull(counts) and reboot == "true"),
        pending = countif(isnotnull(counts) and ((system2 == "Windows" and (counts.critical > 0 or counts.security > 0
            or counts.updateRollup > 0 or counts.definition > 0)) or (system2 == "Linux" and
            (counts.security > 0 or counts.other > 0)))),
        none = countif((system2 == "Linux" and counts.security == 0 and counts.other == 0)
            or (counts.critical == 0 and counts.security == 0))
    | extend tiles = pack("total", total, "noData", noData, "reboot", reboot, "pending", pending, "none", none)
    | mv-expand tiles
    | extend title = tostring(bag_keys(tiles)[0])
    | project title, n = toint(tiles[title])
    """
    )
    found = {row["title"]: row["n"] for row in rows}
    assert found == {"total": 6, "noData": 3, "reboot": 1, "pending": 2, "none": 1}


def test_pending_updates_by_class(ask):
    """W5, W6: sums over members of a bag, a constant among the aggregates."""
    (row,) = ask(
        ASSESSED
        + """
    | extend counts = properties.availablePatchCountByClassification
    | summarize security = sumif(toint(counts.security), isnotnull(counts.security)),
        others = sum(toint(counts.definition) + toint(counts.tools)),
        machines = countif(toint(counts.security) > 0), unknown = 0
    """
    )
    assert row == {"security": 3, "others": 1, "machines": 2, "unknown": 0}


def test_most_frequent_pending_updates(ask):
    """W7, W8."""
    query = (
        PENDING
        + """
    | where {0}(properties.kbId)
    | join kind=inner ("""
        + MACHINES
        + """ | project machine, place = location) on machine
    | extend title = tostring(properties.patchName)
    | summarize count() by title, kind
    | order by count_ desc, title asc | take 10"""
    )
    assert [row["title"] for row in ask(query.format("isnotnull"))] == ["Defender", "Hotpatch"]
    assert [row["title"] for row in ask(query.format("isnull"))] == ["bash", "curl", "vim"]


def test_schedules_and_the_machines_of_one(ask):
    """W9, W10."""
    schedules = "resources | where ['type'] =~ 'microsoft.maintenance/maintenanceconfigurations'"
    (row,) = ask(schedules + " | project id, name, properties.maintenanceScope, tags")
    assert (row["name"], row["properties_maintenanceScope"]) == ("Monthly", "InGuestPatch")
    rows = ask("""
    maintenanceresources
    | where type =~ "microsoft.maintenance/configurationassignments"
    | where tolower(tostring(properties.maintenanceConfigurationId)) endswith "/monthly"
    | distinct tostring(tolower(properties.resourceId))
    """)
    assert len(rows) == 2
    assert "/subscriptions/s1" in {next(iter(row.values())) for row in rows}


def test_installations_by_status_in_a_time(ask):
    """W11, W38: a time of the properties, compared as it is and as a time."""
    query = """
    patchinstallationresources
    | where type =~ "microsoft.compute/virtualmachines/patchinstallationresults"
    | where {} > ago(7d)
    | summarize count() by tostring(properties.status) | order by properties_status asc"""
    expected = [{"properties_status": "Failed", "count_": 1}, {"properties_status": "Succeeded", "count_": 1}]
    assert ask(query.format("properties.lastModifiedDateTime")) == expected
    assert ask(query.format("todatetime(properties.lastModifiedDateTime)")) == expected


def test_runs_of_schedules(ask):
    """W12, W36, W37."""
    (row,) = ask("""
    maintenanceresources
    | where type =~ "microsoft.maintenance/maintenanceconfigurations/applyupdates"
    | extend started = todatetime(properties.startDateTime)
    | extend ended = iff(isempty(properties.endDateTime), datetime(null), todatetime(properties.endDateTime))
    | extend configuration = tolower(tostring(properties.maintenanceConfigurationId))
    | join kind=leftouter (
        resources
        | where type =~ "microsoft.maintenance/maintenanceconfigurations"
        | project configuration = tolower(id), labels = tags) on configuration
    | extend machines = strcat(properties.resourceUpdateSummary.succeeded, "/", properties.resourceUpdateSummary.total)
    | extend path = strcat_array(split(configuration, "/"), ">")
    | project-rename run = name
    | where started > ago(30d)
    | order by started desc | take 50
    | project run, status = tostring(properties.status), machines, owner = labels.owner, minutes = (ended - started) / 1m,
        path
    """)
    assert (row["run"], row["status"], row["machines"], row["owner"], row["minutes"]) == (
        *("20261114", "Succeeded", "1/2", "ops", 60.0),
    )
    assert row["path"].endswith("maintenanceconfigurations>monthly")


def test_history_of_both_tables(ask):
    """W13, W39, W41: two tables as one, two parse on one row, unnamed columns."""
    rows = ask("""
    patchassessmentresources
    | where type !has "softwarepatches"
    | parse type with * "/machines/" arc
    | parse id with * "achines/" machine "/patchAssessmentResults/" *
    | extend operation = "assessment"
    | union (
        patchinstallationresources
        | where type contains "patchinstallationresults" and type !contains "softwarepatches"
        | parse id with * "achines/" machine "/patchInstallationResults/" run
        | extend operation = "installation")
    | order by todatetime(properties.startDateTime) desc
    | take 1000
    | project machine, operation, run, tostring(properties.status)
    """)
    assert [tuple(row.values()) for row in rows if row["operation"] == "installation"] == [
        ("db-1", "installation", "00000003-0000-0000-0000-000000000000", "Failed"),
        ("web-1", "installation", "00000001-0000-0000-0000-000000000000", "Succeeded"),
        ("web-1", "installation", "00000002-0000-0000-0000-000000000000", "Succeeded"),
    ]
    # The literal is compared in its case, and the ids of the assessments are in capitals.
    assert {row["machine"] for row in rows if row["operation"] == "assessment"} == {""}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("true", {"Compliant": 1, "Non-Compliant": 2, "No updates data": 3}),
        ('type has "hybridcompute"', {"Non-Compliant": 1, "No updates data": 1}),
        ('system == "linux"', {"Compliant": 1, "Non-Compliant": 1}),
    ],
)
def test_compliance(ask, scope, expected):
    """W15 to W19, W21 to W25."""
    rows = ask(
        MACHINES
        + f"| where {scope}"
        + """
    | join kind=leftouter ("""
        + ASSESSED
        + """
        | project machine, properties) on machine
    | extend counts = properties1.availablePatchCountByClassification
    | extend status = case(isnull(properties1), "No updates data",
        toint(counts.security) > 0 or toint(counts.critical) > 0, "Non-Compliant", "Compliant")
    | summarize dcount(machine) by status
    """
    )
    assert {row["status"]: row["dcount_machine"] for row in rows} == expected


def test_a_share_as_a_sentence(ask):
    """W20, W26, W52, W55, W57: aggregates inside of expressions."""
    (row,) = ask(
        MACHINES
        + """
    | extend mode = tolower(coalesce(properties.osProfile.windowsConfiguration.patchSettings.assessmentMode,
        properties.osProfile.linuxConfiguration.patchSettings.assessmentMode))
    | summarize share = round(todouble(countif(mode != "automaticbyplatform")) / count() * 100, 2),
        words = strcat("across ", dcount(location), " places")
    | project strcat(share, "% ", words)
    """
    )
    assert row == {"Column1": "66.67% across 2 places"}


def test_places_for_a_list(column):
    """W27, W35, W42, W58."""
    assert sorted(column(MACHINES + "| distinct location")) == ["northeurope", "westeurope"]


def test_installed_updates_by_class_and_severity(ask):
    """W28 to W30, W32, W33."""
    (row,) = ask("""
    patchinstallationresources
    | parse tolower(type) with "microsoft.compute/" machineType "/patchinstallationresults/" part
    | where part == "softwarepatches" and properties.installationState =~ "Installed"
    | extend system = iff(isnull(properties.version), "Windows", "Linux")
    | summarize updates = dcount(id), machines = dcount(tostring(split(id, "/")[8]))
        by system, kind = tostring(properties.classifications[0]), tostring(properties.msrcSeverity)
    """)
    assert row == {
        **{
            "system": "Windows",
            "kind": "Security",
            "properties_msrcSeverity": "Important",
            "updates": 3,
            "machines": 1,
        },
    }


def test_most_installed(ask):
    """W31, W34: a rank by case, three keys of the order."""
    rows = ask("""
    patchinstallationresources
    | where type has "softwarepatches"
    | extend kb = tostring(properties.kbId), state = tostring(properties.installationState),
        severity = tostring(properties.msrcSeverity)
    | summarize machines = dcount(tolower(id)) by kb, state, severity
    | extend rank = case(severity == "Critical", 1, severity == "Important", 2, 3)
    | sort by rank asc, machines desc, kb asc
    | take 30
    | project-away rank
    """)
    assert [(row["kb"], row["state"]) for row in rows] == [
        *(("5066360", "Installed"), ("5066360", "Failed"), ("5066835", "Installed"), ("890830", "Installed")),
    ]


def test_assessments_by_status(ask):
    """W40."""
    rows = ask("""
    patchassessmentresources
    | where type in~ ('microsoft.compute/virtualmachines/patchassessmentresults',
        'microsoft.hybridcompute/machines/patchassessmentresults')
    | where todatetime(properties.lastModifiedDateTime) >= ago(30d)
    | summarize dcount(id) by status = tostring(properties.status)
    """)
    assert {row["status"]: row["dcount_id"] for row in rows} == {"Succeeded": 3, "InProgress": 1, "Failed": 1}


def test_pending_updates_by_age(ask):
    """W43 to W50."""
    rows = ask(
        PENDING
        + """
    | extend published = todatetime(properties.publishedDateTime)
    | extend age = case(isnull(published), "Others", published > ago(7d), "0-7", published > ago(14d), "7-14",
        published > ago(90d), "14-90", "more")
    | extend key = strcat(properties.patchName, "_", properties.kbId, "_", kind, "_", properties.version, "_", age, "_",
        iff(isnotnull(properties.msrcSeverity), tostring(properties.msrcSeverity), "NotAvailable"))
    | join kind=leftouter (resources | project machine = tolower(id), place = location) on machine
    | summarize updates = dcount(key), machines = dcount(machine) by age
    | sort by updates desc, age asc | take 10
    """
    )
    assert [tuple(row.values()) for row in rows] == [("7-14", 3, 2), ("Others", 1, 1), ("more", 1, 1)]


def test_restarts_that_are_pending(ask):
    """W54."""
    rows = ask(
        MACHINES
        + """
    | join kind=leftouter ("""
        + ASSESSED
        + """ | project machine, reboot = properties.rebootPending) on machine
    | where reboot == true
    | summarize count() by type
    """
    )
    assert rows == [{"type": "microsoft.compute/virtualmachines", "count_": 1}]


def test_critical_and_security_by_system(ask):
    """W56."""
    rows = ask(
        PENDING
        + """
    | where kind contains "critical" or kind contains "security"
    | extend system = case(isnull(properties.kbId), "Linux", "Windows")
    | summarize dcount(machine) by system
    """
    )
    assert {row["system"]: row["dcount_machine"] for row in rows} == {"Linux": 1, "Windows": 1}


def test_static_and_dynamic_assignments(ask):
    """W59 to W62."""
    assignments = """
    maintenanceresources
    | where type =~ "microsoft.maintenance/configurationassignments"
    | extend depth = array_length(split(id, "/")), configuration = tolower(properties.maintenanceConfigurationId)
    """
    rows = ask(
        assignments
        + """
    | join kind=leftouter (resources | where type =~ "microsoft.maintenance/maintenanceconfigurations"
        | project configuration = tolower(id), title = name) on configuration
    | summarize schedules = dcount(title), static = dcountif(id, not(depth == 7 or depth == 9)),
        dynamic = dcountif(id, depth == 7 or depth == 9)
    | project found = pack("schedules", schedules, "static", static, "dynamic", dynamic)
    | mv-expand found
    | project title = tostring(bag_keys(found)[0]), found
    """
    )
    assert [row["found"] for row in rows] == [{"schedules": 1}, {"static": 1}, {"dynamic": 1}]
    (static,) = ask(assignments + "| where not(depth == 7 or depth == 9) | project properties.resourceId")
    assert static["properties_resourceId"].endswith("/db-1")
    (dynamic,) = ask(assignments + "| where depth in (7, 9) | project criteria = properties['filter'].osTypes[0]")
    assert dynamic == {"criteria": "Windows"}
