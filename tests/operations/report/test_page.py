"""The page: it needs nothing else, it escapes, the same facts give the same bytes, and each picture has its words."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from datetime import date
from html.parser import HTMLParser

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.operations.report.build import build
from azure_hotpatch.operations.report.page import MOST_ROWS, page_of
from tests.operations.machines import at, machine

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Page(HTMLParser):
    """Tags in order, with each end checked against its start."""

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.ids, self.words = [], [], [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)

    def having(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture
def page(report):
    return Page(page_of(report))


def test_it_is_well_formed_and_no_id_is_there_twice(page):
    assert len(page.ids) == len(set(page.ids))
    assert page.having("html") == [{"lang": "en"}]


def test_no_two_regions_have_one_name(page):
    names = [one["aria-label"] for _, one in page.tags if one.get("role") == "region"]
    assert len(names) > 5
    assert len(names) == len(set(names))


def test_it_needs_nothing_else(report, page):
    text = page_of(report)
    assert not re.search(r"(?:https?:)?//(?!www\.w3\.org)\w|url\(|@import", text)
    assert not [tag for tag, _ in page.tags if tag in {"script", "link", "img", "iframe", "object"}]
    (policy,) = [one["content"] for one in page.having("meta") if one.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")


def test_it_escapes_what_it_was_given(report):
    text = page_of(report)
    assert "Fleet &lt;of&gt; Contoso &amp; sons" in text
    assert "<of>" not in text
    assert "<schedule>" not in text


def test_the_same_facts_give_the_same_bytes_in_another_process(report):
    code = (
        "import sys; from tests.operations.report.conftest import *;"
        "from azure_hotpatch.operations.report.page import page_of;"
        "sys.stdout.write(page_of(build('Fleet <of> Contoso & sons', reversed(fleet()), {}, FINDINGS, NOW, CALENDAR)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == page_of(report)


def test_each_picture_has_a_title_a_description_and_a_table_with_its_numbers(report, page):
    pictures = page.having("svg")
    assert len(pictures) == 2
    for picture in pictures:
        assert picture["role"] == "img"
        assert set(picture["aria-labelledby"].split()) <= set(page.ids)
    words = [word.strip() for word in page.words]
    for month in report.months:
        assert f"{month.first:%B %Y}" in words


def test_each_column_is_as_high_as_its_number(report):
    svg = re.search(r"<svg.*?</svg>", page_of(report), re.DOTALL)[0]
    bars = [one for one in ET.fromstring(svg).iter("rect") if one.get("class") == "twin"]  # noqa: S314 - this project wrote it
    twins = [month.twins for month in report.months if month.twins]
    heights = [float(one.get("height")) for one in bars]
    assert [round(height / heights[0] * twins[0], 1) for height in heights] == pytest.approx(twins, abs=0.1)


def test_who_is_behind_is_named_with_the_update_the_cause_and_what_to_do(page):
    words = " ".join(" ".join(page.words).split())
    assert "web-2" in words
    assert "KB5120228 of 2026-08-11" in words
    assert "lacks KB5099536" in words  # web-3 fell off the track
    assert "install it now" in words


def test_waivers_say_when_they_end(page):
    words = " ".join(" ".join(page.words).split())
    assert "2026-09-01 12 HP034 web-1 ann, until 2026-09-01: rebuilt in autumn" in words


def test_a_large_fleet_is_cut_off_and_says_so():
    machines = [machine(f"m-{number:04}", "26100.33158") for number in range(MOST_ROWS + 5)]
    assert "5 more are in the CSV file." in page_of(build("t", machines, {}, None, at("2026-08-20"), CALENDAR))


def test_an_empty_fleet_has_a_page_too():
    assert "No machine is known to be behind." in page_of(build("t", [], {}, None, at("2026-08-20"), CALENDAR))


def test_what_is_due_is_said_and_is_not_the_next_planned_restart():
    """On July 20, 2026 the baseline of July 14 is out, and the next planned one comes in October."""
    behind = machine("web-1", "26100.32995")
    built = build("t", [behind, machine("web-2", "26100.33158")], {}, None, at("2026-07-20"), CALENDAR)
    words = " ".join(" ".join(Page(page_of(built)).words).split())
    assert "13 Oct 2026 next planned restart the day of the release; due on 1 machine already" in words
    assert (built.coming[0].first, built.coming[0].planned) == (date(2026, 7, 1), 1)


def test_a_report_of_a_past_day_knows_nothing_of_later_ones():
    """The baseline of September 2026 was not planned."""
    built = build("t", [machine("web-1", "26100.33158")], {}, None, at("2026-07-20"), CALENDAR)
    september = next(one for one in built.coming if one.first == date(2026, 9, 1))
    assert (september.planned, september.possible) == (0, 1)
    assert all(one.event is None or one.day <= date(2026, 7, 20) for one in built.releases)
