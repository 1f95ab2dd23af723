"""HP046: a machine with hotpatch restarts when an update requires it."""

from typing import Any

import pytest

SETTINGS = "osProfile.windowsConfiguration.patchSettings"
PATH = f"{SETTINGS}.automaticByPlatformSettings.rebootSetting"


@pytest.mark.parametrize("value", ["Always", "always"])
def test_advises_against_always(value: Any, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP046", vm({PATH: value}))
    assert finding.path == PATH
    assert "every update" in finding.message


@pytest.mark.parametrize("value", ["IfRequired", "Never", "Unknown", "Weekly"])
def test_leaves_other_words_alone(value: Any, vm: Any, ask: Any) -> None:
    assert ask("HP046", vm({PATH: value})) == []


def test_an_absent_value_is_accepted(vm: Any, ask: Any, absent: Any) -> None:
    assert ask("HP046", vm({PATH: absent})) == []


def test_says_nothing_of_a_machine_without_hotpatch(vm: Any, ask: Any) -> None:
    assert ask("HP046", vm({PATH: "Always", f"{SETTINGS}.enableHotpatching": False})) == []


def test_absent_hotpatch_is_on_where_the_image_has_it(vm: Any, ask: Any, absent: Any) -> None:
    assert len(ask("HP046", vm({PATH: "Always", f"{SETTINGS}.enableHotpatching": absent}))) == 1


def test_judges_the_profile_of_a_scale_set(scale_set: Any, ask: Any) -> None:
    path = f"virtualMachineProfile.{PATH}"
    (finding,) = ask("HP046", scale_set({path: "Always"}))
    assert finding.path == path
