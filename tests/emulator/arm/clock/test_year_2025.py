"""The year 2025 on the thirty machines of an example, against the diary of that year."""

import pytest

from tests.diary_2025 import DIARY, FLEET, HOTPATCH_2022

# The emulator's words for the modes of the fleet.
MODES = {"azureManaged": "azure-managed", "customerManagedSchedule": "customer-schedule", "paused": "customer-schedule"}
MADE = {kind["name"]: (kind["count"], kind["sku"], MODES.get(kind["mode"], kind["mode"])) for kind in FLEET["kinds"]}
NOW = {"rebootSetting": "IfRequired", "windowsParameters": {"classificationsToInclude": ["Critical", "Security"]}}


@pytest.fixture
def machines(fleet):
    """Thirty machines, by the name of their kind and a number."""
    for kind, (count, sku, mode) in MADE.items():
        for number in range(count):
            fleet.make(f"{kind}-{number}", sku, mode)
    window = {key: value for key, value in FLEET["schedule"].items() if key != "name"}
    saturdays = fleet.schedule(FLEET["schedule"]["name"], window)
    for kind in (one["name"] for one in FLEET["kinds"] if one.get("scheduled")):
        for number in range(MADE[kind][0]):
            fleet.assign(fleet.id(f"{kind}-{number}"), saturdays)
    return [f"{kind}-{number}" for kind, (count, *_) in MADE.items() for number in range(count)]


def diary(fleet):
    """The last of what a machine installed in a month counts, for PowerShell's updates come beside a hotpatch."""
    return {
        name: [(int(day[5:7]), restarted, build) for day, restarted, build in runs]
        for name, runs in fleet.history().items()
    }


def test_the_machines_live_as_the_calendar_says(fleet, machines):
    assert len(machines) == 30
    fleet.to("2025-10-23T18:00:00")
    for number in range(3):
        result = fleet.arm.act(f"{fleet.id(f'fell-{number}')}/installPatches", NOW)
        assert [one["kbId"] for one in result["patches"] if one["installationState"] == "Installed"] == ["5070881"]
    fleet.to("2025-11-01T00:00:00")
    off = fleet.tracks()["fell-0"]
    assert (off["track"], off["fallenBy"], off["until"]) == ("fallen off", "KB5070881", "2026-01-13")
    fleet.to("2025-12-31T00:00:00")
    found = diary(fleet)
    assert {name: found[name] for name in machines} == {name: DIARY[name.rsplit("-", 1)[0]] for name in machines}

    tracks = fleet.tracks()
    by_track = {name: tracks[name]["track"] for name in machines}
    expected = {"plain": "cumulative", "newplain": "cumulative", "sched": "cumulative", "paused": "cumulative"}
    expected |= {"fell": "fallen off", "both": "fallen off"}  # the latter missed every baseline of the year
    assert by_track == {name: expected.get(name.rsplit("-", 1)[0], "hotpatch") for name in machines}
    assert tracks["fell-1"]["fallenBy"] == "KB5070881"
    restarts = {name: sum(restarted for _, restarted, _ in found[name]) for name in machines}
    assert (restarts["core-0"], restarts["plain-0"], restarts["fell-0"], restarts["both-0"]) == (4, 13, 7, 0)

    fleet.to("2026-02-25T00:00:00")
    assert diary(fleet)["fell-2"][-2:] == [(1, True, "26100.32230"), (2, False, "26100.32313")]
    assert fleet.tracks()["fell-2"]["track"] == "hotpatch"


def test_the_diary_is_the_same_however_the_clock_is_moved(fleet):
    fleet.make("core-0")
    for month in range(1, 13):
        for day in ("05", "11", "19", "28"):
            if (month, day) > (1, "11"):
                fleet.to(f"2025-{month:02}-{day}T07:00:00")
    assert diary(fleet)["core-0"] == HOTPATCH_2022
