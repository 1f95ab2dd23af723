"""CSV and JUnit beside the page."""

import csv
import io
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.operations.report.build import build
from azure_hotpatch.operations.report.files import csv_of, junit_of
from tests.operations.machines import at, machine


def test_csv_has_a_line_a_machine(report):
    lines = {line["machine"]: line for line in csv.DictReader(io.StringIO(csv_of(report)))}
    assert list(lines) == ["old-1", "web-1", "web-2", "web-3"]
    assert (lines["web-1"]["restarts"], lines["web-1"]["avoided"], lines["web-1"]["exposed days"]) == ("3", "2", "9")
    assert (lines["web-2"]["standing"], lines["web-2"]["lacks"], lines["web-2"]["days open"]) == (
        "behind",
        "KB5120228",
        "9",
    )
    assert lines["web-3"]["exposed days"] == ""


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@cmd"])
def test_a_cell_is_no_formula(name):
    found = csv_of(build("t", [machine(name)], {}, None, at("2026-08-20"), CALENDAR))
    assert f",'{name}," in found


def test_what_is_not_known_is_an_empty_cell():
    found = csv_of(build("t", [machine("web-1", image=None)], {}, None, at("2026-08-20"), CALENDAR))
    assert "'-" not in found
    assert next(csv.DictReader(io.StringIO(found)))["image"] == ""


def test_junit_fails_a_machine_that_is_behind(report):
    (suite,) = ET.fromstring(junit_of(report))  # noqa: S314 - this project wrote it
    verdicts = {case.get("name"): [child.tag for child in case] for case in suite}
    assert verdicts == {"old-1": ["failure"], "web-1": [], "web-2": ["failure"], "web-3": ["failure"]}
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("4", "3", "0")


def test_junit_has_an_error_where_nobody_knows_and_no_character_that_xml_lacks():
    one = replace(machine("a\x01b"), os_version=None)
    (suite,) = ET.fromstring(junit_of(build("t\x02", [one], {}, None, at("2026-08-20"), CALENDAR)))  # noqa: S314 - this project wrote it
    assert suite.get("errors") == "1"
    assert suite[0].get("name") == "a\ufffdb"
