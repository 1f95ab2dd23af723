"""`hotpatch forecast`: a stack's file or machines that run, in each form, and the budget's judgement."""

import csv
import io
import json

import pytest

ON = "--on=2026-11-29"
SCHEDULE = {"start": "2026-12-05 02:00", "recurrence": "saturdayAfterPatchTuesday"}


@pytest.fixture
def stack(write):
    """Writes a stack's file with one group of machines and gives its name."""

    def written(**maintenance):
        fleet = {"machines": [{"name": "web", "count": 2}]}
        config = {"azure-hotpatch:fleet": fleet, "azure-hotpatch:maintenance": maintenance, "azure:location": "x"}
        return write("Pulumi.dev.yaml", {"config": config})

    return written


def machine(**more):
    return {
        "id": "/vm",
        "type": "Microsoft.Compute/virtualMachines",
        "name": "web",
        "resourceGroup": "fleet",
        "subscription": "s",
        "location": "westeurope",
        "osVersion": "10.0.20348.5622",
        "settings": {"patchMode": "AutomaticByPlatform", "enableHotpatching": True},
        "tags": {"costCentre": "4711"},
        **more,
    }


def test_shows_a_range_beside_the_plan_and_its_method(hotpatch, stack):
    out = hotpatch("forecast", stack(), ON).out
    assert "4 (4-7)" in out
    assert "6 unplanned in the 56 months from 2022-02 to 2026-09" in out
    assert "2027-01-12 to 2027-02-11" in out


def test_shows_the_window_of_a_schedule(hotpatch, stack):
    out = hotpatch("forecast", stack(mode="customerManagedSchedule", schedule=SCHEDULE), ON).out
    assert "2026-12-12 02:00 to 05:00 UTC" in out


def test_writes_every_restart_as_csv(hotpatch, stack):
    rows = list(csv.DictReader(io.StringIO(hotpatch("forecast", stack(), ON, "--format=csv").out)))
    assert len(rows) == 24
    assert [row["released"] for row in rows if row["certain"] == "True"][:4] == [
        "2027-01-12",
        "2027-04-13",
        "2027-07-13",
        "2027-10-12",
    ]


def test_foresees_machines_that_run(hotpatch, write):
    behind = machine(name="behind", osVersion="10.0.20348.5499")
    name = write("machines.json", {"machines": [machine(), {"machine": behind, "hotpatch": "Enabled"}]})
    found = json.loads(hotpatch("forecast", f"--machines={name}", ON, "--format=json").out)["machines"]
    assert [one["restarts"]["planned"] for one in found] == [4, 5]
    assert found[1]["remark"] == "off the hotpatch track until 2027-01-12"


def test_a_number_never_hides_its_range(hotpatch, stack):
    """In 60 months, more than the record has."""
    assert "20 (22-27)" in hotpatch("forecast", stack(), ON, "--months=60").out


def test_a_day_is_not_foreseen_with_what_came_later(hotpatch, stack):
    """The baseline of June 2026 was not planned."""
    out = hotpatch("forecast", stack(), "--on=2026-01-20", "--format=csv").out
    june = [row for row in csv.DictReader(io.StringIO(out)) if row["released"] == "2026-06-09"]
    assert {(row["cause"], row["certain"]) for row in june} == {("unplanned baseline", "False")}
    assert "The record goes to 2026-01-13." in hotpatch("calendar", "--on=2026-01-20").out


def test_what_is_due_is_counted_and_said(hotpatch, write):
    name = write("machines.json", [machine(osVersion="10.0.20348.3745")])
    outcome = hotpatch("forecast", f"--machines={name}", "--on=2025-07-12")
    assert "5 (5-8)" in outcome.out
    assert "the update of 2025-07-08 is due" in outcome.out
    assert "An update that is out and not installed yet is counted too" in outcome.out


def test_a_day_before_hotpatch_is_refused(hotpatch, stack):
    outcome = hotpatch("forecast", stack(), "--on=2021-01-01")
    assert (outcome.code, outcome.err) == (
        3,
        "hotpatch: on 2021-01-01 Windows Server 2022 had no hotpatch: its first came on 2021-11-09\n",
    )


def test_names_machines_that_cannot_be_foreseen(hotpatch, write):
    name = write("machines.json", [machine(), machine(name="linux", osVersion=None)])
    outcome = hotpatch("forecast", f"--machines={name}", ON)
    assert outcome.err == "No Windows Server with hotpatch, and not foreseen: linux.\n"


@pytest.mark.parametrize(("content", "words"), [(b"[", "is not JSON"), ({}, "is not a list of machines")])
def test_refuses_what_are_no_machines(content, words, hotpatch, write):
    outcome = hotpatch("forecast", f"--machines={write('machines.json', content)}", ON)
    assert (outcome.code, outcome.err.count("\n")) == (3, 1)
    assert words in outcome.err


def test_reports_every_mistake_in_machines(hotpatch, write):
    wrong = [machine(location=5, assessment={"status": "Succeeded", "at": "soon"}), machine(resourceGroup=None)]
    outcome = hotpatch("forecast", f"--machines={write('machines.json', wrong)}", ON)
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("hotpatch: 3 values are wrong in the machines of machines.json, ")
    assert outcome.err.splitlines()[1:] == [
        "  machines[0].location: is not a string",
        "  machines[0].assessment.at: is not valid",
        "  machines[1].resourceGroup: is not a string",
    ]


def test_tells_as_many_mistakes_in_machines_as_a_person_reads(hotpatch, write):
    outcome = hotpatch("forecast", f"--machines={write('machines.json', [{}] * 100)}", ON)
    assert len(outcome.err.splitlines()) == 22
    assert outcome.err.splitlines()[-1] == "  … and 580 more"


def test_a_time_without_a_zone_is_in_utc(hotpatch, write):
    known = {"status": "Succeeded", "at": "2026-11-23T00:00:00"}
    name = write("machines.json", [machine(assessment=known, name="half \ud800")])
    outcome = hotpatch("report", f"--machines={name}", "page.html", "--at=2026-11-24T00:00:00Z")
    assert (outcome.code, outcome.err) == (0, "")


def test_a_budget_that_holds_is_said_to_hold(hotpatch, stack):
    outcome = hotpatch("forecast", stack(restartBudget={"perYear": 5}), "--check", ON)
    assert (outcome.code, outcome.err) == (0, "")


def test_a_budget_that_breaks_is_told_with_its_date(hotpatch, stack):
    broken = stack(mode="customerManagedSchedule", schedule=SCHEDULE, restartBudget={"perYear": 5})
    outcome = hotpatch("forecast", broken, "--check", ON)
    assert outcome.code == 1
    assert "maintenance.restartBudget.perYear: web-01 may restart 12 times in 2027" in outcome.out
    assert "2027-06-12" in outcome.out


def test_there_must_be_a_budget_to_check(hotpatch, stack):
    assert hotpatch("forecast", stack(), "--check", ON).code == 3


def test_wrong_settings_are_told_all_at_once(hotpatch, write):
    config = {"azure-hotpatch:fleet": {"machines": [{"name": "1"}]}, "azure-hotpatch:maintenance": {"mode": "hot"}}
    outcome = hotpatch("forecast", write("Pulumi.dev.yaml", {"config": config}), ON)
    assert outcome.code == 3
    assert "2 settings are wrong" in outcome.err


@pytest.mark.parametrize("arguments", [(), ("a.yaml", "--machines=b.json"), ("nothing.yaml",)])
def test_needs_one_thing_to_foresee(arguments, hotpatch):
    assert hotpatch("forecast", *arguments).code == 3
