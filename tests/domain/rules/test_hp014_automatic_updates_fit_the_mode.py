"""HP014: enableAutomaticUpdates fits the patch mode."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import UNKNOWN

WINDOWS = "osProfile.windowsConfiguration"
MODE = f"{WINDOWS}.patchSettings.patchMode"
ENABLED = f"{WINDOWS}.enableAutomaticUpdates"


@pytest.mark.parametrize(
    ("enabled", "mode", "reason"),
    [
        (False, "AutomaticByOS", "needs it true"),
        (True, "Manual", "needs it false"),
        ("TRUE", "manual", "needs it false"),
        (None, "Manual", "true by default"),
        ("perhaps", "AutomaticByPlatform", "is not a boolean"),
        ("perhaps", UNKNOWN, "is not a boolean"),
    ],
)
def test_refuses_a_contradiction(enabled: Any, mode: Any, reason: str, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP014", vm({ENABLED: enabled, MODE: mode}))
    assert finding.path == ENABLED
    assert reason in finding.message


@pytest.mark.parametrize(
    ("enabled", "mode"),
    [(True, "AutomaticByOS"), (None, "AutomaticByOS"), (False, "Manual"), (False, "AutomaticByPlatform"), (True, None)],
)
def test_accepts_what_azure_takes(enabled: Any, mode: Any, vm: Any, ask: Any) -> None:
    assert ask("HP014", vm({ENABLED: enabled, MODE: mode})) == []
