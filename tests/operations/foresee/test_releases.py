"""The calendar's lines, and how old what is known is."""

from datetime import date

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.operations.foresee.releases import entries, knowledge


def test_an_update_between_two_months_stands_between_them():
    found = entries(CALENDAR, "2025", date(2025, 10, 1), date(2025, 11, 30), date(2026, 11, 29))
    assert [str(entry.release) for entry in found] == [
        "baseline",
        "out-of-band update",
        "out-of-band update",
        "out-of-band hotpatch",
        "hotpatch",
        "out-of-band update",
    ]


def test_it_says_how_long_a_machine_is_off_the_track():
    found = entries(CALENDAR, "2025", date(2025, 10, 23), date(2025, 10, 23), date(2026, 11, 29))
    assert [entry.meaning for entry in found] == [
        "out-of-band update: a restart, and no hotpatch until 2026-01-13 for machines that take it"
    ]


def test_the_age_of_the_record_is_said():
    assert str(knowledge(CALENDAR, "2022", date(2026, 11, 29))) == (
        "The record goes to 2026-09-08, 82 days ago; 2 months since are not in it: "
        "`hotpatch calendar update` takes newer ones."
    )


def test_a_record_that_lacks_nothing_says_so():
    assert str(knowledge(CALENDAR, "2022", date(2026, 10, 12))) == "The record goes to 2026-09-08."
    assert knowledge(CALENDAR, "2022", date(2026, 10, 13)).missing_months == 1
