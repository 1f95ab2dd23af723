"""HP020: hotpatch is never off, nor left out, in a set on a hotpatch image."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import UNKNOWN

PROFILE = "virtualMachineProfile"
ENABLED = f"{PROFILE}.osProfile.windowsConfiguration.patchSettings.enableHotpatching"
SKU = f"{PROFILE}.storageProfile.imageReference.sku"


@pytest.mark.parametrize("value", [False, "false", None, "yes"])
def test_refuses_off_and_absent(value: Any, scale_set: Any, ask: Any) -> None:
    (finding,) = ask("HP020", scale_set({ENABLED: value}))
    assert finding.path == ENABLED


def test_accepts_on(scale_set: Any, ask: Any) -> None:
    assert ask("HP020", scale_set({ENABLED: "True"})) == []


def test_says_nothing_of_another_image(scale_set: Any, ask: Any) -> None:
    assert ask("HP020", scale_set({ENABLED: False, SKU: "2019-Datacenter"})) == []


def test_off_is_off_on_an_unknown_image(scale_set: Any, ask: Any) -> None:
    assert len(ask("HP020", scale_set({ENABLED: False, SKU: UNKNOWN}))) == 1


def test_an_absent_value_on_an_unknown_image_cannot_be_judged(scale_set: Any, ask: Any) -> None:
    (finding,) = ask("HP020", scale_set({ENABLED: None, SKU: UNKNOWN}))
    assert finding.path == SKU
