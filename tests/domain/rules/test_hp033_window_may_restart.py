"""HP033: the window's reboot setting is not Never."""

from typing import Any

import pytest

PATH = "installPatches.rebootSetting"


@pytest.mark.parametrize("value", ["Never", "NeverReboot"])
def test_refuses_never_by_either_name(value: Any, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP033", configuration({PATH: value}))
    assert finding.path == PATH


@pytest.mark.parametrize("value", ["IfRequired", "always", "AlwaysReboot", None])
def test_accepts_a_restart_by_either_name(value: Any, configuration: Any, ask: Any) -> None:
    assert ask("HP033", configuration({PATH: value})) == []
