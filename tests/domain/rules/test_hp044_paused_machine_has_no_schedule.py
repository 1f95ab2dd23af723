"""HP044: a schedule runs on a paused machine, so that it is not paused."""

from dataclasses import replace
from typing import Any

import pytest

from azure_hotpatch.domain.azure.patching import PatchingMode
from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.modes import DeclaredModes
from azure_hotpatch.domain.judging.record import UNKNOWN

SETTINGS = "osProfile.windowsConfiguration.patchSettings"
BYPASS = f"{SETTINGS}.automaticByPlatformSettings.bypassPlatformSafetyChecksOnUserSchedule"


@pytest.fixture
def paused(context: Any) -> Any:
    return replace(context, modes=DeclaredModes((("*", PatchingMode.PAUSED),)))


def test_refuses_a_schedule(scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any, paused: Any) -> None:
    (finding,) = ask("HP044", scheduled_vm(), assignment(), configuration(), context=paused)
    assert (finding.verdict, finding.path, finding.allowed) == (Verdict.VIOLATION, BYPASS, "no schedule")
    assert "schedule 'saturday-web' is attached" in finding.message


def test_accepts_none_and_asks_for_none(scheduled_vm: Any, configuration: Any, ask: Any, paused: Any) -> None:
    assert ask("HP044", scheduled_vm(), configuration(), context=paused) == []
    assert ask("HP024", scheduled_vm(), configuration(), context=paused) == []


def test_accepts_a_schedule_where_no_pause_is_declared(
    scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any
) -> None:
    assert ask("HP044", scheduled_vm(), assignment(), configuration()) == []


def test_cannot_tell_of_an_assignment_to_an_unknown_machine(
    scheduled_vm: Any, assignment: Any, configuration: Any, ask: Any, paused: Any
) -> None:
    somewhere = assignment({"resourceId": UNKNOWN})
    (finding,) = ask("HP044", scheduled_vm(), somewhere, configuration(), context=paused)
    assert finding.verdict is Verdict.UNVERIFIABLE
