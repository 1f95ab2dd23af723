"""HP007: bypass and hotpatch exclude each other."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN

SETTINGS = "osProfile.windowsConfiguration.patchSettings"
ENABLED = f"{SETTINGS}.enableHotpatching"
BYPASS = f"{SETTINGS}.automaticByPlatformSettings.bypassPlatformSafetyChecksOnUserSchedule"
SKU = "storageProfile.imageReference.sku"


@pytest.mark.parametrize(
    ("value", "reason"),
    [(True, "Azure refuses it"), ("true", "Azure refuses it"), ("yes", "not a boolean"), (1, "not a boolean")],
)
def test_refuses_bypass_with_hotpatch(value: Any, reason: str, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP007", vm({BYPASS: value}))
    assert finding.path == BYPASS
    assert reason in finding.message


def test_accepts_bypass_without_hotpatch(vm: Any, ask: Any) -> None:
    assert ask("HP007", vm({BYPASS: True, ENABLED: False})) == []


@pytest.mark.parametrize("value", [False, "False", None])
def test_accepts_hotpatch_without_bypass(value: Any, vm: Any, ask: Any) -> None:
    assert ask("HP007", vm({BYPASS: value})) == []


def test_absent_hotpatch_is_on_where_the_image_has_it(vm: Any, ask: Any, absent: Any) -> None:
    assert len(ask("HP007", vm({BYPASS: True, ENABLED: absent}))) == 1
    assert ask("HP007", vm({BYPASS: True, ENABLED: absent, SKU: "2019-Datacenter"})) == []


def test_cannot_tell_where_hotpatch_is_not_known(vm: Any, ask: Any, absent: Any) -> None:
    (finding,) = ask("HP007", vm({BYPASS: True, ENABLED: UNKNOWN}))
    assert (finding.verdict, finding.path) == (Verdict.UNVERIFIABLE, ENABLED)
    (finding,) = ask("HP007", vm({BYPASS: True, ENABLED: absent, SKU: UNKNOWN}))
    assert (finding.verdict, finding.path) == (Verdict.UNVERIFIABLE, SKU)
