"""What may be done about a cause can be done: it fits who patches the machine, and what reaches it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from azure_hotpatch.operations.machine import MachineType, PatchSettings
from azure_hotpatch.operations.status.cause import Cause
from azure_hotpatch.operations.status.remedy import remedy_of
from azure_hotpatch.operations.status.status import status_of
from tests.operations.machines import PAUSED, machine

NOW = datetime(2026, 8, 20, tzinfo=UTC)
SCHEDULE = ("/schedule",)
ARC = {"type": MachineType.ARC, "image": None, "settings": PatchSettings(), "edition": "serverstandard"}


def remedies(**more):
    """By cause, of a machine that lacks the updates of August 2026."""
    found = status_of(machine(build="26100.33158", **more), NOW).findings
    return {one.cause: one.remedy for one in found}


@pytest.mark.parametrize(
    ("settings", "schedules", "words"),
    [
        (PatchSettings("AutomaticByPlatform"), (), "Wait for Azure"),
        (PAUSED, SCHEDULE, "Wait for its schedule's next window"),
        (PAUSED, (), "Nobody installs it"),
        (PatchSettings("AutomaticByOS"), (), "Wait for Windows"),
        (PatchSettings("Manual"), (), "Nobody installs it"),
    ],
)
def test_who_installs_what_a_machine_lacks_is_waited_for(settings, schedules, words):
    plain = replace(settings, enable_hotpatching=False)
    assert remedies(settings=plain, schedules=schedules)[Cause.BEHIND].startswith(words)


@pytest.mark.parametrize(
    ("settings", "schedules", "words"),
    [
        (PAUSED, (), "Attach a schedule"),
        (PatchSettings("AutomaticByPlatform", enable_hotpatching=True), SCHEDULE, "Detach the schedule"),
        (PatchSettings("Manual"), SCHEDULE, "Set patchMode"),
    ],
)
def test_what_keeps_everybody_from_patching_is_to_be_changed(settings, schedules, words):
    assert remedies(settings=settings, schedules=schedules)[Cause.NOBODY_PATCHES].startswith(words)


@pytest.mark.parametrize(
    ("mode", "is_to_be_set"), [("AutomaticByPlatform", False), ("ImageDefault", True), (None, True)]
)
def test_what_is_set_already_is_not_to_be_set(mode, is_to_be_set):
    settings = PatchSettings("AutomaticByPlatform", mode, enable_hotpatching=True)
    words = remedies(settings=settings, viewed=NOW)[Cause.NEVER_ASSESSED]
    assert words.startswith("Assess it (`hotpatch assess`)")
    assert ("set assessmentMode" in words) is is_to_be_set


def test_no_command_is_named_that_leaves_arc_machines_out():
    found = remedies(**ARC, power="Disconnected")
    assert {Cause.BEHIND, Cause.ASSESSMENT_STALE, Cause.CANNOT_HOTPATCH, Cause.OFF} <= set(found)
    assert "Install-AzConnectedMachinePatch" in found[Cause.BEHIND]
    assert "Invoke-AzConnectedAssessMachinePatch" in found[Cause.ASSESSMENT_STALE]
    assert "virtualization-based security" in found[Cause.CANNOT_HOTPATCH]
    assert "(`hotpatch install`)" not in " ".join(found.values())


@pytest.mark.parametrize("cause", list(Cause))
@pytest.mark.parametrize("kind", list(MachineType))
def test_each_cause_has_a_remedy_of_each_kind_of_machine(cause, kind):
    assert remedy_of(cause, machine(type=kind)).endswith(".")
