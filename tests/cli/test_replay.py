"""`hotpatch replay`: a stack lived through the record, against a diary kept by hand."""

import json

import pytest

SCHEDULE = {
    "start": "2027-01-16 02:00",
    "recurrence": "saturdayAfterPatchTuesday",
    "timeZone": "W. Europe Standard Time",
}


@pytest.fixture
def stack(write):
    def written(machines, **maintenance):
        keys = {"fleet": {"machines": machines}, "maintenance": maintenance, "images": {"generation": "2025"}}
        return write("Pulumi.dev.yaml", {"config": {f"azure-hotpatch:{key}": value for key, value in keys.items()}})

    return written


def replayed(hotpatch, name, *arguments):
    outcome = hotpatch("replay", name, "--format=json", *arguments)
    assert outcome.code == 0, outcome.err
    return {one["name"]: one for one in json.loads(outcome.out)["machines"]}


def months(restarts):
    return [restart["time"][:7] for restart in restarts]


def test_2022_had_seven_restarts_and_thirteen_without_hotpatch(hotpatch, stack):
    """By hand: baselines in April, May, July, August, October, December 2022 and January 2023."""
    web = replayed(hotpatch, stack([{"name": "web"}]), "--from=2022-02", "--to=2023-01")["web"]
    assert months(web["restarts"]) == ["2022-04", "2022-05", "2022-07", "2022-08", "2022-10", "2022-12", "2023-01"]
    assert len(web["restartsOfTwin"]) == 12


def test_every_baseline_since_2022_is_a_restart(hotpatch, stack):
    web = replayed(hotpatch, stack([{"name": "web"}]))["web"]
    assert len(web["restarts"]) == 18 + 6


def test_no_installation_is_lost_where_two_releases_reach_a_machine_in_one_turn(hotpatch, stack):
    """The baseline of April 14, 2026 and the out-of-band hotpatch of the 19th met on the machine of the second zone."""
    name = stack([{"name": "web", "count": 3, "zones": ["1", "2", "3"]}])
    machines = replayed(hotpatch, name, "--from=2026-01", "--to=2026-04")
    assert [months(machines[name]["restarts"]) for name in ("web-01", "web-02", "web-03")] == [
        ["2026-01", "2026-04"]
    ] * 3


def test_windows_server_2025_lives_from_its_first_hotpatch_on(hotpatch, stack):
    """By hand: the seven planned and two unplanned baselines of January 2025 to September 2026."""
    web = replayed(hotpatch, stack([{"name": "web", "image": "2025-core"}]))["web"]
    assert web["first"] == "2024-11-01"
    assert len(web["restarts"]) == 9


def test_a_schedules_windows_open_and_install(hotpatch, stack):
    name = stack([{"name": "erp"}], mode="customerManagedSchedule", schedule=SCHEDULE)
    erp = replayed(hotpatch, name, "--from=2025-01", "--to=2025-03")["erp"]
    assert [restart["time"] for restart in erp["restarts"]] == [
        "2025-01-18T01:00:00+00:00",
        "2025-02-15T01:00:00+00:00",
        "2025-03-15T01:00:00+00:00",
    ]
    assert (erp["windowsMissed"], erp["windowsClosedTooEarly"]) == ([], [])
    assert [exposure["days"] for exposure in erp["exposures"]] == [4, 4, 4]


def test_a_window_that_closes_too_early_is_told(hotpatch, stack, write):
    slow = write("events.json", {"faults": [{"kb": "KB5051979", "outcome": "never ends"}]})
    name = stack([{"name": "erp"}], mode="customerManagedSchedule", schedule=SCHEDULE)
    erp = replayed(hotpatch, name, "--from=2025-01", "--to=2025-03", f"--events={slow}")["erp"]
    assert erp["windowsClosedTooEarly"] == ["2025-02-15T01:00:00+00:00"]
    assert [exposure["days"] for exposure in erp["exposures"]] == [4, 32, 4]


def test_rejects_an_event_file_that_is_wrong(hotpatch, stack, write):
    wrong = write("events.json", {"fault": []})
    outcome = hotpatch("replay", stack([{"name": "web"}]), f"--events={wrong}")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (3, "", 1)
    assert f"--events {wrong}: The event file cannot be used: 'fault' is not one of" in outcome.err


def test_updates_that_went_wrong_are_told(hotpatch, stack):
    out = hotpatch("replay", stack([{"name": "web"}]), "--from=2026-08").out
    assert "KB5122882: Remote Desktop Services hung hours after the start: web from 2026-09-" in out


def test_what_is_not_replayed_is_said(hotpatch, write):
    fleet = {"machines": [{"name": "web"}], "scaleSets": [{"name": "front"}]}
    name = write("Pulumi.dev.yaml", {"config": {"azure-hotpatch:fleet": fleet}})
    assert "not replayed: front" in hotpatch("replay", name, "--from=2026-08").out


@pytest.mark.parametrize(
    "span", [("--from=2021-12",), ("--to=2027-01",), ("--from=2025-02", "--to=2025-01"), ("--from=yesterday",)]
)
def test_lives_within_the_record_alone(span, hotpatch, stack):
    outcome = hotpatch("replay", stack([{"name": "web"}]), *span)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (3, "", 1)
