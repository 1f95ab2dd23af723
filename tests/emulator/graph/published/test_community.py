"""The shapes of queries that administrators have published, in other words."""

import pytest


def test_assessments_and_their_patches(ask):
    """U1, U2, U3: split() by number, tobool, sets of at most six."""
    rows = ask("""
    patchassessmentresources
    | where type contains "softwarepatches"
    | extend machine = tostring(split(id, "/")[8]), published = todatetime(properties.publishedDateTime)
    | summarize security = countif(tostring(properties.classifications[0]) contains "Security"),
        total = count(), titles = make_set(tostring(properties.patchName), 2) by machine
    | order by machine asc
    """)
    assert [tuple(row.values()) for row in rows] == [
        *(("arc-2", 2, 3, ["bash", "curl"]), ("web-1", 1, 2, ["Hotpatch", "Defender"])),
    ]
    (row,) = ask("""
    patchassessmentresources
    | where type !contains "softwarepatches" and tobool(properties.rebootPending)
    | project machine = tolower(tostring(split(id, "/")[8])), when = todatetime(properties.lastModifiedDateTime)
    """)
    assert row["machine"] == "web-1"


def test_history_of_thirty_days(ask):
    """U4: a literal that fits two kinds of machines."""
    rows = ask("""
    patchassessmentresources
    | where type !has "softwarepatches"
    | union (patchinstallationresources | where type !has "softwarepatches")
    | where todatetime(properties.startDateTime) > ago(30d)
    | parse tolower(id) with * 'achines/' machine '/patch' kind 'results' *
    | summarize n = count() by kind
    """)
    assert {row["kind"]: row["n"] for row in rows} == {"assessment": 5, "installation": 2}


def test_the_last_run_of_a_schedule_and_what_it_installed(ask):
    """U5, U6."""
    rows = ask("""
    maintenanceresources
    | where type == "microsoft.maintenance/maintenanceconfigurations/applyupdates"
    | where tolower(properties.maintenanceConfigurationId) endswith "/monthly"
    | top 1 by todatetime(properties.startDateTime) desc
    | project run = name, early = datetime_add("minute", -15, todatetime(properties.startDateTime)), schedule =
        tolower(tostring(split(id, "/applyUpdates/")[0]))
    | join kind=inner (
        patchinstallationresources
        | where type !has "softwarepatches"
        | extend parts = split(properties.maintenanceRunId, "/providers/microsoft.maintenance/apply")
        | extend schedule = tolower(tostring(parts[0]))
        | project schedule, installation = tolower(id), started = todatetime(properties.startDateTime)) on schedule
    | join kind=inner (
        patchinstallationresources
        | where type has "softwarepatches"
        | project installation = tolower(tostring(split(id, "/softwarePatches/")[0])),
            patch = tostring(properties.patchName),
            state = tostring(properties.installationState)) on installation
    | where started > early
    | distinct run, patch, state, schedule, started
    | order by patch asc, state asc
    """)
    assert [(row["patch"], row["state"]) for row in rows] == [
        *(("5066360", "Failed"), ("5066360", "Installed"), ("890830", "Installed")),
    ]


def test_machines_that_failed_within_a_day(column):
    """U8: the table through arg()."""
    query = """
    arg('').patchinstallationresources
    | where type in ("microsoft.compute/virtualmachines/patchinstallationresults")
    | where properties.status == "Failed" and todatetime(properties.lastModifiedDateTime) > ago(1d)
    | parse id with * "/virtualMachines/" machine "/" *
    | distinct machine"""
    assert column(query) == ["db-1"]


def test_why_there_is_no_data(ask):
    """U9."""
    rows = ask("""
    resources
    | where type =~ "microsoft.hybridcompute/machines"
    | extend machine = tolower(id), power = tostring(properties.status)
    | union (resources | where type =~ "microsoft.compute/virtualmachines" | extend machine = tolower(id),
        power = tostring(properties.extended.instanceView.powerState.displayStatus))
    | join kind=leftouter (patchassessmentresources | where type !has "softwarepatches"
        | project machine = tostring(split(tolower(id), "/patchassessmentresults")[0]),
            status = tostring(properties.status),
            waiting = tobool(properties.rebootPending)) on machine
    | extend reason = case(isnull(status), "never null", isempty(status) and power !in ("VM running", "Connected"),
        strcat("off: ", power), isempty(status), "never assessed",
        status != "Succeeded", strcat("assessment: ", status), "")
    | where isnotempty(reason)
    | project name, reason | order by name asc
    """)
    assert [tuple(row.values()) for row in rows] == [
        *(("arc-1", "assessment: InProgress"), ("db-1", "off: VM deallocated"), ("flex-1", "assessment: Failed")),
    ]


def test_a_join_that_forgets_the_case(ask):
    """U10 to U12: the ids of assessments may be in another case than the machine's."""
    query = """
    resources
    | where type =~ "microsoft.compute/virtualmachines" and tags.ring =~ "one"
    | join kind=leftouter (patchassessmentresources
        | where type !contains "softwarepatches"
        | extend machine = {0}(tostring(split(id, "/patchAssessmentResults")[0])),
            security = toint(extract("\\"security\\":(\\\\d+)", 1, tostring(properties)))
        | project machine, security) on $left.{1} == $right.machine
    | order by security desc, name asc | project name, security"""
    missed = query.format("tostring", "id")
    assert {row["security"] for row in ask(missed)} == {None}
    found = ask(query.replace("and tags", "| extend low = tolower(id) | where tags").format("tolower", "low"))
    assert [tuple(row.values()) for row in found][:2] == [("web-1", 1), ("flex-1", 0)]


