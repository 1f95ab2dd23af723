"""HP035: the built-in policies that fight hotpatch are named with what they do."""

from dataclasses import replace
from typing import Any

import pytest

from azure_hotpatch.domain.judging.finding import Verdict
from azure_hotpatch.domain.judging.judge import judge
from azure_hotpatch.domain.judging.record import UNKNOWN, Kind, Record
from azure_hotpatch.domain.judging.rule import Context
from azure_hotpatch.domain.rules.hp035_policies_leave_hotpatch_alone import RULE

PREFIX = "/providers/Microsoft.Authorization/policyDefinitions/"
BYPASS = ("9905ca54-1471-49c6-8291-7582c04cd4d4", "ba0df93e-e4ac-479a-aac2-134bbae39a1a")
DENY = "6d02d2f7-e38b-4bdc-96f3-adc0a8726abc"


@pytest.mark.parametrize("definition", BYPASS)
def test_warns_of_policies_that_force_bypass(definition: str, policy_assignment: Any, ask: Any) -> None:
    (finding,) = ask("HP035", policy_assignment({"policyDefinitionId": PREFIX.upper() + definition.upper()}))
    assert "Azure refuses that with hotpatch" in finding.message


def test_warns_of_the_policy_that_demands_it_of_the_wrong_images(policy_assignment: Any, ask: Any) -> None:
    (finding,) = ask("HP035", policy_assignment({"policyDefinitionId": PREFIX + DENY}))
    assert "Deny-Windows-Vm-HotPatch" in finding.message


def test_accepts_another_policy_and_a_disabled_effect(policy_assignment: Any, ask: Any) -> None:
    assert ask("HP035", policy_assignment()) == []
    disabled = {"policyDefinitionId": PREFIX + DENY, "parameters": {"effect": {"value": "Disabled"}}}
    assert ask("HP035", policy_assignment(disabled)) == []


def test_an_effect_that_is_not_known_is_not_taken_for_wrong(policy_assignment: Any, ask: Any) -> None:
    unknown = {"policyDefinitionId": PREFIX + DENY, "parameters": {"effect": {"value": UNKNOWN}}}
    (finding,) = ask("HP035", policy_assignment(unknown))
    assert finding.verdict is Verdict.UNVERIFIABLE


def initiative(*policies: Any) -> Record:
    return Record(Kind.POLICY_SET, "set", "t", {"policyDefinitions": list(policies)})


def test_warns_of_an_initiative_that_holds_one(ask: Any) -> None:
    fine, wrong = {"policyDefinitionId": f"{PREFIX}0"}, {"policyDefinitionId": PREFIX + BYPASS[0]}
    off = {**wrong, "parameters": {"effect": {"value": "disabled"}}}
    (finding,) = ask("HP035", initiative(fine, off, wrong))
    assert finding.path == "policyDefinitions[2].policyDefinitionId"
    assert "the initiative holds" in finding.message


def test_an_initiative_that_is_not_known_cannot_be_verified(ask: Any) -> None:
    for unknown in (Record(Kind.POLICY_SET, "s", "t", {"policyDefinitions": UNKNOWN}), initiative(UNKNOWN)):
        (finding,) = ask("HP035", unknown)
        assert finding.verdict is Verdict.UNVERIFIABLE


@pytest.mark.parametrize(
    ("definition", "count"),
    [
        ("/subscriptions/0/providers/Microsoft.Authorization/policySetDefinitions/mine", 1),
        ("/providers/Microsoft.Authorization/policySetDefinitions/mine", 1),  # resourceId() of a template
        (f"{PREFIX.replace('policyDefinitions', 'policySetDefinitions')}1f3afdf9-d0c9-4c3d-847f-89da613e70a8", 0),
    ],
)
def test_an_initiative_of_one_s_own_that_is_elsewhere_cannot_be_verified(
    definition: str, count: int, policy_assignment: Any, ask: Any
) -> None:
    found = ask("HP035", policy_assignment({"policyDefinitionId": definition}))
    assert [finding.verdict for finding in found] == [Verdict.UNVERIFIABLE] * count


def test_an_initiative_of_the_same_program_is_judged_there_alone(policy_assignment: Any, context: Context) -> None:
    path = "/subscriptions/0/providers/Microsoft.Authorization/policySetDefinitions"
    assignment = policy_assignment({"policyDefinitionId": f"{path}/mine"})
    for name, count in (("mine", 0), ("other", 1)):
        body = {"id": f"{path}/{name}", "name": name, "policyDefinitions": []}
        initiative = Record(Kind.POLICY_SET, name, "t", body, arm_type="Microsoft.Authorization/policySetDefinitions")
        assert len(judge(assignment, [RULE], replace(context, initiatives=(initiative,)))) == count
