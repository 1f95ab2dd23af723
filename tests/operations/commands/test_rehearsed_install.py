"""`hotpatch install --rehearse`: the plan's wave on copies of the machines, and what it says against the plan."""

import json
import re
import sys
from datetime import UTC, datetime, timedelta

import pytest

from azure_hotpatch.emulator.arm.database.store import Store
from tests.operations.azure import SUBSCRIPTION

GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/fleet/providers/Microsoft.Compute/virtualMachines"


@pytest.fixture
def install(hotpatch):
    """Runs `hotpatch install` on machines whose name begins with vm-; its exit code, and what it said."""

    def invoke(*arguments):
        return hotpatch("install", *([] if "--plan" in arguments else ["--name", "vm-*"]), *arguments)

    return invoke


@pytest.fixture
def azure(serve, connect):
    """An Azure with so many machines that keeps each request: azure(3)."""

    def begin(count, *options, **more):
        found = serve(count, "--record", *options, **more)
        connect(found)
        return found

    return begin


def hidden(name, **values):
    """Prepares a store: what is hidden of a machine."""

    def prepare(store):
        memory = Store(store)
        with memory.transaction() as tx:
            machine = tx.find(f"{GROUP}/{name}")
            machine.hidden.update(values)
            tx.hide(machine)
        memory.close()

    return prepare


def rows(printed):
    """The cells of the rehearsal's table by machine, under its headings."""
    lines = printed.partition("\nRehearsal, in")[2].splitlines()
    start = next(number for number, line in enumerate(lines) if "REHEARSED" in line)
    heads = re.split(r"\s{2,}", lines[start])
    table = [re.split(r"\s{2,}", line) for line in lines[start + 1 :]]
    return {cells[1]: dict(zip(heads, cells, strict=True)) for cells in table if len(cells) == len(heads)}


def span(cell):
    begins, ends = (datetime.strptime(one[-8:], "%H:%M:%S").replace(tzinfo=UTC) for one in cell.split(" to "))
    return begins, ends + timedelta(days=ends < begins)


def seconds_apart(one, other):
    return min((one - other) % timedelta(days=1), (other - one) % timedelta(days=1)).total_seconds()


@pytest.mark.slow
def test_the_wave_goes_as_the_plan_says_and_nothing_in_azure_is_changed(azure, install, tmp_path):
    served = azure(3)
    code, out, err = install("--rehearse", "--no-assess", "--canary", "1")
    assert (code, err) == (0, "")
    found = rows(out)
    assert [row["RING"] for row in found.values()] == ["canary", "rest", "rest"]
    for row in found.values():
        assert (row["RESTARTED"], row["OUTCOME"]) == ("yes", "installed")
        assert re.fullmatch(r"KB\d+", row["INSTALLS"])
        for planned, happened in zip(span(row["PLANNED"]), span(row["REHEARSED"]), strict=True):
            assert seconds_apart(planned, happened) < 60
    assert "rehearsal: 3 machines: 3 installed; 3 restarted" in out
    assert "Assumed of vm-0000, vm-0001, vm-0002: it is offered what the calendar has, as it was not assessed." in out
    assert "Nothing in Azure was changed, and nothing is kept." in out
    assert served.installs() == []
    assert {line.split()[0] for line in (served.folder / "requests.log").read_text().splitlines()} == {"GET"}
    assert [path.name for path in tmp_path.iterdir() if path != served.folder] == []


@pytest.mark.slow
def test_a_copy_is_offered_what_its_machine_was_assessed_with(azure, install):
    served = azure(1)
    code, out, _ = install("--rehearse", "--classification", "Updates")
    (row,) = rows(out).values()
    planned = next(line for line in out.splitlines() if line.startswith("rest"))
    assert (code, row["OUTCOME"], row["RESTARTED"]) == (0, "installed", "yes")
    assert all(kb in planned for kb in row["INSTALLS"].split())
    assert "Assumed" not in out
    assert served.installs() == []


