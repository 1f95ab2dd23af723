"""HP032: classifications and KB numbers exist, and something is installed."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN

WINDOWS = "installPatches.windowsParameters"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("classificationsToInclude", ["UpdateRollUp"]),
        ("classificationsToInclude", ["critical"]),
        ("kbNumbersToInclude", ["KB12"]),
        ("kbNumbersToExclude", ["five"]),
        ("kbNumbersToExclude", [None]),
    ],
)
def test_refuses_what_does_not_exist(name: str, value: Any, configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP032", configuration({f"{WINDOWS}.{name}": value}))
    assert finding.path == f"{WINDOWS}.{name}[0]"


def test_refuses_a_window_that_installs_nothing(configuration: Any, ask: Any) -> None:
    (finding,) = ask("HP032", configuration({WINDOWS: {"kbNumbersToExclude": ["5034130"]}}))
    assert finding.path == f"{WINDOWS}.classificationsToInclude"


def test_accepts_kb_numbers_alone_and_a_window_for_linux(configuration: Any, ask: Any) -> None:
    assert ask("HP032", configuration({WINDOWS: {"kbNumbersToInclude": ["5034129"]}})) == []
    assert ask("HP032", configuration({WINDOWS: None})) == []


def test_an_unknown_item_does_not_hide_a_wrong_one(configuration: Any, ask: Any) -> None:
    findings = ask("HP032", configuration({f"{WINDOWS}.classificationsToInclude": [UNKNOWN, "Kritisch"]}))
    assert [finding.verdict for finding in findings] == [Verdict.UNVERIFIABLE, Verdict.VIOLATION]
