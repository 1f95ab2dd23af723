"""HP013: automaticByPlatformSettings stand beside AutomaticByPlatform only."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN

SETTINGS = "osProfile.windowsConfiguration.patchSettings"
MODE = f"{SETTINGS}.patchMode"


@pytest.mark.parametrize(
    ("mode", "shown"), [("Manual", "'Manual'"), ("AutomaticByOS", "'AutomaticByOS'"), (None, "absent"), (3, "3")]
)
def test_refuses_them_beside_another_mode(mode: Any, shown: str, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP013", vm({MODE: mode}))
    assert finding.path == f"{SETTINGS}.automaticByPlatformSettings"
    assert f"patchMode is {shown}" in finding.message


def test_accepts_another_mode_without_them(vm: Any, ask: Any, absent: Any) -> None:
    assert ask("HP013", vm({MODE: "Manual", f"{SETTINGS}.automaticByPlatformSettings": absent})) == []


def test_accepts_them_beside_the_right_mode(vm: Any, ask: Any) -> None:
    assert ask("HP013", vm({MODE: "automaticbyplatform"})) == []


def test_settings_that_are_not_known_are_not_taken_for_wrong(vm: Any, ask: Any) -> None:
    (finding,) = ask("HP013", vm({MODE: "Manual", f"{SETTINGS}.automaticByPlatformSettings": UNKNOWN}))
    assert finding.verdict is Verdict.UNVERIFIABLE
    assert ask("HP013", vm({f"{SETTINGS}.automaticByPlatformSettings": UNKNOWN})) == []
