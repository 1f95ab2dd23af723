"""HP016: Azure may run extensions."""

from typing import Any

import pytest

PATH = "osProfile.allowExtensionOperations"


@pytest.mark.parametrize(("value", "reason"), [(False, "is false"), ("false", "is false"), ("no", "is not a boolean")])
def test_refuses_other_values(value: Any, reason: str, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP016", vm({PATH: value}))
    assert finding.path == PATH
    assert reason in finding.message


@pytest.mark.parametrize("value", [True, "true"])
def test_accepts_what_azure_takes(value: Any, vm: Any, ask: Any) -> None:
    assert ask("HP016", vm({PATH: value})) == []
