"""The guide on restarts shows what the commands answer."""

import re
from datetime import date
from pathlib import Path

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.operations.foresee.picture import year_picture
from azure_hotpatch.operations.foresee.releases import entries

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "guides" / "restarts.md").read_text(encoding="utf-8")
CAPTURES = re.findall(r"```console\n\$ hotpatch ([^\n]*)\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("command", "answer"), CAPTURES, ids=[command for command, _ in CAPTURES])
def test_a_capture_is_what_the_command_answers(command, answer, hotpatch):
    arguments = [str(ROOT / word) if word.endswith(".yaml") else word for word in command.split()]
    assert hotpatch(*arguments).out == answer


def test_the_page_has_captures():
    assert {command.split()[0] for command, _ in CAPTURES} == {"calendar", "forecast", "replay"}


def test_the_picture_is_that_of_the_record():
    drawn = year_picture(
        "2022", 2024, entries(CALENDAR, "2022", date(2024, 1, 1), date(2024, 12, 31), date(2026, 11, 29))
    )
    assert (ROOT / "docs" / "pictures" / "year-2024.svg").read_text(encoding="utf-8") == drawn
