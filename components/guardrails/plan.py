"""The inputs of the guardrails."""

from collections.abc import Sequence
from typing import Any

from azure_hotpatch.components.guardrails.args import GuardrailsSpec
from azure_hotpatch.domain.azure.defaults import EFFECT
from azure_hotpatch.domain.azure.guardrails import EFFECTS, Definition

_METADATA = {"category": "Azure Update Manager", "version": "1.0.0"}
_EFFECT = {
    "effect": {
        "type": "String",
        "default_value": EFFECT,
        "allowed_values": list(EFFECTS),
        "metadata": {"display_name": "Effect", "description": "What becomes of a machine that breaks the rule"},
    }
}
_PASSED_ON = {"effect": {"value": "[parameters('effect')]"}}


def definition(rule: Definition) -> dict[str, Any]:
    """The inputs of one policy definition."""
    return {
        "display_name": rule.title,
        "description": rule.description,
        "policy_type": "Custom",
        "mode": "Indexed",
        "metadata": _METADATA,
        "parameters": _EFFECT,
        "policy_rule": rule.rule,
    }


def initiative(rules: Sequence[Definition], definition_ids: Sequence[Any]) -> dict[str, Any]:
    """The inputs of the initiative that gathers the definitions, in the same order."""
    return {
        "display_name": "Windows Server machines should be hotpatched",
        "description": "Only images that can be hotpatched, no custom image, no Uniform scale set, hotpatch on.",
        "policy_type": "Custom",
        "metadata": _METADATA,
        "parameters": _EFFECT,
        "policy_definitions": [
            {
                "policy_definition_id": definition_id,
                "policy_definition_reference_id": rule.name,
                "parameters": _PASSED_ON,
            }
            for rule, definition_id in zip(rules, definition_ids, strict=True)
        ],
    }


def assignment(spec: GuardrailsSpec, rules: Sequence[Definition], initiative_id: Any) -> dict[str, Any]:
    """The inputs of the initiative's assignment at the scope."""
    return {
        "scope": spec.scope,
        "policy_definition_id": initiative_id,
        "display_name": "Windows Server machines should be hotpatched",
        "enforcement_mode": "Default",
        "not_scopes": spec.excluded_scopes,
        "parameters": {"effect": {"value": spec.effect}},
        "non_compliance_messages": [
            {"policy_definition_reference_id": rule.name, "message": f"{rule.title}. {rule.description}"}
            for rule in rules
        ],
    }
