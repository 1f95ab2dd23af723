"""HP042: a schedule without what it needs to run leaves a machine unpatched, whatever the image."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN

SETTINGS = "osProfile.windowsConfiguration.patchSettings"
ENABLED, PATCH_MODE = f"{SETTINGS}.enableHotpatching", f"{SETTINGS}.patchMode"
BYPASS = f"{SETTINGS}.automaticByPlatformSettings.bypassPlatformSafetyChecksOnUserSchedule"
SKU = "storageProfile.imageReference.sku"


@pytest.mark.parametrize("bypass", [False, "false", None, "perhaps"])
@pytest.mark.parametrize("image", ["2022-Datacenter-Azure-Edition-Core", "2019-Datacenter", UNKNOWN])
def test_refuses_a_schedule_without_the_bypass_on_any_image(
    bypass: Any, image: Any, scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    machine = scheduled_vm({BYPASS: bypass, SKU: image})
    (finding,) = ask("HP042", machine, assignment(), configuration())
    assert (finding.verdict, finding.path) == (Verdict.VIOLATION, BYPASS)
    assert "schedule 'saturday-web' is attached" in finding.message


@pytest.mark.parametrize("mode", ["Manual", "AutomaticByOS", None, "later"])
def test_refuses_a_schedule_with_another_patch_mode(
    mode: Any, scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    (finding,) = ask("HP042", scheduled_vm({PATCH_MODE: mode}), assignment(), configuration())
    assert (finding.verdict, finding.path) == (Verdict.VIOLATION, PATCH_MODE)


def test_accepts_a_schedule_that_runs_and_a_machine_without_one(
    vm: Any, scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    assert ask("HP042", scheduled_vm(), assignment(), configuration()) == []
    assert ask("HP042", scheduled_vm({BYPASS: False}), configuration()) == []
    assert ask("HP042", vm({ENABLED: False})) == []


def test_leaves_hotpatch_to_hp023(vm: Any, assignment: Any, configuration: Any, ask: Any) -> None:
    assert ask("HP042", vm(), assignment(), configuration()) == []
    (finding,) = ask("HP042", vm({ENABLED: UNKNOWN}), assignment(), configuration())
    assert finding.path == BYPASS


def test_cannot_tell_where_the_schedule_or_the_bypass_is_unknown(
    scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    (finding,) = ask("HP042", scheduled_vm({BYPASS: False}), assignment({"resourceId": UNKNOWN}), configuration())
    assert (finding.verdict, finding.path) == (Verdict.UNVERIFIABLE, BYPASS)
    (finding,) = ask("HP042", scheduled_vm({BYPASS: UNKNOWN}), assignment(), configuration())
    assert (finding.verdict, finding.path) == (Verdict.UNVERIFIABLE, BYPASS)


def test_refuses_a_schedule_on_a_set_that_cannot_run_it(
    scale_set: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    profile = f"virtualMachineProfile.{ENABLED}"
    image = f"virtualMachineProfile.{SKU}"
    plain = scale_set({profile: False, image: "2022-datacenter-g2"})
    (finding,) = ask("HP042", plain, assignment({"resourceId": plain.body["id"]}), configuration())
    assert (finding.verdict, finding.path) == (Verdict.VIOLATION, f"virtualMachineProfile.{BYPASS}")
