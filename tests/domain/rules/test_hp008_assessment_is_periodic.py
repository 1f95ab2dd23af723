"""HP008: Azure looks for missing updates every day."""

from typing import Any

import pytest

PATH = "osProfile.windowsConfiguration.patchSettings.assessmentMode"


@pytest.mark.parametrize("value", ["ImageDefault", "imagedefault"])
def test_refuses_the_default_of_an_image(value: Any, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP008", vm({PATH: value}))
    assert finding.path == PATH
    assert "is ImageDefault" in finding.message


@pytest.mark.parametrize("value", ["AutomaticByPlatform", "AUTOMATICBYPLATFORM", "Daily"])
def test_leaves_other_words_to_azure_or_to_hp040(value: Any, vm: Any, ask: Any) -> None:
    assert ask("HP008", vm({PATH: value})) == []
