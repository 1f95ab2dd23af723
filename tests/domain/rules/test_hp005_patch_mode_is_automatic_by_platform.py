"""HP005: Azure patches the guest."""

from typing import Any

import pytest

PATH = "osProfile.windowsConfiguration.patchSettings.patchMode"


@pytest.mark.parametrize(
    ("value", "reason"),
    [("Manual", "is Manual"), ("automaticbyos", "AutomaticByOS"), ("Automatic", "is not a patch mode"), (1, "is not")],
)
def test_refuses_other_values(value: Any, reason: str, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP005", vm({PATH: value}))
    assert finding.path == PATH
    assert reason in finding.message


@pytest.mark.parametrize("value", ["AutomaticByPlatform", "automaticByplatform "])
def test_accepts_what_azure_takes(value: Any, vm: Any, ask: Any) -> None:
    assert ask("HP005", vm({PATH: value})) == []
