"""The restart budget: what it allows, what breaks it, and on which day."""

from datetime import date

import pytest

from azure_hotpatch.domain.restarts import budget_problems

PAIR = {"name": "sql", "count": 2}
_ID = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/branch/providers"
AZURE_LOCAL = {
    "customLocationId": f"{_ID}/Microsoft.ExtendedLocation/customLocations/branch",
    "logicalNetworkId": f"{_ID}/Microsoft.AzureStackHCI/logicalNetworks/servers",
}
SCHEDULED = {"mode": "customerManagedSchedule"}


def told(settings, today):
    return {
        problem.path.removeprefix("maintenance.restartBudget."): problem for problem in budget_problems(settings, today)
    }


def test_a_stack_without_a_budget_is_not_judged(stack, today):
    assert budget_problems(stack(PAIR), today) == []


def test_hotpatch_stays_within_five_restarts_a_year(stack, today):
    assert told(stack(PAIR, restartBudget={"perYear": 5}), today) == {}


def test_two_unplanned_baselines_a_year_are_one_too_many_for_five(stack, today):
    found = told(stack(PAIR, restartBudget={"perYear": 5, "unplannedBaselines": 2}), today)
    assert "sql-01 may restart 6 times in 2027, and 5 are allowed" in found["perYear"].message
    assert "as early as 2027-10-12, with the baseline of 2027-10-12" in found["perYear"].message


def test_a_monthly_schedule_breaks_it_with_the_sixth_window(stack, schedule, today):
    found = told(stack(PAIR, **SCHEDULED, schedule=schedule, restartBudget={"perYear": 5}), today)
    assert "may restart 12 times in 2027" in found["perYear"].message
    assert "as early as 2027-06-12, with the cumulative update of 2027-06-08" in found["perYear"].message


def test_a_group_breaks_a_rule_once(stack, schedule, today):
    many = {"name": "web", "count": 20}
    assert len(budget_problems(stack(many, **SCHEDULED, schedule=schedule, restartBudget={"perYear": 5}), today)) == 1


def test_a_window_early_in_the_month_keeps_its_end_free(stack, schedule, today):
    budget = {"notInLastDaysOfMonth": 3}
    assert told(stack(PAIR, **SCHEDULED, schedule=schedule, restartBudget=budget), today) == {}


def test_the_last_saturday_of_a_month_does_not(stack, schedule, today):
    last = {**schedule, "recurrence": "Month Last Saturday"}
    found = told(stack(PAIR, **SCHEDULED, schedule=last, restartBudget={"notInLastDaysOfMonth": 3}), today)
    assert "sql-01 may restart on 2027-01-30, in the last 3 days of the month" in found["notInLastDaysOfMonth"].message


def test_azure_may_choose_the_end_of_a_month(stack, today):
    message = told(stack(PAIR, restartBudget={"notInLastDaysOfMonth": 3}), today)["notInLastDaysOfMonth"].message
    assert "sql-01 may restart on 2026-12-29" in message
    assert message.endswith("Azure chooses the night")


def test_one_window_restarts_both_of_a_pair(stack, schedule, today):
    found = told(stack(PAIR, **SCHEDULED, schedule=schedule, restartBudget={"apart": [["sql"]]}), today)
    assert "sql-01 and sql-02 may restart within one hour on 2026-12-12" in found["apart[0]"].message


def test_azure_keeps_the_zones_of_a_region_apart(stack, today):
    zones = {**PAIR, "zones": ["1", "2"]}
    assert told(stack(zones, restartBudget={"apart": [["sql"]]}), today) == {}
    assert "apart[0]" in told(stack(PAIR, restartBudget={"apart": [["sql-01", "sql-02"]]}), today)


def test_azure_keeps_paired_regions_apart(stack, today):
    there = {"name": "dr", "location": "northeurope"}
    assert told(stack({"name": "db"}, there, restartBudget={"apart": [["db", "dr"]]}), today) == {}


def test_an_availability_set_may_restart_two_in_an_hour(stack, today):
    assert "apart[0]" in told(stack({**PAIR, "availabilitySet": True}, restartBudget={"apart": [["sql"]]}), today)


def test_a_machine_that_is_scheduled_may_meet_one_that_azure_patches(stack, schedule, today):
    azure = {"name": "web", "patchingMode": "hotpatch"}
    found = told(
        stack({"name": "sql"}, azure, **SCHEDULED, schedule=schedule, restartBudget={"apart": [["sql", "web"]]}), today
    )
    assert "on 2026-12-12" in found["apart[0]"].message


@pytest.mark.parametrize(("hour", "apart"), [(5, False), (6, True)])
def test_an_hour_between_two_windows_is_enough(hour, apart, stack, today):
    """One window is open from 4 to 5."""
    groups = [
        {**AZURE_LOCAL, "name": name, "orchestration": {"tool": "groupPolicy", "installHour": at}}
        for name, at in (("first", 4), ("second", hour))
    ]
    found = told(stack(azure_local=groups, restartBudget={"apart": [["first", "second"]]}), today)
    assert (found == {}) is apart


def test_a_name_that_there_is_not_is_told_with_the_nearest(stack, today):
    found = told(stack(PAIR, restartBudget={"apart": [["sql-01", "slq-02"]]}), today)
    assert found["apart[0][1]"].meant == "sql-02"


def test_one_machine_is_no_pair(stack, today):
    assert "apart[0]" in told(stack(PAIR, restartBudget={"apart": [["sql-01"]]}), today)


def test_an_announced_baseline_counts_though_none_is_reckoned_with(stack, today):
    settings = stack(PAIR, restartBudget={"perYear": 4, "unplannedBaselines": 0})
    assert told(settings, today) == {}
    events = [{"day": "2027-02-09", "generation": "2022", "release": "unplannedBaseline", "source": "announced"}]
    announced = settings.model_copy(update={"calendar": type(settings.calendar).model_validate({"events": events})})
    assert "5 times in 2027" in told(announced, today)["perYear"].message


@pytest.mark.parametrize("budget", [{}, {"apart": []}, {"unplannedBaselines": 2}])
def test_a_budget_that_limits_nothing_is_refused(budget, stack):
    with pytest.raises(ValueError, match="the budget limits nothing"):
        stack(PAIR, restartBudget=budget)


def test_the_calendar_is_seen_from_the_day_of_the_preview(stack):
    settings = stack(PAIR, restartBudget={"perYear": 3})
    assert "2027" in told(settings, date(2026, 11, 29))["perYear"].message
    assert "2029" in told(settings, date(2028, 11, 29))["perYear"].message
