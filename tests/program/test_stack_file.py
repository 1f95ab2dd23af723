"""Where a setting is written in a stack's file."""

from pathlib import Path

import pulumi
import pytest

from azure_hotpatch.program.configuration import settings_of
from azure_hotpatch.program.stack_file import lines_in, stack_file

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
    assert lines_in(TEXT.encode(), ("azure-hotpatch",))(path) == line


def test_a_file_that_is_empty_has_no_lines() -> None:
    assert lines_in(b"", ("azure-hotpatch",))("location") is None


def test_the_file_of_a_stack_is_where_the_project_keeps_them() -> None:
    assert stack_file(ROOT, "dev").is_file()


def test_an_error_names_the_file_and_the_line() -> None:
    config = {"azure-hotpatch:fleet": '{"machines": [{"name": "web"}, {"name": "db", "zones": [1, 9]}]}'}
    with pytest.raises(pulumi.RunError) as refused:
        settings_of(config, file="Pulumi.dev.yaml", line=lines_in(TEXT.encode(), ("azure-hotpatch",)))
    assert "in Pulumi.dev.yaml:\n  fleet.machines[1].zones[1] (line 10): unknown value" in str(refused.value)


def test_an_error_repeats_no_value_that_is_a_secret() -> None:
    config = {"azure-hotpatch:location": "zq9 secret", "azure-hotpatch:tags": '{"a/b": "zq9"}'}
    secrets = ["azure-hotpatch:location", "azure-hotpatch:tags"]
    with pytest.raises(pulumi.RunError) as refused:
        settings_of(config, secrets=secrets)
    assert "zq9" not in str(refused.value)
    assert str(refused.value).count("[secret]") == 2
