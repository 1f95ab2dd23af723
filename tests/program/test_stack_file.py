"""Where a setting is written in a stack's file."""

from pathlib import Path

import pulumi
import pytest

from azure_hotpatch.program.configuration import settings_of
from azure_hotpatch.program.stack_file import octals_in, places_in, stack_file

ROOT = Path(__file__).resolve().parents[2]
TEXT = """\
# a fleet
config:
  aws:region: eu-west-1
  azure-hotpatch:location: westeurope
  azure-hotpatch:fleet:
    machines:
      - name: web
        image: 2022-core
      - name: db
        zones: [1, 9]
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("location", 4),
        ("fleet.machines[0].image", 8),
        ("fleet.machines[1].zones[1]", 10),
        ("fleet.machines[1].osDisk.sizeGB", 9),  # what is missing is where it would be
        ("network.subnetPrefix", None),
        ("", None),
    ],
)
def test_a_setting_has_its_line(path: str, line: int | None) -> None:
    found = places_in(TEXT.encode(), ("azure-hotpatch",))(path)
    assert (found and found.line) == line


def test_a_file_that_is_empty_has_no_lines() -> None:
    assert places_in(b"", ("azure-hotpatch",))("location") is None


def test_the_file_of_a_stack_is_where_the_project_keeps_them() -> None:
    assert stack_file(ROOT, "dev").is_file()


def test_an_error_names_the_file_and_the_line() -> None:
    config = {"azure-hotpatch:fleet": '{"machines": [{"name": "web"}, {"name": "db", "zones": [1, 9]}]}'}
    with pytest.raises(pulumi.RunError) as refused:
        settings_of(config, file="Pulumi.dev.yaml", find=places_in(TEXT.encode(), ("azure-hotpatch",)))
    assert "in Pulumi.dev.yaml:\n  fleet.machines[1].zones[1] (line 10): unknown value" in str(refused.value)


def test_an_error_repeats_no_value_that_is_a_secret() -> None:
    config = {"azure-hotpatch:location": "zq9 secret", "azure-hotpatch:tags": '{"a/b": "zq9"}'}
    secrets = ["azure-hotpatch:location", "azure-hotpatch:tags"]
    with pytest.raises(pulumi.RunError) as refused:
        settings_of(config, secrets=secrets)
    assert "zq9" not in str(refused.value)
    assert str(refused.value).count("[secret]") == 2


TRAPS = b"""\
config:
  azure-hotpatch:adminPassword: 0123
  azure-hotpatch:secrets: {sql: 0123}
  other:count: 0200
  azure-hotpatch:fleet:
    machines:
      - {name: web, count: 0200, zones: [01], extensions: [{version: 1.30}], start: 2027-01-16}
      - {name: "0200", osDisk: {sizeGB: 0o200}}
"""


def test_a_number_that_begins_with_0_is_reported_with_both_of_its_values() -> None:
    (problem,) = octals_in(TRAPS, ("azure-hotpatch",))
    assert (problem.path, problem.value) == ("fleet.machines[0].count", "128")
    assert problem.allowed == '200, 128, or "0200" for a string'


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("fleet.machines[0].extensions[0].version", "1.30"),
        ("fleet.machines[0].start", "2027-01-16"),
        ("fleet.machines[0].name", ""),  # a string is what it is
        ("fleet.machines[1].name", ""),
        ("fleet.machines[0].name.first", ""),  # that of the name
    ],
)
def test_what_yaml_converts_is_known_as_it_is_written(path: str, text: str) -> None:
    found = places_in(TRAPS, ("azure-hotpatch",))(path)
    assert found is not None
    assert found.text == text


def test_an_error_shows_a_converted_value_as_it_is_written_and_reports_an_octal_number_once() -> None:
    fleet = '{"machines": [{"name": "web", "count": 128, "zones": [1], "extensions": [{"version": 1.3}]}]}'
    find, misread = places_in(TRAPS, ("azure-hotpatch",)), octals_in(TRAPS, ("azure-hotpatch",))
    with pytest.raises(pulumi.RunError) as refused:
        settings_of({"azure-hotpatch:fleet": fleet}, find=find, misread=misread)
    assert "version (line 7): is not a string\n      value: 1.3, written 1.30\n" in str(refused.value)
    assert str(refused.value).count("fleet.machines[0].count") == 1
