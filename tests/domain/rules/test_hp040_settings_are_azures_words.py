"""HP040: a patch setting is a word that Azure knows."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.rule import Severity
from azure_hotpatch.domain.rules import RULES

SETTINGS = "osProfile.windowsConfiguration.patchSettings"
REBOOT = f"{SETTINGS}.automaticByPlatformSettings.rebootSetting"
ASSESSMENT = f"{SETTINGS}.assessmentMode"
WINDOW = "installPatches.rebootSetting"


@pytest.mark.parametrize(("path", "value"), [(REBOOT, "Weekly"), (REBOOT, 0), (ASSESSMENT, "Daily"), (ASSESSMENT, 1)])
def test_refuses_a_word_that_does_not_exist(path: str, value: Any, vm: Any, scale_set: Any, ask: Any) -> None:
    (finding,) = ask("HP040", vm({path: value}))
    assert (finding.path, repr(value) in finding.message) == (path, True)
    (finding,) = ask("HP040", scale_set({f"virtualMachineProfile.{path}": value}))
    assert finding.path == f"virtualMachineProfile.{path}"


@pytest.mark.parametrize(
    ("path", "value"), [(REBOOT, "never"), (REBOOT, "Unknown"), (REBOOT, None), (ASSESSMENT, "IMAGEDEFAULT")]
)
def test_accepts_a_word_of_azures_in_any_letter_case(path: str, value: Any, vm: Any, ask: Any) -> None:
    assert ask("HP040", vm({path: value})) == []


@pytest.mark.parametrize("value", ["Sometimes", 1])
def test_refuses_a_word_that_no_window_knows(value: Any, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP040", configuration({WINDOW: value}))
    assert finding.path == WINDOW


@pytest.mark.parametrize("value", ["NeverReboot", "alwaysReboot", "IfRequired", None])
def test_accepts_a_window_s_words_by_either_name(value: Any, configuration: Any, ask: Any) -> None:
    assert ask("HP040", configuration({WINDOW: value})) == []


def test_leaves_a_window_for_the_host_alone(configuration: Any, ask: Any) -> None:
    assert ask("HP040", configuration({WINDOW: "Sometimes", "maintenanceScope": "Host"})) == []


def test_fails_a_preview_as_azure_would_fail_the_deployment() -> None:
    assert next(rule for rule in RULES if rule.id == "HP040").severity is Severity.ERROR
