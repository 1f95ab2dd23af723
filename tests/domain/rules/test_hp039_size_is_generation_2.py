"""HP039: a hotpatch image needs an x64 size with generation 2."""

from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.record import UNKNOWN

SIZE = "hardwareProfile.vmSize"


@pytest.mark.parametrize("size", ["Standard_D2_v3", "Standard_A2_v2", "Standard_D2ps_v5", "Standard_E2_v3"])
def test_warns_of_a_size_that_cannot_run_the_image(size: str, vm: Any, ask: Any) -> None:
    (finding,) = ask("HP039", vm({SIZE: size}))
    assert finding.path == SIZE


@pytest.mark.parametrize("size", ["Standard_D2s_v5", "standard_b2ms", None])
def test_accepts_one_that_can(size: Any, vm: Any, ask: Any) -> None:
    assert ask("HP039", vm({SIZE: size})) == []


def test_says_nothing_of_another_image(vm: Any, ask: Any) -> None:
    assert ask("HP039", vm({SIZE: "Standard_D2_v3", "storageProfile.imageReference.sku": "2019-Datacenter"})) == []


def test_reads_the_size_of_a_scale_set(scale_set: Any, ask: Any) -> None:
    (finding,) = ask("HP039", scale_set({"sku.name": "Standard_D2_v3"}))
    assert finding.path == "sku.name"


def test_reads_each_size_of_an_instance_mix(scale_set: Any, ask: Any) -> None:
    sizes = [{"name": "Standard_D2s_v5"}, {"name": "Standard_D2_v3"}, {"name": UNKNOWN}]
    wrong, unknown = ask("HP039", scale_set({"sku.name": "Mix", "skuProfile": {"vmSizes": sizes}}))
    assert (wrong.path, wrong.verdict) == ("skuProfile.vmSizes[1].name", Verdict.VIOLATION)
    assert (unknown.path, unknown.verdict) == ("skuProfile.vmSizes[2].name", Verdict.UNVERIFIABLE)
    (hidden,) = ask("HP039", scale_set({"sku.name": "Mix", "skuProfile": {"vmSizes": UNKNOWN}}))
    assert hidden.verdict is Verdict.UNVERIFIABLE


def test_reads_each_size_of_a_fleet(vm: Any, ask: Any) -> None:
    (finding,) = ask("HP039", vm({SIZE: None, "vmSizesProfile": [{"name": "Standard_D2ps_v5"}]}))
    assert finding.path == "vmSizesProfile[0].name"
