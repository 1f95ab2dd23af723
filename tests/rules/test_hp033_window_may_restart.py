"""HP033: the window's reboot setting is one of Azure's, and not Never."""

from typing import Any

import pytest

PATH = "installPatches.rebootSetting"


@pytest.mark.parametrize("value", ["Never", "NeverReboot", "Sometimes", 1])
def test_refuses_never_and_what_does_not_exist(value: Any, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP033", configuration({PATH: value}))
    assert finding.path == PATH


@pytest.mark.parametrize("value", ["IfRequired", "always", "AlwaysReboot", None])
def test_accepts_a_restart_by_either_name(value: Any, configuration: Any, ask: Any) -> None:
    assert ask("HP033", configuration({PATH: value})) == []
