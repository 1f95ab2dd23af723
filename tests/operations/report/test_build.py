"""The numbers of a report: restarts, those that hotpatch avoided, exposure, and what comes next."""

from datetime import date

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.operations.report.build import build
from tests.operations.machines import at, installed, machine
from tests.operations.report.conftest import NOW, YEAR


@pytest.fixture
def rows(report):
    return {row.name: row for row in report.rows}


def test_a_restart_is_avoided_by_each_hotpatch_that_came_without_one(rows):
    past = rows["web-1"].past
    assert past.restarts == (date(2026, 4, 16), date(2026, 6, 12), date(2026, 7, 16))
    assert past.avoided == (date(2026, 5, 14), date(2026, 8, 13))


def test_a_hotpatch_that_came_with_a_restart_avoided_none():
    (row,) = built(
        machine(build="26100.33222", installations=(installed("2026-08-13", "5120228", reboot="Completed"),))
    )
    assert row.past.avoided == ()


def test_exposure_counts_the_days_from_a_release_to_its_installation(rows):
    """May 12 to 14, June 9 to 12, July 14 to 16, August 11 to 13."""
    assert (rows["web-1"].past.exposed_days, rows["web-1"].past.longest) == (9, 3)


def test_a_machine_that_lacks_an_update_is_exposed_to_this_day(rows):
    assert rows["web-2"].past.exposed_days == 7 + 9
    assert rows["web-2"].open_days == 9


def test_exposure_is_not_known_where_the_installations_contradict_the_machine():
    runs = (installed("2026-08-13", reboot="Completed"), *YEAR[1:])
    (row,) = built(machine(build="26100.33222", installations=runs))
    assert (row.past.exposed_days, row.past.since) == (None, date(2026, 4, 16))
    (row,) = built(machine(build="26100.33222", installations=YEAR[1:]))
    assert row.past.exposed_days is None


def test_a_machine_without_installations_has_no_past(rows, report):
    assert rows["web-3"].past.since is None
    assert report.unknown_past == ["old-1", "web-3"]


def test_what_the_journal_kept_counts_beside_what_azure_knows():
    one = machine(build="26100.33222", installations=YEAR[:1])
    found = build("t", [one], {one.id.lower(): YEAR[1:]}, None, NOW, CALENDAR)
    assert (found.restarts, found.avoided) == (3, 2)


def test_the_year_is_twelve_months_and_the_twin_restarts_in_each_with_an_update(report):
    months = {month.first: (month.restarts, month.twins) for month in report.months}
    assert next(iter(months)) == date(2025, 9, 1)
    assert len(months) == 12
    assert months[date(2026, 5, 1)] == (0, 2)
    assert months[date(2026, 7, 1)] == (2, 2)


def test_what_comes_is_planned_or_possible(report):
    months = {month.first: (month.planned, month.possible, month.twins) for month in report.coming}
    assert months[date(2026, 10, 1)] == (4, 0, 4)
    planned, possible, twins = months[date(2026, 11, 1)]
    assert planned + possible == twins == 4
    assert planned == 1  # old-1 has no hotpatch


def test_an_installation_older_than_a_year_is_left_out():
    (row,) = built(machine(installations=(installed("2025-08-01", "5062553", reboot="Completed"),)))
    assert row.past.since is None


def built(one):
    return build("t", [one], {}, None, at("2026-08-20"), CALENDAR).rows
