"""The script in the emulated guest: what it does to packages, and what it refuses."""

from datetime import UTC, date, datetime

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.operations.machine import Machine, MachineType
from azure_hotpatch.operations.rollback.outcome import Said, answer_of
from azure_hotpatch.operations.rollback.plan import MachineRollback, Way, Wish, plan
from azure_hotpatch.operations.rollback.removal import removal_of, script
from azure_hotpatch.operations.rollback.run import carry_out
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


class Emulated:
    """Azure as a roll back asks it, without a client between."""

    def __init__(self, arm):
        self.arm, self.restarted = arm, []

    def run(self, one: Machine, text: str) -> str:
        body = {"commandId": "RunPowerShellScript", "script": text.splitlines()}
        streams = self.arm.act(f"{one.id}/runCommand", body)["value"]
        assert streams[1]["message"] == ""
        return streams[0]["message"]

    def restart(self, one: Machine) -> None:
        self.restarted.append(one.name)
        self.arm.act(f"{one.id}/restart")

    def install(self, one: Machine, kb: str) -> tuple[bool, str]:
        body = {"maximumDuration": "PT2H", "rebootSetting": "IfRequired"}
        found = self.arm.act(f"{one.id}/installPatches", {**body, "windowsParameters": {"kbNumbersToInclude": [kb]}})
        return found["installedPatchCount"] == 1, found["status"]


def removal(kb=FEBRUARY, generation="2022", day=date(2025, 2, 26), baseline=None):
    record = ReleaseHistory(generation, day)
    return removal_of(record.of_kb(kb), record, baseline)


def ran(arm, made, what):
    body = {"commandId": "RunPowerShellScript", "script": script(what).splitlines()}
    return answer_of(arm.act(f"{made}/runCommand", body)["value"][0]["message"], what.kb)


def one(made):
    name = made.rpartition("/")[2]
    return Machine(made, MachineType.VIRTUAL_MACHINE, name, "fleet", made.split("/")[2], "westeurope")


def test_a_hotpatch_goes_with_the_restart_and_the_machine_says_so(arm, fleet):
    made = fleet.make("web-1")
    fleet.to(NIGHT)
    azure, planned = Emulated(arm), MachineRollback(one(made), None, Way.UNINSTALL, removal=removal())
    (result,) = carry_out([planned], azure, 1, lambda _: True)
    assert (result.done, result.build, azure.restarted) == (True, "20348.3091", ["web-1"])
    assert fleet.tracks()["web-1"]["build"] == "20348.3091"


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


def test_nothing_is_removed_while_a_restart_is_pending(arm, fleet):
    made = fleet.make("web-1")
    fleet.to(NIGHT)
    assert ran(arm, made, removal()).said is Said.REMOVED
    assert ran(arm, made, removal()).said is Said.RESTART_PENDING


def test_nothing_is_removed_without_the_baseline_to_fall_back_on(arm, fleet):
    made = fleet.make("web-1")
    fleet.to(NIGHT)
    answer = ran(arm, made, removal(baseline="20348.2527"))
    assert answer.said is Said.WRONG_BASELINE
    assert "Package_for_RollupFix~31bf3856ad364e35~amd64~~20348.3091.1.0" in answer.packages
    assert fleet.tracks()["web-1"]["rebootPending"] is False


def test_a_machine_without_the_update_is_left_alone(arm, fleet):
    made = fleet.make("web-1")
    azure = Emulated(arm)
    (result,) = carry_out(
        [MachineRollback(one(made), None, Way.UNINSTALL, removal=removal())], azure, 1, lambda _: True
    )
    assert (result.done, azure.restarted) == (True, [])
    assert "was not there" in result.words


def test_a_later_update_goes_over_a_bad_one(arm, fleet):
    made = fleet.make("web-1")
    fleet.to("2025-03-12T00:00:00")
    found = machine("web-1", "20348.3148", settings=PAUSED, installations=(installed("2025-02-18", FEBRUARY),))
    wish = Wish((FEBRUARY,), fix="5053638")
    (planned,) = plan([found], wish, datetime(2025, 3, 12, tzinfo=UTC), CALENDAR)
    assert (planned.way, planned.fix.kb) == (Way.FIX, "5053638")
    done, words = Emulated(arm).install(one(made), planned.fix.kb)
    assert done, words
    assert fleet.tracks()["web-1"]["build"] == f"20348.{planned.fix.revision}"
