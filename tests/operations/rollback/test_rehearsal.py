"""The script in the emulated guest: what it does to packages, and what it refuses."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.operations.rollback.outcome import Said, answer_of
from azure_hotpatch.operations.rollback.plan import Way, Wish, plan
from azure_hotpatch.operations.rollback.removal import removal_of, script, target_of
from azure_hotpatch.operations.status.release_history import ReleaseHistory
from tests.emulator.arm import conftest as emulator
from tests.emulator.arm.clock.conftest import Fleet
from tests.operations.machines import PAUSED, installed, machine

good_vm, group, provider, subnet, nic, nic_body = (
    emulator.good_vm,
    emulator.group,
    emulator.provider,
    emulator.subnet,
    emulator.nic,
    emulator.nic_body,
)
FEBRUARY, NIGHT = "5052106", "2025-02-26T00:00:00"  # the hotpatch of February 2025 for Windows Server 2022


@pytest.fixture
def arm(tmp_path):
    return emulator.Arm(tmp_path / "azure.sqlite", start=datetime(2025, 1, 12, tzinfo=UTC))


@pytest.fixture
def fleet(arm, group, good_vm, nic_body):
    return Fleet(arm, group, good_vm, nic_body)


def removal(kb=FEBRUARY, generation="2022", day=date(2025, 2, 26), baseline=None):
    record = ReleaseHistory(generation, day)
    return removal_of(record.of_kb(kb), record, baseline)


def ran(arm, made, what, *, removing=True):
    body = {"commandId": "RunPowerShellScript", "script": script(what, removing=removing).splitlines()}
    streams = arm.act(f"{made}/runCommand", body)["value"]
    assert streams[1]["message"] == ""
    return answer_of(streams[0]["message"], what.kb)


def test_a_hotpatch_goes_with_the_restart_and_the_machine_says_so(arm, fleet):
    made = fleet.make("web-1")
    fleet.to(NIGHT)
    assert ran(arm, made, removal()).said is Said.REMOVED
    arm.act(f"{made}/restart")
    answer = ran(arm, made, removal(), removing=False)
    assert (answer.said, answer.build) == (Said.ABSENT, "20348.3091")
    assert fleet.tracks()["web-1"]["build"] == "20348.3091"


def test_a_look_changes_nothing(arm, fleet):
    made = fleet.make("web-1")
    fleet.to(NIGHT)
    before = fleet.tracks()["web-1"]
    assert ran(arm, made, removal(), removing=False).said is Said.PRESENT
    assert fleet.tracks()["web-1"] == before


def test_a_combined_package_goes_by_its_build(arm, fleet):
    made = fleet.make("app-1", mode="azure-managed")
    fleet.to(NIGHT)
    assert fleet.tracks()["app-1"]["build"] == "20348.3207"
    cumulative = removal("5051979")
    answer = ran(arm, made, cumulative)
    assert answer.said is Said.REMOVED
    assert answer.packages == ("Package_for_RollupFix~31bf3856ad364e35~amd64~~20348.3207.1.0",)
    arm.act(f"{made}/restart")
    assert ran(arm, made, cumulative).build == "20348.3091"


def test_the_image_s_own_package_cannot_be_removed(arm, fleet):
    made = fleet.make("web-1", version="20348.3091.250114")
    what = removal("5049983", day=date(2025, 1, 20), baseline="20348.3091")
    assert ran(arm, made, what).said is Said.PERMANENT
    assert fleet.tracks()["web-1"]["rebootPending"] is False


def test_what_was_removed_waits_for_its_restart_and_is_not_removed_twice(arm, fleet):
    made = fleet.make("web-1")
    fleet.to(NIGHT)
    assert ran(arm, made, removal()).said is Said.REMOVED
    again = ran(arm, made, removal())
    assert (again.said, len(again.packages)) == (Said.REMOVAL_PENDING, 1)
    assert ran(arm, made, removal(), removing=False).said is Said.REMOVAL_PENDING


def test_nothing_is_removed_while_another_restart_is_pending(arm, fleet):
    made = fleet.make("web-1")
    fleet.to(NIGHT)
    other = removal().model_copy(update={"named": "Package_for_KB1~*", "rollup": "-"})
    assert ran(arm, made, removal()).said is Said.REMOVED
    assert ran(arm, made, other).said is Said.RESTART_PENDING


def test_nothing_is_removed_without_the_baseline_to_fall_back_on(arm, fleet):
    made = fleet.make("web-1")
    fleet.to(NIGHT)
    answer = ran(arm, made, removal(baseline="20348.2527"))
    assert answer.said is Said.WRONG_BASELINE
    assert "Package_for_RollupFix~31bf3856ad364e35~amd64~~20348.3091.1.0" in answer.packages
    assert fleet.tracks()["web-1"]["rebootPending"] is False


def test_a_machine_without_the_update_is_left_alone(arm, fleet):
    made = fleet.make("web-1")
    assert ran(arm, made, removal()).said is Said.ABSENT
    assert fleet.tracks()["web-1"]["rebootPending"] is False


def test_a_later_update_goes_over_a_bad_one_and_is_seen_on_the_machine(arm, fleet):
    made = fleet.make("web-1")
    fleet.to("2025-03-12T00:00:00")
    found = machine("web-1", "20348.3148", settings=PAUSED, installations=(installed("2025-02-18", FEBRUARY),))
    wish = Wish((FEBRUARY,), fix="5053638")
    (planned,) = plan([found], wish, datetime(2025, 3, 12, tzinfo=UTC), CALENDAR)
    assert (planned.way, planned.fix.kb) == (Way.FIX, "5053638")
    before = ran(arm, made, planned.target, removing=False)
    body = {"maximumDuration": "PT2H", "rebootSetting": "IfRequired"}
    wanted = {**body, "windowsParameters": {"kbNumbersToInclude": [planned.fix.kb]}}
    assert arm.act(f"{made}/installPatches", wanted)["installedPatchCount"] == 1
    answer = ran(arm, made, planned.target, removing=False)
    assert (before.said, answer.said) == (Said.ABSENT, Said.PRESENT)
    assert answer.build == f"20348.{planned.fix.revision}"


def test_the_pattern_of_an_update_without_a_build_is_its_number_alone():
    record = ReleaseHistory("2022", date(2025, 2, 26))
    level = record.of_kb(FEBRUARY)
    assert target_of(replace(level, revision=None), record).rollup == "-"
