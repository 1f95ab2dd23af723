"""HP006: the machine has its agent."""

from typing import Any

import pytest

PATH = "osProfile.windowsConfiguration.provisionVMAgent"


@pytest.mark.parametrize(
    ("value", "reason"),
    [(False, "is false"), ("False", "is false"), ("no", "is not a boolean"), (0, "is not a boolean")],
)
def test_refuses_other_values(value: Any, reason: str, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP006", vm({PATH: value}))
    assert finding.path == PATH
    assert reason in finding.message


@pytest.mark.parametrize("value", [True, "TRUE"])
def test_accepts_what_azure_takes(value: Any, vm: Any, ask: Any) -> None:
    assert ask("HP006", vm({PATH: value})) == []
