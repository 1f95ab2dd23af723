"""HP015: enableAutomaticUpdates cannot be turned on later."""

from typing import Any

import pytest

WINDOWS = "osProfile.windowsConfiguration"
ENABLED = f"{WINDOWS}.enableAutomaticUpdates"


def test_warns_of_off_with_automatic_by_platform(vm: Any, ask: Any) -> None:
    (finding,) = ask("HP015", vm({ENABLED: "False"}))
    assert "only be set when the machine is made" in finding.message


@pytest.mark.parametrize("value", [True, "true", None])
def test_accepts_on_and_absent(value: Any, vm: Any, ask: Any) -> None:
    assert ask("HP015", vm({ENABLED: value})) == []


def test_leaves_another_mode_to_the_rules_about_it(vm: Any, ask: Any) -> None:
    assert ask("HP015", vm({ENABLED: False, f"{WINDOWS}.patchSettings.patchMode": "Manual"})) == []
