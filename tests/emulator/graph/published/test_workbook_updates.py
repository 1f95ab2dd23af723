"""The shapes of the queries about updates in Update Manager's workbooks (numbers as in their order there)."""

PENDING = """
patchassessmentresources
| where type has "softwarepatches"
| extend machine = tostring(split(tolower(id), "/patchassessmentresults/")[0])
| extend kind = tostring(properties.classifications[0])
"""


def test_most_frequent_pending_updates(ask):
    """W7, W8."""
    query = (
        PENDING
        + """
    | where {0}(properties.kbId)
    | join kind=inner (resources | project machine = tolower(id), place = location) on machine
    | extend title = tostring(properties.patchName)
    | summarize count() by title, kind
    | order by count_ desc, title asc | take 10"""
    )
    assert [row["title"] for row in ask(query.format("isnotnull"))] == ["Defender", "Hotpatch"]
    assert [row["title"] for row in ask(query.format("isnull"))] == ["bash", "curl", "vim"]


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
    | project run, status = tostring(properties.status), machines, owner = labels.owner,
        minutes = (ended - started) / 1m,
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
        "system": "Windows",
        "kind": "Security",
        "properties_msrcSeverity": "Important",
        "updates": 3,
        "machines": 1,
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
