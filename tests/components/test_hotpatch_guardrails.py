"""What the guardrails register at each kind of scope, what they warn of, and what is refused."""

import json
from collections.abc import Callable
from typing import Any

import pulumi
import pytest

from azure_hotpatch.components import ArgumentsRefusedError, HotpatchGuardrails
from azure_hotpatch.components.guardrails.component import conflicts

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000000"
GROUP = f"{SUBSCRIPTION}/resourceGroups/fleet"
MANAGEMENT_GROUP = "/providers/Microsoft.Management/managementGroups/landing-zones"
RULES = ["hotpatch-images", "hotpatch-no-custom-image", "hotpatch-no-uniform-set", "hotpatch-on"]
PREREQUISITE = "/providers/Microsoft.Authorization/policyDefinitions/9905ca54-1471-49c6-8291-7582c04cd4d4"

Register = Callable[[Callable[[], Any]], list[Any]]


@pytest.fixture
def guardrails(register: Register) -> Callable[..., dict[str, Any]]:
    """The resources of guardrails by their names."""

    def registered(**args: Any) -> dict[str, Any]:
        found = register(lambda: HotpatchGuardrails("line", args))  # type: ignore[arg-type]  # right or wrong
        return {resource.name.removeprefix("line-"): resource for resource in found}

    return registered


@pytest.mark.parametrize("scope", [GROUP, SUBSCRIPTION])
def test_four_definitions_one_initiative_and_its_assignment(guardrails: Any, scope: str) -> None:
    made = guardrails(scope=scope)
    assert {*made} == {*RULES, "initiative", "assignment"}
    assert [*made][len(RULES) :] == ["initiative", "assignment"]  # the definitions come in any order, and first
    assert {made[name].type for name in RULES} == {"azure-native:authorization:PolicyDefinition"}
    assert made["initiative"].type == "azure-native:authorization:PolicySetDefinition"
    assert made["assignment"].inputs["scope"] == scope


def test_a_management_group_holds_its_own_definitions(guardrails: Any) -> None:
    made = guardrails(scope=MANAGEMENT_GROUP)
    kinds = {made[name].type.rsplit(":", 1)[-1] for name in (*RULES, "initiative")}
    assert kinds == {"PolicyDefinitionAtManagementGroup", "PolicySetDefinitionAtManagementGroup"}
    assert {made[name].inputs["managementGroupId"] for name in (*RULES, "initiative")} == {"landing-zones"}
    assert made["assignment"].inputs["scope"] == MANAGEMENT_GROUP


def test_it_audits_by_default_and_passes_the_effect_to_every_definition(guardrails: Any) -> None:
    made = guardrails(scope=GROUP)
    assert made["assignment"].inputs["parameters"] == {"effect": {"value": "Audit"}}
    members = made["initiative"].inputs["policyDefinitions"]
    assert [member["parameters"] for member in members] == [{"effect": {"value": "[parameters('effect')]"}}] * 4
    assert [member["policyDefinitionReferenceId"] for member in members] == RULES
    assert [member["policyDefinitionId"] for member in members] == [made[name].id for name in RULES]


def test_the_initiative_and_every_definition_take_the_effect(guardrails: Any) -> None:
    made = guardrails(scope=GROUP)
    taken = {name: made[name].inputs["parameters"]["effect"] for name in (*RULES, "initiative")}
    assert {name: effect["allowedValues"] for name, effect in taken.items() if effect["defaultValue"] == "Audit"} == {
        name: ["Audit", "Deny", "Disabled"] for name in (*RULES, "initiative")
    }


def test_everything_that_is_set_arrives(guardrails: Any) -> None:
    excluded = f"{SUBSCRIPTION}/resourceGroups/legacy"
    made = guardrails(scope=SUBSCRIPTION, effect="Deny", image_generation="2025", excluded_scopes=[excluded])
    assert made["assignment"].inputs["parameters"] == {"effect": {"value": "Deny"}}
    assert made["assignment"].inputs["notScopes"] == [excluded]
    assert "2025-Datacenter-Azure-Edition" in json.dumps(made["hotpatch-images"].inputs)


def test_windows_server_2025_is_not_among_the_images_by_default(guardrails: Any) -> None:
    assert "2025" not in json.dumps(guardrails(scope=GROUP)["hotpatch-images"].inputs)


def test_the_assignment_says_why_a_machine_does_not_comply(guardrails: Any) -> None:
    messages = guardrails(scope=GROUP)["assignment"].inputs["nonComplianceMessages"]
    assert [message["policyDefinitionReferenceId"] for message in messages] == RULES
    assert all(len(message["message"]) > 60 for message in messages)


def test_warns_of_each_policy_of_azures_own_that_fights_hotpatch() -> None:
    assert conflicts(["/providers/Microsoft.Authorization/policyDefinitions/another"]) == []
    (warning,) = conflicts([PREREQUISITE])
    assert "Set prerequisite for Scheduling recurring updates" in warning
    assert "bypassPlatformSafetyChecksOnUserSchedule" in warning


def test_the_warning_is_logged_where_the_policy_is_assigned(guardrails: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(pulumi.log, "warn", lambda text, resource: said.append(f"{resource._name}: {text}"))
    guardrails(scope=GROUP, assigned_definition_ids=[PREREQUISITE])
    assert [text[:17] for text in said] == ["line: The policy "]


REFUSED = {
    "scope": ({"scope": "fleet"}, "is not the id of a resource group, a subscription or a management group"),
    "effect": ({"scope": GROUP, "effect": "deny"}, "did you mean: Deny"),
    "image_generation": ({"scope": GROUP, "image_generation": "2019"}, "allowed: 2022, 2025"),
    "excluded_scopes[0]": ({"scope": GROUP, "excluded_scopes": ["legacy"]}, "is not the id of a scope"),
    "scopes": (
        {"scope": GROUP, "scopes": [GROUP]},
        "image_generation, scope\n      did you mean: scope",
    ),
}


@pytest.mark.parametrize("argument", REFUSED)
def test_refuses_each_wrong_argument(guardrails: Any, argument: str) -> None:
    args, reason = REFUSED[argument]
    with pytest.raises(ArgumentsRefusedError) as refused:
        guardrails(**args)
    assert f"HotpatchGuardrails 'line': 1 argument is wrong:\n  {argument}" in str(refused.value)
    assert reason in str(refused.value)


def test_refuses_guardrails_without_a_scope(guardrails: Any) -> None:
    with pytest.raises(ArgumentsRefusedError, match=r"(?s)scope.*is missing"):
        guardrails()
