"""`hotpatch rollback --rehearse`: the wave and the script in an emulated Azure, and what is said of each machine."""

import json
import re
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import TypeAdapter

from azure_hotpatch.cli.__main__ import run
from azure_hotpatch.operations.machine import Machine
from tests.operations.machines import PAUSED, installed, machine

BAD, AT = "5051979", "2025-02-20T08:00"  # the cumulative update of February 2025 for Windows Server 2022
BAD_BUILD, GOOD_BUILD = "20348.3207", "20348.3091"
DOTNET = "5050187"
JANUARY, FEBRUARY = f"{GOOD_BUILD}.250114", f"{BAD_BUILD}.250211"


def carrying(name, image, *more):
    """A paused machine that took the update on the 13th, made from an image of that version."""
    runs = (*more, installed("2025-02-13", BAD, reboot="Completed"))
    made = machine(name, BAD_BUILD, settings=PAUSED, installations=runs)
    return replace(made, image=replace(made.image, version="latest", exact_version=image))


@pytest.fixture
def rehearse(tmp_path, monkeypatch, capfd):
    """Runs the command on machines; its exit code, and what it said on both streams."""
    monkeypatch.setenv("AZURE_HOTPATCH_JOURNAL", str(tmp_path / "journal.jsonl"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    # Whoever is logged in has no part in it.
    monkeypatch.setenv("ARM_RESOURCE_MANAGER_ENDPOINT", "https://azure.test")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.test:3128")

    def act(machines, *arguments):
        (tmp_path / "fleet.json").write_bytes(TypeAdapter(list[Machine]).dump_json(machines))
        fleet = str(tmp_path / "fleet.json")
        code = run(["rollback", f"KB{BAD}", "--machines", fleet, "--at", AT, "--rehearse", *arguments])
        said = capfd.readouterr()
        return code, said.out, said.err

    return act


def rows(printed):
    """The cells of the rehearsal's table by machine, under its headings."""
    lines = printed.splitlines()
    start = next(number for number, line in enumerate(lines) if "THE SCRIPT SAYS" in line)
    heads = re.split(r"\s{2,}", lines[start])
    table = [re.split(r"\s{2,}", line) for line in lines[start + 1 :] if "  " in line and not line.startswith(" ")]
    return {cells[0]: dict(zip(heads, cells, strict=True)) for cells in table if len(cells) == len(heads)}


@pytest.mark.slow
def test_a_combined_package_is_removed_by_its_build_and_gone_after_the_restart(rehearse, tmp_path):
    code, out, err = rehearse([carrying("app-1", JANUARY), carrying("app-2", JANUARY)])
    assert (code, err) == (0, "")
    found = rows(out)
    assert (found["app-1"]["RING"], found["app-2"]["RING"]) == ("canary", "rest")
    for row in found.values():
        assert row["THE SCRIPT SAYS"] == "removed, then removal pending, then absent"
        assert row["PACKAGE"] == f"Package_for_RollupFix~31bf3856ad364e35~amd64~~{BAD_BUILD}.1.0"
        assert (row["RESTARTED"], row["BUILD"], row["OUTCOME"]) == ("yes", GOOD_BUILD, "uninstalled")
    assert "rehearsal: 2 machines: 2 uninstalled; 2 restarted" in out
    assert "Assumed" not in out
    assert "Nothing in Azure was changed, and nothing is kept." in out
    assert [path.name for path in tmp_path.iterdir()] == ["fleet.json"]


@pytest.mark.slow
def test_a_package_that_its_image_brought_cannot_be_removed(rehearse):
    code, out, _ = rehearse([carrying("app-1", FEBRUARY)], "--baseline", BAD_BUILD)
    row = rows(out)["app-1"]
    assert (code, row["THE SCRIPT SAYS"], row["OUTCOME"], row["RESTARTED"]) == (1, "permanent", "failed", "no")
    assert "cannot be uninstalled (0x800f0825): install the fix, or rebuild the machine" in out


@pytest.mark.slow
def test_a_pending_restart_keeps_the_script_from_removing(rehearse):
    waiting = installed("2025-02-19", DOTNET, reboot="Required")
    code, out, _ = rehearse([carrying("app-1", JANUARY, waiting)])
    row = rows(out)["app-1"]
    assert (code, row["THE SCRIPT SAYS"], row["BUILD"]) == (1, "restart pending", BAD_BUILD)
    assert "Assumed of app-1: a restart is pending: the last installation asked for one" in out
    assert "a restart is pending: restart it, then roll back again; nothing was changed" in out


@pytest.mark.slow
def test_a_wrong_baseline_stops_the_wave_at_its_canary(rehearse):
    code, out, _ = rehearse([carrying("app-1", FEBRUARY), carrying("app-2", JANUARY)])
    found = rows(out)
    assert (code, found["app-1"]["THE SCRIPT SAYS"], found["app-1"]["BUILD"]) == (1, "wrong baseline", BAD_BUILD)
    assert found["app-1"]["PACKAGE"].endswith(f"~{BAD_BUILD}.1.0")
    assert (found["app-2"]["THE SCRIPT SAYS"], found["app-2"]["OUTCOME"]) == ("-", "not started")
    assert "The wave would end early: 1 machine failed, and 0 may." in out
    assert f"the baseline {GOOD_BUILD} is not there" in out


@pytest.mark.slow
def test_what_azure_does_not_tell_is_said(rehearse):
    by_build = machine("app-1", BAD_BUILD, settings=PAUSED)
    gallery = replace(by_build, name="app-2", id=by_build.id.replace("app-1", "app-2"), image=None)
    code, out, _ = rehearse([by_build, gallery])
    assert (code, {row["OUTCOME"] for row in rows(out).values()}) == (0, {"uninstalled"})
    assert "Assumed of app-1, app-2: the image did not bring the update" in out
    assert f"the baselines below the update are on it, by the calendar: {GOOD_BUILD}." in out


@pytest.mark.slow
def test_hours_and_a_soak_pass_in_seconds_and_a_gate_s_command_is_not_run(rehearse, tmp_path):
    opens, closes = (f"{datetime.now(UTC) + timedelta(hours=hours):%H:%M}" for hours in (2, 6))
    gate = {"command": ["touch", str(tmp_path / "asked")], "vmAgent": True}
    settings = {"soak": "30m", "hours": {"from": opens, "until": closes}, "gate": gate}
    (tmp_path / "wave.json").write_text(json.dumps(settings))
    machines = [carrying("app-1", JANUARY), carrying("app-2", JANUARY)]
    code, out, _ = rehearse(machines, "--wave-file", str(tmp_path / "wave.json"))
    assert (code, {row["OUTCOME"] for row in rows(out).values()}) == (0, {"uninstalled"})
    assert "Note: the gate's command and address are not asked in a rehearsal." in out
    assert not (tmp_path / "asked").exists()


@pytest.mark.slow
def test_an_update_that_only_the_user_s_calendar_has_is_rehearsed(rehearse, tmp_path, monkeypatch):
    build = "20348.3210"
    late = {"day": "2025-02-25", "generation": "2022", "release": "outOfBand", "source": "release health"}
    kept = {"taken": "2025-02-26", "source": "x", "events": [late | {"kb": "KB6000001", "build": build}]}
    (tmp_path / "calendar.json").write_text(json.dumps(kept))
    monkeypatch.setenv("AZURE_HOTPATCH_CALENDAR", str(tmp_path / "calendar.json"))
    made = replace(carrying("app-1", JANUARY), os_version=f"10.0.{build}", installations=())
    code, out, _ = rehearse([made], "KB6000001", "--at", "2025-02-27", "--uninstall")
    row = rows(out)["app-1"]
    assert (code, row["PACKAGE"].rpartition("~")[2], row["BUILD"]) == (0, f"{build}.1.0", GOOD_BUILD)


@pytest.mark.slow
def test_a_fix_is_installed_and_seen_by_the_script(rehearse):
    code, out, _ = rehearse([carrying("app-1", JANUARY)], "--at", "2025-03-13", "--fix", "KB5053603")
    row = rows(out)["app-1"]
    assert (code, row["THE SCRIPT SAYS"], row["BUILD"], row["OUTCOME"]) == (0, "present", "20348.3328", "installed")


def test_nothing_is_rehearsed_where_nothing_is_ready(rehearse):
    busy = replace(carrying("app-1", JANUARY), power="deallocated")
    code, out, _ = rehearse([busy])
    assert (code, "Nothing to rehearse" in out) == (2, True)


def test_a_rehearsal_is_no_dry_run(rehearse):
    code, _, err = rehearse([], "--dry-run")
    assert (code, err) == (3, "hotpatch: give --rehearse or --dry-run, not both\n")


def test_the_extra_that_is_missing_is_named(rehearse, monkeypatch):
    for name in ("rehearsal", "rehearsed_rollback"):
        monkeypatch.delitem(sys.modules, f"azure_hotpatch.cli.patching.{name}", raising=False)
    monkeypatch.delitem(sys.modules, "azure_hotpatch.emulator.served.background", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    code, _, err = rehearse([carrying("app-1", JANUARY)])
    assert (code, "pip install 'azure-hotpatch[emulator]'" in err) == (3, True)
