"""`hotpatch status` and `hotpatch history`: what is printed, the exit codes, and every mistake in one line."""

import csv
import io
import json
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from azure_hotpatch.cli import azure as reaching
from azure_hotpatch.operations.clients import connection as connecting
from azure_hotpatch.operations.clients.connection import ENDPOINT
from azure_hotpatch.operations.journal.file import Journal
from azure_hotpatch.operations.journal.installations import keep
from azure_hotpatch.operations.machine import Installation, Machine, MachineType, Patch
from tests.operations import estate
from tests.operations.clients.conftest import connection


def test_shows_a_line_for_each_machine(asked):
    outcome = asked("status", "--name", "web-*", "--name", "stray-1")
    head, *lines = outcome.out.splitlines()
    assert head.split()[:2] == ["MACHINE", "RESOURCE"]
    assert [line.split()[0] for line in lines] == ["stray-1", "web-1", "web-2"]
    assert "fallen off" in lines[0]
    assert "until 2026-01-13" in lines[0]
    assert outcome.code == 0


def test_says_what_may_be_done(asked):
    said = asked("status", "--name", "blocked-1").err
    assert "nobody-patches: blocked-1 (schedule nightly is attached" in said
    assert "the two exclude each other" in said


def test_json_has_what_azure_said_and_what_is_made_of_it(asked):
    found = json.loads(asked("status", "--format", "json", "--name", "stray-1").out)
    assert found["version"] == 1
    (row,) = found["machines"]
    assert row["machine"]["osVersion"] == "10.0.26100.7462"
    assert row["machine"]["tags"] == {"ring": "one"}
    assert row["track"]["name"] == "fallen off"
    assert row["track"]["returns"] == "2026-01-13"
    assert {one["cause"] for one in row["causes"]} == {"off-track"}


def test_json_says_how_old_the_calendar_is(asked):
    found = json.loads(asked("status", "--at", "2026-12-01", "--format", "json", "--name", "stray-1").out)["calendar"]
    assert found["2025"] == {"knownUntil": "2026-09-08", "daysOld": 84, "missingMonths": 2, "added": None}
    assert set(found) == {"2022", "2025"}


def test_csv_of_history_tells_machines_of_one_name_apart(asked):
    lines = list(csv.DictReader(io.StringIO(asked("history", "--format", "csv", "--name", "web-1").out)))
    assert lines
    assert {(line["machine"], line["id"].rpartition("/")[2]) for line in lines} == {("web-1", "web-1")}
    assert all(line["id"].startswith("/subscriptions/") for line in lines)


def test_csv_has_every_machine(asked):
    lines = list(csv.DictReader(io.StringIO(asked("status", "--format", "csv").out)))
    assert len(lines) == len(estate.machines()) + 1
    assert {line["hotpatch"] for line in lines if line["machine"] == "plain-1"} == {"Not Available"}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--name", "web-1", "--fail-on", "behind,off-track,pending-critical"), 0),
        (("--name", "stray-1", "--fail-on", "behind,off-track"), 1),
        (("--name", "stray-1", "--fail-on", "behind"), 0),
        (("--name", "off-1", "--fail-on", "behind"), 2),
        (("--name", "nothing", "--fail-on", "behind"), 2),
        (("--name", "blocked-1", "--fail-on", "behind", "--grace", "30d"), 0),
        (("--name", "hand-1", "--fail-on", "never-assessed"), 1),
    ],
)
def test_the_exit_code_says_what_was_found(asked, arguments, code):
    assert asked("status", *arguments).code == code


def test_selects_by_ring_and_tag(asked):
    for option in (("--ring", "two"), ("--tag", "ring=two")):
        found = json.loads(asked("status", "--format", "json", *option).out)
        assert [row["machine"]["name"] for row in found["machines"]] == ["web-2"]


def test_selects_the_machines_of_a_stack(asked, tmp_path):
    machines = [{"name": "sql", "resourceId": f"{estate.COMPUTE}/virtualMachines/SQL-1"}]
    (tmp_path / "outputs.json").write_text(json.dumps({"fleet": machines}))
    found = json.loads(asked("status", "--format", "json", "--outputs", "outputs.json").out)
    assert [row["machine"]["name"] for row in found["machines"]] == ["sql-1"]


def test_history_shows_installations_as_the_calendar_has_them(asked):
    found = json.loads(asked("history", "--format", "json", "--name", "web-1", "--name", "plain-1").out)
    by_machine = {one["machine"].rpartition("/")[2]: one for one in reversed(found["installations"])}
    assert by_machine["web-1"]["expected"] == "planned"
    assert by_machine["web-1"]["restart"] == "none"
    assert "5072014" in {patch["kb"] for patch in by_machine["web-1"]["patches"]}
    assert by_machine["plain-1"]["restart"] == "restarted"