def test_runs_and_installations_of_a_month(ask):
    """U13, U14."""
    (row,) = ask("""
    patchinstallationresources
    | where type !has "softwarepatches"
    | extend started = todatetime(properties.startDateTime)
    | where started >= datetime('2026-11-01') and started < datetime('2026-12-01T00:00:00Z')
    | summarize installed = sum(coalesce(toint(properties.installedPatchCount), 0)),
        pending = sum(coalesce(toint(properties.pendingPatchCount), 0)), runs = count()
    """)
    assert row == {"installed": 2, "pending": 0, "runs": 2}


def test_machines_of_arc_alone(column):
    """U15."""
    query = """
    patchassessmentresources
    | where type == "microsoft.hybridcompute/machines/patchassessmentresults"
        or type == "microsoft.hybridcompute/machines/patchassessmentresults/softwarepatches"
    | extend machine = split(tolower(id), "/patchassessmentresults/")[0]
    | summarize count() by tostring(machine)
    | order by count_ desc"""
    assert [one.rsplit("/", 1)[-1] for one in column(query)] == ["arc-2", "arc-1"]


def test_a_name_cut_out_of_an_id(column):
    """U16: positions and arithmetic."""
    query = """
    patchinstallationresources
    | where type !has "softwarepatches"
    | extend low = tolower(id)
    | extend start = indexof(low, "/virtualmachines/") + 17, ending = indexof(low, "/patchinstallationresults")
    | extend machine = substring(low, start, ending - start)
    | distinct machine"""
    assert column(query) == ["web-1", "db-1"]


def test_failed_runs_with_each_error(ask):
    """U17."""
    rows = ask("""
    patchinstallationresources
    | where type !has "softwarepatches" and properties.status != "Succeeded"
    | mv-expand error = properties.errorDetails.details
    | extend words = replace_string(tostring(error.message), "'", "")
    | distinct name, tostring(error.code), words
    """)
    assert [tuple(row.values())[1:] for row in rows] == [("0x8024402C", "a proxy"), ("0x80070005", "")]


def test_health_and_the_state_of_configuration(column):
    """H2."""
    query = """
    resources
    | where type =~ "microsoft.compute/virtualmachines"
    | project id = tolower(id), name
    | join kind=leftouter (healthresources
        | extend id = tostring(split(tolower(id), '/providers/microsoft.resourcehealth/')[0])
        | project id, health = tostring(properties.availabilityState)) on id
    | project-away id1
    | where isempty(health) | project name"""
    assert column(query) == ["flex-1"]


def test_instances_of_azure_local(ask):
    """L1: parse by a pattern that ignores case."""
    (row,) = ask("""
    extensibilityresources
    | where type =~ "microsoft.azurestackhci/virtualmachineinstances"
    | parse kind=regex flags=i id with machine "/PROVIDERS/microsoft\\\\.azurestackhci/virtualmachineinstances/[a-z]+"
    | project machine = tolower(machine), power = tostring(properties.status.powerState)
    | join kind=inner (resources | where type in~ ("microsoft.hybridcompute/machines")
        | project machine = tolower(id), title = name) on machine
    """)
    assert (row["title"], row["power"]) == ("arc-1", "Running")


def test_pending_by_version(ask):
    """R1."""
    rows = ask("""
    patchassessmentresources
    | where type contains "softwarepatches" and properties.classifications contains "security"
    | summarize updates = count() by tostring(properties.version) | order by updates desc, properties_version asc
    """)
    assert [tuple(row.values()) for row in rows] == [("", 1), ("5.2", 1), ("8.0", 1)]


def test_power_of_chosen_machines(ask):
    """R2."""
    base = "/subscriptions/s1/resourceGroups/Fleet/providers/Microsoft.Compute/virtualMachines"
    rows = ask(f"""
    resources
    | where id in~ ("{base.lower()}/WEB-1", "{base}/db-1")
    | extend props = todynamic(properties)
    | project name, power = split(props.extended.instanceView.powerState.displayStatus, " ")[1]
    """)
    assert rows == [{"name": "web-1", "power": "running"}, {"name": "db-1", "power": "deallocated"}]


@pytest.mark.parametrize(("operator", "count"), [("startswith", 9), ("!startswith", 0)])
def test_subscriptions_that_are_left_out(ask, operator, count):
    """R3."""
    query = f"""
    resources
    | extend place = strcat("/", split(id, "/")[1], "/", split(id, "/")[2])
    | where place {operator} "/subscriptions/S1"
    | count"""
    assert ask(query) == [{"Count": count}]


def test_latest_is_in_the_id_alone(ask):
    """Two published tools look for it in the type, and find nothing."""
    query = "patchassessmentresources | where type =~ 'microsoft.compute/virtualmachines/patchassessmentresults/latest'"
    assert ask(query) == []


def test_the_source_may_begin_with_a_mark_of_its_encoding(ask):
    assert ask("\ufeff// machines\nresources // all\n| count;") == [{"Count": 9}]
