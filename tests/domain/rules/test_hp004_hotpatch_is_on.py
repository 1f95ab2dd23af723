"""HP004: an explicit false is a finding on a machine that could have hotpatch; absent is on."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.record import UNKNOWN

ENABLED = "osProfile.windowsConfiguration.patchSettings.enableHotpatching"
SKU = "storageProfile.imageReference.sku"


@pytest.mark.parametrize("value", [False, "false", "FALSE"])
def test_refuses_hotpatch_off(value: Any, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP004", vm({ENABLED: value}))
    assert "restarts the machine" in finding.message


@pytest.mark.parametrize("value", [0, 1, "yes", [], {}])
def test_refuses_what_is_no_boolean(value: Any, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP004", vm({ENABLED: value}))
    assert "is not a boolean" in finding.message


@pytest.mark.parametrize("value", [True, "true", "True"])
def test_accepts_hotpatch_on(value: Any, vm: Any, ask: Any) -> None:
    assert ask("HP004", vm({ENABLED: value})) == []


def test_absent_is_not_off(vm: Any, ask: Any, absent: Any) -> None:
    assert ask("HP004", vm({ENABLED: absent})) == []


def test_says_nothing_of_an_image_that_has_no_hotpatch(vm: Any, ask: Any) -> None:
    assert ask("HP004", vm({ENABLED: False, SKU: "2019-Datacenter"})) == []


def test_off_is_off_on_an_unknown_image(vm: Any, ask: Any) -> None:
    assert len(ask("HP004", vm({ENABLED: False, SKU: UNKNOWN}))) == 1


def test_a_machine_that_cannot_state_it_is_not_asked(vm: Any, ask: Any, absent: Any) -> None:
    assert ask("HP004", vm({"osProfile": absent, "storageProfile.osDisk.createOption": "Attach"})) == []


def test_an_image_that_only_the_stack_refuses_has_hotpatch_all_the_same(vm: Any, ask: Any) -> None:
    assert len(ask("HP004", vm({ENABLED: False, SKU: "2025-Datacenter-Azure-Edition"}))) == 1


def test_says_nothing_of_a_custom_image_and_judges_an_unknown_one(vm: Any, ask: Any) -> None:
    reference = "storageProfile.imageReference"
    assert ask("HP004", vm({ENABLED: False, reference: {"id": "/x/providers/Microsoft.Compute/images/i"}})) == []
    assert len(ask("HP004", vm({ENABLED: False, reference: {"id": UNKNOWN}}))) == 1


def test_a_machine_from_a_disk_that_states_it_is_judged(vm: Any, ask: Any) -> None:
    assert len(ask("HP004", vm({ENABLED: False, "storageProfile.osDisk.createOption": "Attach"}))) == 1
