"""`hotpatch status` and `hotpatch forecast` beside a store of waves in which an update is stopped."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from azure_hotpatch.operations.durable import notes
from azure_hotpatch.operations.durable.wave_store import make, store_of
from azure_hotpatch.operations.durable.worker import prepare
from azure_hotpatch.operations.install.advisory import Advisory
from tests.operations import estate

SINCE = estate.END - timedelta(days=1)


@pytest.fixture
def stopped(tmp_path, monkeypatch):
    """Stops updates in the user's own store: stopped("5122882", expires=…)."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("HOTPATCH_DATABASE_URL", raising=False)

    def stop(kb, since=SINCE, **more):
        store = store_of(None, None)
        make(store)
        prepare(store)
        engine = notes.engine_of(store)
        notes.ban(engine, Advisory(kb=kb, bad_since=since, reason="it\x1b[2J hangs", **more), "ann@example.com")
        engine.dispose()

    return stop


# An update that every assessed machine is offered, and that says nothing of its track.
KB, NAME = "890830", "web-1"


def test_status_names_the_machines_that_are_offered_it(asked, stopped):
    stopped(KB)
    outcome = asked("status", "--name", NAME, "--fail-on", "pending-stopped")
    assert outcome.code == 1
    assert f"pending-stopped: {NAME} (is offered KB{KB}, which is stopped: it\\x1b[2J hangs)" in outcome.err
    assert f"Note: KB{KB} is stopped since {SINCE:%Y-%m-%d}, until it is lifted: it\\x1b[2J hangs." in outcome.err
    assert f"`hotpatch rollback KB{KB} --dry-run`" in outcome.err
    assert "pending-stopped" in outcome.out


@pytest.mark.parametrize("more", [{"expires": SINCE + timedelta(hours=1)}, {"since": estate.END + timedelta(days=1)}])
def test_a_stop_that_does_not_hold_then_is_not_told(asked, stopped, more):
    stopped(KB, **more)
    outcome = asked("status", "--name", NAME, "--fail-on", "pending-stopped")
    assert (outcome.code, "stopped" in outcome.err) == (0, False)


def test_a_store_that_is_none_is_one_line(asked, tmp_path):
    (tmp_path / "notes.txt").write_text("milk\n")
    outcome = asked("status", "--store", "notes.txt")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (3, "", 1)
    assert "notes.txt: it is not a store of waves" in outcome.err


def machine(patch_mode):
    settings = {"patchMode": patch_mode, "enableHotpatching": False, "enableAutomaticUpdates": False}
    name = f"by-{patch_mode.lower()}"
    place = {"resourceGroup": "fleet", "subscription": "s", "location": "westeurope", "osType": "Windows"}
    of_image = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": "2022-datacenter-azure-edition"}
    return {
        "id": f"/{NAME}",
        "type": "Microsoft.Compute/virtualMachines",
        "name": name,
        **place,
        "image": of_image,
        "osVersion": "10.0.20348.2113",
        "settings": settings,
    }


def test_a_forecast_counts_a_stopped_update_where_others_than_people_install_it(hotpatch, write, stopped):
    fleet = write("fleet.json", [machine("Manual"), machine("AutomaticByPlatform")])
    on = ("--on", "2026-09-20", "--format", "json")
    before = json.loads(hotpatch("forecast", "--machines", fleet, *on).out)
    assert before["stops"] == []
    assert all("is due" in one["remark"] for one in before["machines"])
    lacks = "5122882"  # the cumulative update of September 2026 for Windows Server 2022
    stopped(lacks, datetime(2026, 9, 9, tzinfo=UTC), fixes=("5129237",))
    after = json.loads(hotpatch("forecast", "--machines", fleet, *on).out)
    assert [one["kb"] for one in after["stops"]] == [f"KB{lacks}"]
    remarks = {one["name"]: one["remark"] for one in after["machines"]}
    assert f"KB{lacks} is stopped, and not counted" in remarks["by-manual"]
    assert f"KB{lacks} is stopped, and Azure installs it all the same" in remarks["by-automaticbyplatform"]
    counts = [[one["restarts"]["planned"] for one in found["machines"]] for found in (before, after)]
    assert [earlier - later for earlier, later in zip(*counts, strict=True)] == [1, 0]
    shown = hotpatch("forecast", "--machines", fleet, "--on", "2026-09-20").out
    assert f"KB{lacks} is stopped since 2026-09-09, until it is lifted: it\\x1b[2J hangs. Waves leave it out;" in shown


def test_a_forecast_of_a_stack_names_the_stops(hotpatch, write, stopped):
    stopped("5122882", datetime(2026, 9, 9, tzinfo=UTC), expires=datetime(2026, 12, 1, tzinfo=UTC))
    stack = write("Pulumi.dev.yaml", {"config": {"azure-hotpatch:fleet": {"machines": [{"name": "web"}]}}})
    assert "until 2026-12-01 00:00 UTC" in hotpatch("forecast", stack, "--on", "2026-09-20").out
    assert "is stopped" not in hotpatch("forecast", stack, "--on", "2026-12-02").out