def test_history_says_that_an_update_was_not_to_come(asked):
    outcome = asked("history", "--name", "stray-1")
    assert "unexpected" in outcome.out
    assert "off the hotpatch track" in outcome.out


def test_history_is_kept(asked, tmp_path):
    first = asked("history", "--name", "web-1")
    assert " new in " in first.err
    assert asked("history", "--name", "web-1").err.startswith("0 new in ")
    assert (tmp_path / "journal.jsonl").exists()


def test_status_knows_from_the_journal_what_azure_forgot(asked, tmp_path):
    started = datetime(2025, 10, 23, 20, tzinfo=UTC)
    patch = Patch(estate.STRAY, "", state="Installed")
    run = Installation("old", "Succeeded", started, started, (patch,), "Completed")
    place = f"{estate.COMPUTE}/virtualMachines/stray-1"
    machine = Machine(place, MachineType.VIRTUAL_MACHINE, "stray-1", "fleet", "s", "westeurope", installations=(run,))
    keep(Journal(tmp_path / "journal.jsonl"), [machine])
    (row,) = json.loads(asked("status", "--format", "json", "--name", "stray-1").out)["machines"]
    assert row["track"]["took"] == estate.STRAY


def test_a_journal_that_was_changed_is_refused(asked, tmp_path):
    asked("history")
    path = tmp_path / "journal.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Succeeded", b"succeeded", 1))
    assert "was not read: line 2" in asked("status", "--name", "web-1").err
    outcome = asked("history")
    assert outcome.code == 3
    assert "was changed: line 2 does not follow line 1" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--fail-on", "behnd"), "--fail-on behnd: unknown; allowed: off-track, behind"),
        (("--fail-on", ", ,"), "--fail-on ', ,' names no cause; allowed: off-track, behind"),
        (("--stale-after", "soon"), "--stale-after 'soon' is not a duration"),
        (("--at", "noon"), "--at 'noon' is not a time"),
        (("--tag", "ring"), "--tag 'ring' is not a tag"),
        (("--stack", "a", "--outputs", "b"), "give --stack or --outputs, not both"),
        (("--subscription", "a", "--management-group", "b"), "give --subscription or --management-group"),
    ],
)
def test_a_mistake_is_one_line(hotpatch, arguments, said):
    outcome = hotpatch("status", *arguments)
    assert (outcome.code, outcome.err.count("\n")) == (3, 1)
    assert said in outcome.err


def test_an_azure_that_cannot_be_reached_is_one_line(hotpatch, monkeypatch):
    def unreachable():
        found = connection("http://127.0.0.1:9")
        found._more["retry_total"] = 0
        return found

    monkeypatch.setattr(connecting, "Connection", unreachable)
    outcome = hotpatch("status")
    assert (outcome.code, outcome.err.count("\n")) == (3, 1)
    assert "Azure cannot be reached" in outcome.err


def test_who_is_not_logged_in_learns_it_in_one_line(hotpatch, monkeypatch):
    for name in ("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "IDENTITY_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential")
    monkeypatch.setenv(ENDPOINT, "https://localhost:9")
    outcome = hotpatch("status")
    assert (outcome.code, outcome.err.count("\n")) == (3, 1)
    assert "az login" in outcome.err


def test_without_the_extra_one_line_names_it(hotpatch, monkeypatch):
    @contextmanager
    def without(*modules):
        for module in modules:
            monkeypatch.setitem(sys.modules, module, None)
        yield

    loaded = [name for name in sys.modules if name.startswith("azure_hotpatch.operations.clients")]
    for name in loaded:
        monkeypatch.delitem(sys.modules, name)
    with without("azure.core", "azure.core.credentials", "azure.core.exceptions"):
        outcome = hotpatch("status")
    assert outcome.err == f"hotpatch: {reaching._EXTRA}\n"


def test_help_imports_nothing_of_azures():
    code = (
        "import sys; from azure_hotpatch.cli.__main__ import run; run(['--help']); run(['status', '--help']); "
        "print([m for m in sys.modules if m == 'azure' or m.startswith('azure.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "arguments",
    [("history",), ("report", "page.html"), ("rollback", "KB5072033", "--yes"), ("rollback", "KB5072033", "--dry-run")],
    ids=" ".join,
)
def test_a_name_that_no_machine_has_is_no_success(asked, arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outcome = asked(*arguments, "--name", "wbe-*")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == "hotpatch: no machine that you may read matches the options\n"
    assert not list(tmp_path.iterdir())


def test_a_gate_that_finds_no_machine_does_not_pass(asked):
    outcome = asked("status", "--name", "wbe-*", "--fail-on", "off-track")
    assert (outcome.code, outcome.err) == (2, "No machine that you may read matches the options.\n")
