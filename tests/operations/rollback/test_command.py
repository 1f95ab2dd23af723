"""`hotpatch rollback` against a served emulator, through Microsoft's clients: plan, script, canary, journal."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from azure_hotpatch.cli.__main__ import run
from azure_hotpatch.operations.journal.file import Journal
from tests.emulator.arm.conftest import Arm
from tests.operations.azure import SUBSCRIPTION, seed
from tests.operations.conftest import REPOSITORY, environment

MACHINES = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/fleet/providers/Microsoft.Compute/virtualMachines"
BAD, AT = "KB5051979", "2025-02-20T08:00"  # the cumulative update of February 2025 for Windows Server 2022


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Three paused machines in February 2025, of which two took the cumulative update of that month."""
    folder = tmp_path_factory.mktemp("azure")
    arm = Arm(folder / "azure.sqlite", start=datetime(2025, 2, 20, tzinfo=UTC))
    seed(folder / "azure.sqlite", 3)
    body = {"maximumDuration": "PT2H", "rebootSetting": "IfRequired"}
    wanted = {**body, "windowsParameters": {"kbNumbersToInclude": [BAD.removeprefix("KB")]}}
    for name in ("vm-0000", "vm-0001"):
        assert arm.act(f"{MACHINES}/{name}/installPatches", wanted)["installedPatchCount"] == 1
    command = [sys.executable, "-m", "tests.operations.azure", str(folder)]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    yield arm, environment(folder, process.stdout.readline().strip()), folder
    process.kill()
    process.communicate()


@pytest.fixture
def rollback(served, monkeypatch, tmp_path, capsys):
    """Runs the command; its exit code, and what it said on both streams."""
    for name, value in served[1].items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AZURE_HOTPATCH_JOURNAL", str(tmp_path / "journal.jsonl"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))

    def act(*arguments):
        code = run(["rollback", BAD, "--subscription", SUBSCRIPTION, "--at", AT, "--poll", "0.1", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return act


def builds(arm):
    return {one["id"].rsplit("/", 1)[1]: one["build"] for one in arm.get("/emulator/tracks").json()["value"]}


def test_a_dry_run_shows_the_plan_and_the_script_and_changes_nothing(served, rollback, tmp_path):
    before = builds(served[0])
    code, out, _ = rollback("--dry-run", "--show-script")
    assert code == 0
    assert "uninstall, back to 20348.3091" in out
    assert "2 of 3 machines may carry it; 2 can be taken back now." in out
    assert "$rollup = 'Package_for_*RollupFix*~20348.3207.*'" in out
    assert builds(served[0]) == before
    assert not (tmp_path / "journal.jsonl").exists()


def test_a_baseline_that_is_no_build_is_refused(rollback):
    code, out, err = rollback("--baseline", "last", "--dry-run")
    assert (code, out) == (3, "")
    assert err == "hotpatch: --baseline 'last' is not a build: write it as 20348.2113\n"


def test_nothing_happens_without_a_yes(served, rollback, monkeypatch):
    before = builds(served[0])
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    code, _, err = rollback()
    assert code == 4
    assert "no terminal to confirm in; give --yes" in err
    assert builds(served[0]) == before


@pytest.mark.slow
def test_a_rehearsal_acts_on_an_azure_of_its_own_and_knows_the_images_of_the_live_one(served, rollback, tmp_path):
    before = builds(served[0])
    code, out, _ = rollback("--rehearse")
    assert code == 0
    assert "rehearsal: 2 machines: 2 uninstalled; 2 restarted" in out
    assert "Assumed" not in out, "the build of their image, the baseline, is read with them"
    assert builds(served[0]) == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_missing_right_is_named_before_anything_begins(served, rollback, monkeypatch, tmp_path):
    folder = shutil.copytree(served[2], tmp_path / "azure")
    command = [sys.executable, "-m", "tests.operations.azure", str(folder), "--role", "*/read"]
    process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
    for name, value in environment(folder, process.stdout.readline().strip()).items():
        monkeypatch.setenv(name, value)
    code, _, err = rollback("--yes")
    process.kill()
    process.communicate()
    assert code == 3
    assert "virtualMachines/restart/action, Microsoft.Compute/virtualMachines/runCommand/action" in err


@pytest.mark.slow
def test_the_machines_are_taken_back_in_a_wave_and_the_journal_says_so(served, rollback, tmp_path, capsys):
    code, out, err = rollback("--yes", "--change", "CHG-17", "--note", "print servers hang")
    assert code == 0, err
    assert "ring canary: 1 machine" in out
    assert "2 machines: 2 uninstalled; 2 restarted" in out
    assert set(builds(served[0]).values()) == {"20348.3091"}
    entries = list(Journal(tmp_path / "journal.jsonl").read())
    kinds = ["rollback-plan", "rollback-approval", "rollback-result", "rollback-result", "wave-end"]
    assert [one.kind for one in entries] == kinds
    assert {one.body["wave"] for one in entries} == {entries[0].body["wave"]}
    assert (entries[1].body["change"], entries[1].body["how"]) == ("CHG-17", "--yes")
    assert {one.body["build"] for one in entries[2:4]} == {"20348.3091"}
    assert "secret-token-of-the-test" not in json.dumps([dict(one.body) for one in entries]) + out
    assert run(["wave", "show", entries[0].body["wave"]]) == 0
    assert "KB5051979 is off it" in capsys.readouterr().out
    assert len(list(Journal(tmp_path / "journal.jsonl").read())) == 5


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["KB99"], "is not the number of an update: write it as KB5122871"),
        (["KB'; Restart-Computer; '"], "is not the number of an update"),
        (["KB9999999"], "KB9999999: in no record; `hotpatch calendar update` takes newer ones"),
        ([BAD, "--fix", "KB9999999"], "KB9999999: in no record"),
        ([BAD, "--machines", "f.json", "--ring", "0"], "not both"),
    ],
)
def test_bad_input_is_one_line(arguments, words, capsys):
    assert run(["rollback", *arguments]) == 3
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
