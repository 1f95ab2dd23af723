"""HP018: the machine may restart."""

from typing import Any

import pytest

PATH = "osProfile.windowsConfiguration.patchSettings.automaticByPlatformSettings.rebootSetting"


@pytest.mark.parametrize(
    ("value", "reason"),
    [("Never", "never finished"), ("never", "never finished")],
)
def test_refuses_never(value: Any, reason: str, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP018", vm({PATH: value}))
    assert finding.path == PATH
    assert reason in finding.message


@pytest.mark.parametrize("value", ["IfRequired", "always", "Unknown", "Weekly"])
def test_leaves_other_words_to_azure_or_to_hp040(value: Any, vm: Any, ask: Any) -> None:
    assert ask("HP018", vm({PATH: value})) == []
