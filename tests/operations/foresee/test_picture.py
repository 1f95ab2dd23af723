"""A year as a picture: well formed, told in words, without colour alone."""

from datetime import date
from xml.etree import ElementTree

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.operations.foresee.picture import year_picture
from azure_hotpatch.operations.foresee.releases import entries

SVG = "{http://www.w3.org/2000/svg}"
TODAY = date(2026, 11, 29)


def drawn(generation="2022", year=2024, today=TODAY):
    found = entries(CALENDAR, generation, date(year, 1, 1), date(year, 12, 31), today)
    return ElementTree.fromstring(year_picture(generation, year, found))  # noqa: S314 - our own picture


def words(root):
    return [text.text for text in root.iter(f"{SVG}text") if text.text]


def test_has_a_title_and_a_description_that_it_is_labelled_by():
    root = drawn()
    ids = {element.get("id"): element.text for element in (root.find(f"{SVG}title"), root.find(f"{SVG}desc"))}
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == list(ids)
    assert ids["title"] == "Windows Server 2022 in 2024: baselines and hotpatches"
    assert ids["desc"].startswith(
        "5 of 12 months of 2024 restart a hotpatch machine: January, April, July, August (unplanned), October."
    )


def test_draws_twelve_months_in_order():
    root = drawn()
    months = [group.find(f"{SVG}text").text for group in root.iter(f"{SVG}g")]
    assert months == [f"{date(2024, month, 1):%B}" for month in range(1, 13)]


def test_says_in_words_what_the_colour_says():
    assert words(drawn()).count("Baseline: restart") == 5
    assert words(drawn()).count("Hotpatch: no restart") == 7
    assert words(drawn()).count("unplanned") == 1


def test_every_cell_stays_within_the_picture():
    root = drawn()
    _, _, width, height = map(float, root.get("viewBox").split())
    for group in root.iter(f"{SVG}g"):
        x, y = map(float, group.get("transform").removeprefix("translate(").rstrip(")").split())
        assert 0 <= x <= width - 140
        assert 0 <= y <= height - 116


def test_a_year_to_come_is_planned():
    assert words(drawn(year=2027)).count("planned") == 12


def test_what_came_between_the_months_is_listed():
    listed = [line for line in words(drawn("2025", 2025)) if "out-of-band" in line]
    assert len(listed) == 11
    assert any("KB5070881" in line and "2026-01-13" in line for line in listed)


@pytest.mark.parametrize("theme", ["prefers-color-scheme: dark", "@media print"])
def test_is_drawn_for_dark_and_for_paper(theme):
    assert theme in drawn().find(f"{SVG}style").text
