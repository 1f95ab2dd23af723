"""HP011: no hotpatch image is sold with a plan."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import UNKNOWN

PLAN = {"name": "cis-ws2022", "publisher": "center-for-internet-security-inc", "product": "cis-windows"}


@pytest.mark.parametrize("plan", [PLAN, {"name": "x"}, {"name": UNKNOWN}])
def test_refuses_a_plan(plan: Any, vm: Any, scale_set: Any, ask: Any) -> None:
    assert [finding.path for finding in ask("HP011", vm({"plan": plan}))] == ["plan"]
    assert [finding.path for finding in ask("HP011", scale_set({"plan": plan}))] == ["plan"]


@pytest.mark.parametrize("plan", [None, {}, {"name": None, "publisher": ""}])
def test_accepts_no_plan(plan: Any, vm: Any, ask: Any) -> None:
    assert ask("HP011", vm({"plan": plan})) == []
