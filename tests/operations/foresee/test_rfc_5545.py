"""The iCalendar file by the letter of RFC 5545, read by a parser of the test's own: the file's writer is no witness."""

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR, PatchEvent, Release, ReleaseSource
from azure_hotpatch.operations.foresee.icalendar_file import icalendar
from azure_hotpatch.operations.foresee.releases import entries

TODAY = date(2026, 11, 29)
# 3.1: name *(";" param) ":" value, with parameter values that may be quoted.
LINE = re.compile(
    r'(?P<name>[A-Za-z0-9-]+)(?P<parameters>(?:;[A-Za-z0-9-]+=(?:"[^"\x00-\x08]*"|[^";:,]*))*):(?P<value>.*)'
)
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # 3.1: no control characters but the horizontal tab
TEXT = re.compile(r"(?:[^\\,;\n]|\\[\\;,Nn])*")  # 3.3.11: what must be escaped is
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "STATUS", "TRANSP", "CLASS", "SEQUENCE"}
VALUES = {
    "DTSTAMP": re.compile(r"\d{8}T\d{6}Z"),  # 3.8.7.2: in UTC
    "DTSTART": re.compile(r"\d{8}"),
    "DTEND": re.compile(r"\d{8}"),
    "STATUS": re.compile("TENTATIVE|CONFIRMED|CANCELLED"),  # 3.8.1.11, of an event
    "TRANSP": re.compile("OPAQUE|TRANSPARENT"),
    "CALSCALE": re.compile("GREGORIAN"),
    "VERSION": re.compile(r"2\.0"),
    "SUMMARY": TEXT,
    "DESCRIPTION": TEXT,
    "UID": TEXT,
    "X-WR-CALNAME": TEXT,
    "CATEGORIES": re.compile(r"(?:[^\\;\n]|\\[\\;,Nn])*"),  # a list of texts
}


def unfolded(content):
    """The content lines; each line of the file is at most 75 octets, and ends with CRLF."""
    assert content.endswith(b"\r\n")
    assert not CONTROL.search(content)
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
    lines = []
    for line in content[:-2].split(b"\r\n"):
        assert 0 < len(line) <= 75
        line.decode("utf-8")  # no character is parted between two lines
        if line[:1] in (b" ", b"\t"):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return [line.decode("utf-8") for line in lines]


def components(lines):
    """Each component as (name, properties), the whole calendar last; properties are (name, parameters, value)."""
    found, open_ones = [], []
    for line in lines:
        match = LINE.fullmatch(line)
        assert match, line
        name, value = match["name"].upper(), match["value"]
        if name == "BEGIN":
            open_ones.append((value, []))
        elif name == "END":
            ended = open_ones.pop()
            assert ended[0] == value
            found.append(ended)
        else:
            parameters = dict(one.split("=", 1) for one in match["parameters"].split(";")[1:])
            open_ones[-1][1].append((name, parameters, value))
    assert open_ones == []
    return found


def plain(value):
    return re.sub(r"\\([\\;,Nn])", lambda match: "\n" if match[1] in "Nn" else match[1], value)


def file_of(generation="2022", today=TODAY, calendar=CALENDAR, first=date(2022, 2, 1)):
    found = entries(calendar, generation, first, date(2027, 12, 31), today)
    return icalendar(found, datetime.combine(today, datetime.min.time(), UTC))


def events_of(content):
    parsed = components(unfolded(content))
    return [{name: (parameters, value) for name, parameters, value in one} for kind, one in parsed if kind == "VEVENT"]


@pytest.mark.parametrize(("generation", "first"), [("2022", date(2022, 2, 1)), ("2025", date(2024, 11, 1))])
def test_every_line_is_as_the_standard_has_it(generation, first):
    parsed = components(unfolded(file_of(generation, first=first)))
    (kind, of_calendar), *rest = reversed(parsed)
    assert kind == "VCALENDAR"
    assert Counter(name for name, _, _ in of_calendar) >= Counter({"PRODID": 1, "VERSION": 1})  # 3.6: each exactly once
    assert {kind for kind, _ in rest} == {"VEVENT"}
    for _, properties in parsed:
        counts = Counter(name for name, _, _ in properties)
        assert all(counts[name] <= 1 for name in ONCE)
        for name, _, value in properties:
            assert VALUES.get(name, re.compile(".*")).fullmatch(value), (name, value)
    for _, properties in rest:
        assert {"UID", "DTSTAMP", "DTSTART"} <= {name for name, _, _ in properties}  # 3.6.1


def test_an_event_lasts_one_day_and_its_end_is_the_day_after():
    for event in events_of(file_of()):
        assert event["DTSTART"][0] == event["DTEND"][0] == {"VALUE": "DATE"}  # 3.8.2.2: both of one type
        begin, end = (datetime.strptime(event[name][1], "%Y%m%d").date() for name in ("DTSTART", "DTEND"))
        assert end - begin == timedelta(days=1)  # 3.6.1: the end is not in it


def test_what_a_release_says_is_escaped_and_comes_back():
    note = (
        'commas, semicolons; a back\\slash, "quotes",\ntwo lines, and Grüße 補丁 🩹 that are folded between octets' * 3
    )
    source = ReleaseSource("a; b, c\\d")
    came = PatchEvent(date(2026, 12, 8), "2022", Release.HOTPATCH, source, 6000, "KB5200000", note=note)
    content = file_of("2022", date(2026, 12, 9), CALENDAR.extended([came]))
    described = [plain(event["DESCRIPTION"][1]) for event in events_of(content)]
    assert any(f"Note: {note}." in one and "Source: a; b, c\\d." in one for one in described)


def test_a_uid_is_one_event_s_and_stays_it_from_day_to_day():
    days = [date(2026, 9, 1), TODAY, date(2026, 12, 31)]
    by_day = [{event["UID"][1]: event["DTSTART"][1][:6] for event in events_of(file_of(today=day))} for day in days]
    for day, uids in zip(days, by_day, strict=True):
        assert len(uids) == len(events_of(file_of(today=day)))
    for earlier, later in pairwise(by_day):
        assert earlier.items() <= later.items()
    others = {event["UID"][1] for event in events_of(file_of("2025", first=date(2024, 11, 1)))}
    assert not others & set(by_day[0])  # both may be put into one calendar


def test_a_later_file_replaces_an_earlier_one_in_a_calendar():
    """A client takes the event with the later DTSTAMP (RFC 5546, 2.1.5)."""
    stamps = [{event["DTSTAMP"][1] for event in events_of(file_of(today=day))} for day in (TODAY, TODAY + timedelta(1))]
    assert stamps == [{"20261129T000000Z"}, {"20261130T000000Z"}]
