"""The shapes of the queries about machines in Update Manager's workbooks (numbers as in their order there)."""

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
    | project title, count = tolong(tiles[title]),
        icon = case(title == "Azure", "cloud", title == "Arc", "server", "os")
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
        | project machine, system2 = tostring(properties.osType),
            counts = properties.availablePatchCountByClassification,
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