@pytest.mark.slow
def test_a_restart_that_is_pending_comes_with_an_update_that_needs_none(azure, install):
    azure(2, prepare=hidden("vm-0001", rebootPending=True))
    code, out, _ = install("--rehearse", "--classification", "UpdateRollUp")
    found = rows(out)
    assert (code, found["vm-0000"]["RESTARTED"], found["vm-0001"]["RESTARTED"]) == (0, "no", "yes")
    assert found["vm-0001"]["RESTART"] == "no"
    assert "Not as planned: vm-0001: it restarts, and the plan has no restart." in out


@pytest.mark.slow
def test_hours_a_soak_and_a_gate_pass_in_seconds(azure, install, tmp_path):
    azure(2)
    opens, closes = (f"{datetime.now(UTC) + timedelta(hours=hours):%H:%M}" for hours in (2, 8))
    gate = {"command": ["touch", str(tmp_path / "asked")], "vmAgent": True}
    settings = {"canary": "1", "soak": "30m", "hours": {"from": opens, "until": closes}, "gate": gate}
    (tmp_path / "wave.json").write_text(json.dumps(settings))
    code, out, _ = install("--rehearse", "--no-assess", "--wave-file", "wave.json")
    assert code == 0
    assert "; then soak 0:30:00, gate open" in out
    assert not (tmp_path / "asked").exists()
    canary, rest = (span(row["REHEARSED"]) for row in rows(out).values())
    assert f"{canary[0]:%H:%M}" == opens
    assert timedelta(minutes=30) <= rest[0] - canary[1] < timedelta(minutes=33)


@pytest.mark.slow
def test_a_saved_plan_is_rehearsed_with_its_machines_as_they_are_now(azure, install, tmp_path):
    served = azure(2)
    install("--dry-run", "--out", "p.json")
    plan = json.loads((tmp_path / "p.json").read_text())
    memory = Store(served.folder / "azure.sqlite")
    with memory.transaction() as tx:
        off, done = (tx.find(f"{GROUP}/vm-000{number}") for number in (0, 1))
        off.hidden["power"] = "deallocated"
        done.hidden["installation"] = {
            "status": "Succeeded",
            "installationActivityId": "another",
            "startTime": "2026-11-29T10:00:00Z",
            "lastModifiedTime": "2026-11-29T10:05:00Z",
        }
        for machine in (off, done):
            tx.hide(machine)
    memory.close()
    code, out, _ = install("--plan", "p.json", "--rehearse", "--yes")
    found = rows(out)
    assert (code, found["vm-0000"]["OUTCOME"], found["vm-0001"]["OUTCOME"]) == (1, "failed", "done by another")
    assert "vm-0000: it is deallocated: start it, and plan again" in out
    assert served.installs() == []
    assert json.loads((tmp_path / "p.json").read_text()) == plan


@pytest.mark.slow
def test_the_right_to_read_is_enough_without_an_assessment(azure, install):
    azure(1, "--role", "*/read")
    code, out, _ = install("--rehearse", "--no-assess")
    assert (code, len(rows(out))) == (0, 1)


def test_a_rehearsal_is_no_dry_run(install):
    assert install("--rehearse", "--dry-run") == (3, "", "hotpatch: give --rehearse or --dry-run, not both\n")


@pytest.mark.slow
def test_the_extra_that_is_missing_is_named(azure, install, monkeypatch):
    azure(1)
    for name in ("rehearsal", "rehearsed_install"):
        monkeypatch.delitem(sys.modules, f"azure_hotpatch.cli.patching.{name}", raising=False)
    monkeypatch.delitem(sys.modules, "azure_hotpatch.emulator.served.background", raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    code, _, err = install("--rehearse", "--no-assess")
    assert (code, "pip install 'azure-hotpatch[emulator]'" in err) == (3, True)
