"""HP024: bypass without a schedule leaves a machine unpatched."""

from typing import Any

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN

SETTINGS = "osProfile.windowsConfiguration.patchSettings"
BYPASS = f"{SETTINGS}.automaticByPlatformSettings.bypassPlatformSafetyChecksOnUserSchedule"


def test_refuses_bypass_without_a_schedule(scheduled_vm: Any, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP024", scheduled_vm(), configuration())
    assert (finding.verdict, finding.path) == (Verdict.VIOLATION, BYPASS)


def test_accepts_bypass_with_a_schedule(scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any) -> None:
    assert ask("HP024", scheduled_vm(), assignment(), configuration()) == []


def test_a_schedule_for_another_machine_does_not_help(
    scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    filtered = assignment({"resourceId": None, "filter": {"locations": ["northeurope"]}})
    assert len(ask("HP024", scheduled_vm(), filtered, configuration())) == 1


def test_a_schedule_for_an_unknown_machine_might(
    scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    (finding,) = ask("HP024", scheduled_vm(), assignment({"resourceId": UNKNOWN}), configuration())
    assert finding.verdict is Verdict.UNVERIFIABLE


def test_accepts_no_bypass_and_leaves_hotpatch_to_hp007(vm: Any, ask: Any) -> None:
    assert ask("HP024", vm()) == []
    assert ask("HP024", vm({BYPASS: True})) == []
