"""HP035: the built-in policies that fight hotpatch are named with what they do."""

from typing import Any

import pytest

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
