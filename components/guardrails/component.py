"""The policy pack's main rules as Azure Policy: policy definitions, an initiative and its assignment."""

from collections.abc import Sequence
from typing import Any

import pulumi
from pulumi_azure_native import authorization

from azure_hotpatch.components.guardrails import plan
from azure_hotpatch.components.guardrails.args import GuardrailsSpec, HotpatchGuardrailsArgs
from azure_hotpatch.components.guardrails.checks import SHAPE
from azure_hotpatch.components.shared.arguments import checked_arguments
from azure_hotpatch.components.shared.children import child_options
from azure_hotpatch.components.shared.spec import filled
from azure_hotpatch.domain.azure import guardrails
from azure_hotpatch.domain.azure.built_in_policies import conflicting_policy
from azure_hotpatch.domain.azure.image_names import catalogue

__all__ = ["HotpatchGuardrails", "HotpatchGuardrailsArgs"]


class HotpatchGuardrails(pulumi.ComponentResource):
    """Azure Policy that refuses, or reports, what cannot be hotpatched, whoever makes it.

    Only images that can be hotpatched, no custom image, no Uniform scale set, hotpatch on: four definitions, one
    initiative, one assignment. The definitions belong to the management group, or to the provider's subscription.
    """

    initiative_id: pulumi.Output[str]
    """The id of the initiative."""
    assignment_id: pulumi.Output[str]
    """The id of its assignment."""
    definition_ids: pulumi.Output[Sequence[str]]
    """The ids of the definitions."""

    def __init__(self, name: str, args: HotpatchGuardrailsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        spec = filled(GuardrailsSpec, checked_arguments("HotpatchGuardrails", name, SHAPE, args))
        super().__init__("azure-hotpatch:index:HotpatchGuardrails", name, None, opts)
        for warning in conflicts(spec.assigned_definition_ids):
            pulumi.log.warn(warning, resource=self)
        options = child_options(self, opts)
        group = guardrails.management_group(spec.scope)
        rules = guardrails.definitions(catalogue(spec.image_generation))
        made = [_definition(f"{name}-{rule.name}", plan.definition(rule), group, options) for rule in rules]
        ids = [definition.id for definition in made]
        initiative = _initiative(f"{name}-initiative", plan.initiative(rules, ids), group, options)
        assignment = authorization.PolicyAssignment(
            f"{name}-assignment", opts=options, **plan.assignment(spec, rules, initiative.id)
        )
        self.initiative_id = initiative.id
        self.assignment_id = assignment.id
        self.definition_ids = pulumi.Output.all(*ids)
        self.register_outputs({output: getattr(self, output) for output in type(self).__annotations__})


def conflicts(definition_ids: Sequence[str]) -> list[str]:
    """What each of Azure's own policies among `definition_ids` does to a machine with hotpatch."""
    known = [conflicting_policy(definition_id) for definition_id in definition_ids]
    return [
        f'The policy "{policy.title}" ({policy.id}) is assigned: {policy.consequence}.' for policy in known if policy
    ]


def _definition(name: str, inputs: Any, group: str | None, options: pulumi.ResourceOptions) -> Any:
    if group is None:
        return authorization.PolicyDefinition(name, opts=options, **inputs)
    return authorization.PolicyDefinitionAtManagementGroup(name, management_group_id=group, opts=options, **inputs)


def _initiative(name: str, inputs: Any, group: str | None, options: pulumi.ResourceOptions) -> Any:
    if group is None:
        return authorization.PolicySetDefinition(name, opts=options, **inputs)
    return authorization.PolicySetDefinitionAtManagementGroup(name, management_group_id=group, opts=options, **inputs)
