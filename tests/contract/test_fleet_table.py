"""The output `fleet` of a stack and the command that reads it: the program writes what the row type says, no more."""

from typing import Any

import pytest

from azure_hotpatch.cli.commands.fleet import COLUMNS, KEYS
from azure_hotpatch.domain.fleet_row import FleetRow
from tests.program.conftest import Deploy, deploy, loop
from tests.program.test_every_setting_counts import EVERYTHING

__all__ = ["deploy", "loop"]  # fixtures


@pytest.fixture
def rows(deploy: Deploy) -> dict[str, dict[str, Any]]:
    return {row["name"]: row for row in deploy(EVERYTHING).outputs["fleet"]}


def test_every_row_is_a_fleet_row(rows: dict[str, dict[str, Any]]) -> None:
    for row in rows.values():
        assert FleetRow.__required_keys__ <= row.keys() <= FleetRow.__required_keys__ | FleetRow.__optional_keys__


def test_every_key_of_the_type_is_written_for_some_machine(rows: dict[str, dict[str, Any]]) -> None:
    assert {key for row in rows.values() for key in row} == set(FleetRow.__annotations__)


def test_the_command_reads_every_key_and_shows_no_other() -> None:
    assert set(KEYS) == set(FleetRow.__annotations__)
    assert set(COLUMNS.values()) <= FleetRow.__required_keys__
