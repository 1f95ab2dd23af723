"""Installations in the journal: each once, with its last outcome, beyond the 30 days of Azure."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from azure_hotpatch.operations.journal.file import Journal
from azure_hotpatch.operations.journal.installations import keep, kept, remembered
from azure_hotpatch.operations.machine import Installation, Machine, MachineType, Patch

THEN = datetime(2025, 10, 23, 20, tzinfo=UTC)
PATCH = Patch("5070881", "2025-10 Cumulative Update (KB5070881)", ("Security",), "Installed", severity="Critical")
RUN = Installation("run-1", "Succeeded", THEN, THEN + timedelta(minutes=20), (PATCH,), "Completed", started_by="User")
MACHINE = Machine("/subscriptions/s/x/Web", MachineType.VIRTUAL_MACHINE, "Web", "x", "s", "westeurope")


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "journal.jsonl")


def having(*runs):
    return replace(MACHINE, installations=runs)


def test_gives_an_installation_back_as_it_was(journal):
    assert keep(journal, [having(RUN)]) == 1
    assert kept(journal) == {MACHINE.id.lower(): [RUN]}


def test_keeps_an_installation_once(journal):
    assert [keep(journal, [having(RUN)]) for _ in range(3)] == [1, 0, 0]


def test_keeps_what_became_of_it_since(journal):
    keep(journal, [having(RUN)])
    later = replace(RUN, status="Failed", reboot_status="Failed")
    assert keep(journal, [having(later)]) == 1
    assert kept(journal)[MACHINE.id.lower()] == [later]


def test_leaves_out_what_is_not_over(journal):
    assert keep(journal, [having(replace(RUN, ended=None, status="InProgress"))]) == 0


def test_remembers_what_azure_has_forgotten(journal):
    keep(journal, [having(RUN)])
    newer = replace(RUN, id="run-2", started=THEN + timedelta(days=40))
    (found,) = remembered(journal, [having(newer)])
    assert [run.id for run in found.installations] == ["run-2", "run-1"]
