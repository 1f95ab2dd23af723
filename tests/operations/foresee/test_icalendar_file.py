"""The iCalendar file, read back as RFC 5545 has it."""

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar as Read

from azure_hotpatch.domain.azure.calendar import CALENDAR, PatchEvent, Release, ReleaseSource
from azure_hotpatch.operations.foresee.icalendar_file import icalendar
from azure_hotpatch.operations.foresee.releases import entries

TODAY = date(2026, 11, 29)
STAMP = datetime(2026, 11, 29, tzinfo=UTC)


def read(calendar=CALENDAR, today=TODAY, generation="2022"):
    found = entries(calendar, generation, date(2022, 2, 1), date(2027, 12, 31), today)
    return Read.from_ical(icalendar(found, STAMP))


@pytest.fixture
def events():
    return {str(event["uid"]): event for event in read().walk("VEVENT")}


def test_is_a_calendar_that_outlook_takes():
    calendar = read()
    assert calendar["version"] == "2.0"
    assert "method" not in calendar  # which would need an organizer of each event
    assert calendar["prodid"]
    assert calendar.errors == []


def test_every_event_has_what_the_standard_demands(events):
    assert len(events) == len(read().walk("VEVENT"))
    for event in events.values():
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"} <= set(event)
        assert (event.decoded("dtend") - event.decoded("dtstart")).days == 1
        assert not isinstance(event.decoded("dtstart"), datetime)
        assert event.decoded("dtstamp").tzinfo is not None
        assert event.errors == []


def test_a_release_is_an_event_with_its_kb(events):
    august = events["ws2022-2024-08@hotpatch-calendar.azure-hotpatch"]
    assert str(august["summary"]) == "Windows Server 2022: unplanned baseline KB5041160"
    assert august.decoded("dtstart") == date(2024, 8, 13)
    assert str(august["status"]) == "CONFIRMED"


def test_what_is_planned_is_tentative(events):
    planned = events["ws2022-2027-01@hotpatch-calendar.azure-hotpatch"]
    assert (str(planned["status"]), planned.decoded("dtstart")) == ("TENTATIVE", date(2027, 1, 12))


def test_out_of_band_updates_are_events_of_their_own(events):
    safe = events["ws2022-kb5078238@hotpatch-calendar.azure-hotpatch"]
    assert "no restart" in str(safe["description"])


def test_a_planned_month_keeps_its_uid_when_it_has_come(events):
    came = PatchEvent(date(2026, 12, 8), "2022", Release.UNPLANNED_BASELINE, ReleaseSource("notes"), 6000, "KB5200000")
    later = read(CALENDAR.extended([came]), today=date(2026, 12, 9))
    assert set(events) == {str(event["uid"]) for event in later.walk("VEVENT")}


def test_lines_are_folded_as_the_standard_demands():
    found = entries(CALENDAR, "2025", date(2024, 11, 1), TODAY, TODAY)
    lines = icalendar(found, STAMP).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in b"".join(lines)


def test_the_same_calendar_is_the_same_file():
    found = entries(CALENDAR, "2022", date(2022, 2, 1), TODAY, TODAY)
    assert icalendar(found, STAMP) == icalendar(found, STAMP)
