"""A module as Bicep compiles it has a verdict for each way to call it: true, and different ones."""

from datetime import date
from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.policies.config import Level, parse_config
from azure_hotpatch.policies.reading import template_records
from azure_hotpatch.policies.verdict import message, rulings
from tests.policies.machines import REFERENCE
from tests.policies.reading.module_template import GOOD, MACHINE_MODULE, SET_MODULE, deployed, given

MANUAL = {"patchMode": "Manual", "hotpatch": False, "automaticUpdates": False}
IMAGE_2019 = {**REFERENCE, "sku": "2019-datacenter"}
ATTACHED = {"managedDisk": {"resourceId": "/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/disks/d"}}
VERDICTS: dict[str, tuple[dict[str, Any], dict[str, Any], set[str]]] = {
    "right": (MACHINE_MODULE, {}, set()),
    "hotpatch off": (MACHINE_MODULE, {"hotpatch": False}, {"HP004"}),
    "bypass": (MACHINE_MODULE, {"bypass": True}, {"HP007"}),
    "manual": (MACHINE_MODULE, MANUAL, {"HP004", "HP005"}),
    "uniform": (SET_MODULE, {"mode": "Uniform"}, {"HP003"}),
    "2019 image": (MACHINE_MODULE, {"image": IMAGE_2019}, {"HP001"}),
    "attached disk": (MACHINE_MODULE, {"osDisk": ATTACHED}, {"HP010"}),
    "no agent": (MACHINE_MODULE, {"provisionVMAgent": False}, {"HP005", "HP006", "HP009"}),
    "right set": (SET_MODULE, {}, set()),
}


def refused(template: dict[str, Any], parameters: Any = None) -> set[str]:
    """The rules that a template breaks; nothing of it may be unverified, and its password is in no message."""
    found = list(rulings(template_records(template, parameters), parse_config({}), date(2026, 6, 1)))
    assert not [message(each) for each in found if each.finding.verdict is not Verdict.VIOLATION]
    assert not any(GOOD["adminPassword"] in message(each) for each in found)
    return {each.rule.id for each in found if each.level is Level.MANDATORY}


@pytest.mark.parametrize("case", VERDICTS)
def test_a_module_has_its_verdict(case: str) -> None:
    module, changes, rules = VERDICTS[case]
    assert refused(module, given(**changes)) == rules


@pytest.mark.parametrize("case", VERDICTS)
def test_a_module_has_the_same_verdict_where_a_template_deploys_it(case: str) -> None:
    module, changes, rules = VERDICTS[case]
    template = deployed(module, given(**changes))
    assert refused(template) == rules
    assert [record.name for record in template_records(template)] == ["web", "db"]


def test_six_ways_to_call_it_have_six_verdicts() -> None:
    six = list(VERDICTS)[:6]
    assert len({frozenset(VERDICTS[case][2]) for case in six}) == 6


def test_what_is_not_given_is_unverified_and_hides_nothing() -> None:
    parameters = given(bypass=True)
    del parameters["image"]
    found = list(rulings(template_records(MACHINE_MODULE, parameters), parse_config({}), date(2026, 6, 1)))
    verdicts = {(each.rule.id, each.finding.verdict) for each in found}
    assert ("HP001", Verdict.UNVERIFIABLE) in verdicts
    assert "HP007" in {rule for rule, _ in verdicts}
