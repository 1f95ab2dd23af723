"""The shapes of the queries of Microsoft's documentation and repositories, in other words."""

MACHINE = "/subscriptions/s1/resourceGroups/Fleet/providers/Microsoft.Compute/virtualMachines"


def test_pending_counts_of_all_machines(ask):
    """D1."""
    rows = ask("""
    PatchAssessmentResources
    | where type !has "softwarepatches"
    | extend prop = parse_json(properties)
    | extend machine = split(id, "/", 8), counts = prop.availablePatchCountByClassification
    | project name = tostring(machine), counts.security, counts.other
    | where isnotnull(counts_other)
    """)
    assert rows == [
        {"name": '["LIN-1"]', "counts_security": 0, "counts_other": 0},
        {"name": '["ARC-2"]', "counts_security": 2, "counts_other": 1},
    ]


def test_installations_of_seven_days(ask):
    """D2: an argument with a name, which is the column's."""
    (row, _) = ask("""
    patchinstallationresources
    | where type !has "softwarepatches"
    | extend machineName = tostring(split(id, "/", 8)), resourceType = tostring(split(type, "/", 0)),
        tostring(rgName = split(id, "/", 4))
    | extend prop = parse_json(properties)
    | extend lTime = todatetime(prop.lastModifiedDateTime), OS = tostring(prop.osType),
        installedPatchCount = tostring(prop.installedPatchCount), runId = prop.maintenanceRunId
    | where lTime > ago(7d)
    | project lTime, RunID = name, machineName, rgName, resourceType, OS, installedPatchCount
    """)
    assert (row["machineName"], row["rgName"], row["resourceType"]) == (
        '["web-1"]',
        '["Fleet"]',
        '["microsoft.compute"]',
    )
    assert (row["OS"], row["installedPatchCount"], row["lTime"]) == ("Windows", "2", "2026-11-14T22:05:00.0000000Z")


def test_installed_updates(column):
    """D3, D4."""
    query = """
    patchinstallationresources
    | where type has "softwarepatches" and properties {0} "version"
    | extend machineName = tostring(split(id, "/", 8)), patch = tostring(properties.patchName)
    | where tostring(properties.installationState) == "Installed"
    | sort by patch asc
    | project patch"""
    assert column(query.format("!has")) == ["5066360", "5066835", "890830"]
    assert column(query.format("has")) == []


def test_the_runs_of_one_machine(column):
    """D5."""
    query = f"""
    maintenanceresources
    | where ['type'] == "microsoft.maintenance/applyupdates" and ['id'] contains "{MACHINE}/db-1"
    | project ['properties'].status"""
    assert column(query) == ["Failed"]


def test_machines_by_availability(ask):
    """H1."""
    rows = ask("""
    HealthResources
    | where type =~ 'microsoft.resourcehealth/availabilitystatuses'
    | summarize count() by subscriptionId, AvailabilityState = tostring(properties.availabilityState)
    | order by AvailabilityState asc
    """)
    assert [tuple(row.values()) for row in rows] == [("s1", "Available", 2), ("s1", "Unavailable", 1)]


def test_the_machines_of_a_run(column):
    """U7."""
    query = """
    maintenanceresources
    | where type =~ "microsoft.maintenance/applyupdates"
    | where properties.correlationId has "run-1"
    | where id has "/providers/microsoft.maintenance/applyupdates"
    | project id, resourceId = tostring(properties.resourceId), properties.status
    | order by id asc"""
    assert [one.split("/")[8] for one in column(query)] == ["db-1", "web-1"]


def test_flexible_sets_whose_members_patch_by_hand(column):
    """A1."""
    query = """
    resources
    | where type == "microsoft.compute/virtualmachinescalesets" and properties.orchestrationMode == "Flexible"
    | project id
    | join kind=inner (
        resources
        | where type == "microsoft.compute/virtualmachines"
        | project id = tostring(properties.virtualMachineScaleSet.id),
            mode = tostring(properties.osProfile.windowsConfiguration.patchSettings.patchMode)) on id
    | where mode !in ("AutomaticByPlatform", "AutomaticByOS")
    | distinct id
    | union (resources | where type == "microsoft.compute/nothing" | project id)"""
    assert [one.rsplit("/", 1)[-1] for one in column(query)] == ["flex"]


def test_machines_without_a_schedule(column):
    """A2: a join inside of a join."""
    query = """
    resources
    | where type =~ "microsoft.compute/virtualmachines"
    | extend machine = tolower(id)
    | join kind=leftouter (
        maintenanceresources
        | where type =~ "microsoft.maintenance/configurationassignments"
        | extend parsed = parse_json(properties)
        | project machine = tolower(parsed.resourceId), schedule = tolower(parsed.maintenanceConfigurationId)
        | join kind=inner (resources | where type endswith "maintenanceconfigurations"
            | project schedule = tolower(id), title = strcat("schedule ", name)) on schedule
        | project machine, title) on machine
    | where isempty(title)
    | project name"""
    assert column(query) == ["web-1", "lin-1", "flex-1"]


def test_machines_outside_of_a_set(column):
    """A3."""
    query = """
    resources
    | where type =~ 'Microsoft.Compute/virtualMachines'
    | where isnull(properties.virtualMachineScaleSet.id)
    | project name"""
    assert column(query) == ["web-1", "db-1", "lin-1"]
