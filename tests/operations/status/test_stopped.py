"""A machine that is offered a stopped update: the cause, the words of it, and what keeps the update off the machine."""

from datetime import UTC, datetime, timedelta

import pytest

from azure_hotpatch.operations.machine import Assessment, Machine, MachineType, Patch, PatchSettings
from azure_hotpatch.operations.status.cause import Cause
from azure_hotpatch.operations.status.status import Policy, status_of
from azure_hotpatch.operations.status.stopped import StoppedUpdate, pending

NOW = datetime(2026, 9, 10, 12, tzinfo=UTC)
STOP = StoppedUpdate("5122882", NOW - timedelta(days=1), "Remote Desktop hangs", ("5129237",))
AZURE = PatchSettings(patch_mode="AutomaticByPlatform", enable_hotpatching=True, provision_vm_agent=True)


def machine(*kbs, state="Available", at=NOW, settings=AZURE):
    patches = tuple(Patch(kb, kb, state=state) for kb in kbs)
    found = Assessment("Succeeded", at, {"critical": 0, "security": len(kbs)}, patches=patches)
    place = ("web", "fleet", "s", "westeurope")
    return Machine("/web", MachineType.VIRTUAL_MACHINE, *place, settings=settings, assessment=found, os_type="Windows")


def found(one, *stops):
    return {finding.cause: finding for finding in status_of(one, NOW, policy=Policy(stops=stops)).findings}


def test_a_stopped_update_that_is_offered_is_a_cause():
    cause = found(machine("5122882", "890830"), STOP)[Cause.PENDING_STOPPED]
    assert cause.detail == "is offered KB5122882, which is stopped: Remote Desktop hangs"
    assert "Azure knows no stop and installs it: set patchMode to Manual" in cause.remedy


@pytest.mark.parametrize("one", [machine("890830"), machine(), machine("5122882", state="Installed")])
def test_a_machine_that_is_not_offered_it_has_no_such_cause(one):
    assert Cause.PENDING_STOPPED not in found(one, STOP)
    assert pending(one, [STOP]) == []


def test_without_a_stop_nothing_is_said():
    assert Cause.PENDING_STOPPED not in found(machine("5122882"))


def test_an_old_assessment_does_not_rule_it_out():
    old = machine("890830", at=NOW - timedelta(days=5))
    assert Cause.PENDING_STOPPED in status_of(old, NOW, policy=Policy(stops=(STOP,))).unjudged
    assert Cause.PENDING_STOPPED not in status_of(old, NOW).unjudged


def test_nobody_but_a_wave_installs_on_a_machine_that_is_patched_by_hand():
    by_hand = machine("5122882", settings=PatchSettings(patch_mode="Manual", enable_automatic_updates=False))
    assert "nobody else installs it" in found(by_hand, STOP)[Cause.PENDING_STOPPED].remedy


@pytest.mark.parametrize(
    ("expires", "until"), [(None, "until it is lifted"), (NOW + timedelta(days=6), "until 2026-09-16 12:00 UTC")]
)
def test_a_stop_says_until_when_it_holds(expires, until):
    stop = StoppedUpdate("5122882", NOW, "it hangs", expires=expires)
    assert str(stop) == f"KB5122882 is stopped since 2026-09-10, {until}: it hangs"
