"""What is planned for each machine: who carries the update, the fix before uninstalling, and what is in the way."""

from dataclasses import replace

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.operations.machine import MachineType, PatchSettings
from azure_hotpatch.operations.rollback.plan import Way, Wish, plan, ready
from tests.operations.machines import PAUSED, assessed, at, installed, machine

BAD, FIX = "5122871", "5129235"  # the cumulative update of 8 September 2026 for Windows Server 2025, and its fix
NIGHT = at("2026-09-10T20:00")  # the fix is not out


def planned(one, now=NIGHT, **wish):
    (found,) = plan([one], Wish(wish.pop("kbs", (BAD,)), **wish), now, CALENDAR)
    return found


def test_before_there_is_a_fix_it_is_uninstalled():
    found = planned(machine(settings=PAUSED))
    assert (found.way, found.is_ready, found.restart) == (Way.UNINSTALL, True, True)
    assert found.removal.good_build == "26100.33158"
    assert "2 days after they came out" in found.notes[0]


def test_a_machine_with_hotpatch_on_returns_with_the_next_baseline():
    found = planned(machine(), unpaused=True)
    assert found.returns.isoformat() == "2026-10-13"


def test_the_fix_comes_first_and_its_price_is_said():
    found = planned(machine(), at("2026-09-20"))
    assert (found.way, found.fix.kb, found.restart, found.is_ready) == (Way.FIX, FIX, True, True)
    assert "off the hotpatch track until the baseline of 2026-10-13" in found.notes[1]


def test_a_fix_without_a_restart_is_preferred_where_the_machine_can_take_it():
    one = machine(build="26100.6899", installations=(installed("2025-10-16", "5066835"),))
    found = planned(one, at("2025-10-28"), kbs=("5066835",))
    assert (found.fix.kb, found.restart) == ("5070893", False)


def test_a_machine_off_the_track_is_not_given_a_hotpatch():
    one = machine(build="26100.6905", installations=(installed("2025-10-24", "5070881", reboot="Completed"),))
    found = planned(one, at("2025-11-20"), kbs=("5070881",))
    assert found.fix.kb == "5072359"


def test_uninstalling_may_be_asked_for_although_there_is_a_fix():
    assert planned(machine(settings=PAUSED), at("2026-09-20"), uninstall=True).way is Way.UNINSTALL


def test_what_would_install_it_again_is_in_the_way():
    found = planned(machine())
    assert found.in_the_way.startswith("Azure would install it again: set `patchingMode: paused`")
    assert ready([found]) == ()


def test_a_scale_set_cannot_be_paused():
    assert "cannot be paused in a scale set" in planned(machine(scale_set="/subscriptions/x/set")).in_the_way


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"power": "deallocated"}, "it is deallocated: start it first"),
        ({"assessment": assessed("2026-09-10", pending=True)}, "a restart is pending"),
        ({"installations": (installed("2026-09-09", BAD, reboot="Required"),)}, "a restart is pending"),
        ({"type": MachineType.ARC, "hotpatch_state": "Enabled", "licence": "Enabled"}, "not an Azure virtual machine"),
    ],
)
def test_says_what_is_in_the_way(more, words):
    assert words in planned(replace(machine(settings=PAUSED), **more)).in_the_way


@pytest.mark.parametrize(
    ("build", "runs", "way"),
    [
        ("26100.33158", (), Way.NOTHING),  # the baseline before
        ("26100.33451", (), Way.NOTHING),  # the fix is on it
        ("26100.33158", (installed("2026-09-15", BAD),), Way.FIX),  # its build is from before the installation
        ("26100.33158", (installed("2026-09-15", FIX), installed("2026-09-09", BAD)), Way.NOTHING),
        ("26100.33438", (), Way.FIX),
        ("20348.5631", (), Way.NOTHING),
    ],
)
def test_who_carries_it(build, runs, way):
    assert planned(machine(build=build, installations=runs), at("2026-09-20")).way is way


def test_a_machine_from_which_it_was_taken_off_does_not_carry_it():
    runs = (installed("2026-09-09", BAD, reboot="Completed"),)
    back = machine(build="26100.33222", installations=runs)
    assert planned(back).way is Way.UNINSTALL  # the build may be from before
    assert planned(replace(back, viewed=at("2026-09-10T19:00"))).way is Way.NOTHING


def test_a_build_that_two_updates_share_does_not_tell_who_carries_it():
    found = planned(machine(build="26100.6905"), at("2025-10-28"), kbs=("5070881",))
    assert "which KB5070881 and KB5070893 share" in found.carrier.evidence


def test_each_generation_is_held_against_its_own_update():
    both = [machine(), machine("old-1", "20348.5622", settings=PatchSettings("Manual"))]
    found = plan(both, Wish((BAD, "5122882")), NIGHT, CALENDAR)
    assert [one.carrier.level.kb for one in found] == ["5122882", BAD]
