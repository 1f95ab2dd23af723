"""HP003: a Uniform scale set is refused, whatever runs on it."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN


@pytest.mark.parametrize(
    ("mode", "reason"), [("Uniform", "cannot be hotpatched"), ("Other", "neither"), (1, "neither")]
)
def test_refuses_every_other_mode(mode: Any, reason: str, scale_set: Any, ask: Any) -> None:
    (finding,) = ask("HP003", scale_set({"orchestrationMode": mode}))
    assert reason in finding.message


def test_an_absent_mode_is_uniform(scale_set: Any, ask: Any, absent: Any) -> None:
    (finding,) = ask("HP003", scale_set({"orchestrationMode": absent}))
    assert "taken as Uniform" in finding.message


@pytest.mark.parametrize("mode", ["Flexible", "flexible", " FLEXIBLE"])
def test_accepts_a_flexible_set(mode: str, scale_set: Any, ask: Any) -> None:
    assert ask("HP003", scale_set({"orchestrationMode": mode})) == []


def test_an_unknown_mode_is_unverifiable(scale_set: Any, ask: Any) -> None:
    (finding,) = ask("HP003", scale_set({"orchestrationMode": UNKNOWN}))
    assert finding.verdict is Verdict.UNVERIFIABLE


def test_refuses_a_uniform_set_of_linux_and_one_without_a_profile(scale_set: Any, ask: Any, absent: Any) -> None:
    linux = {"imageReference": {"publisher": "Canonical", "offer": "ubuntu", "sku": "lts"}}
    uniform = {"orchestrationMode": "Uniform"}
    assert len(ask("HP003", scale_set(uniform | {"virtualMachineProfile": {"storageProfile": linux}}))) == 1
    assert len(ask("HP003", scale_set(uniform | {"virtualMachineProfile": absent}))) == 1
