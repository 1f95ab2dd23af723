"""The arguments of `HotpatchGuardrails`, and their spec: the same with the defaults filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NotRequired, TypedDict

import pulumi

from azure_hotpatch.domain.azure.calendar import Generation
from azure_hotpatch.domain.azure.defaults import EFFECT, GENERATION
from azure_hotpatch.domain.azure.guardrails import Effect


class HotpatchGuardrailsArgs(TypedDict):
    """The arguments of HotpatchGuardrails."""

    scope: str
    """Required. The scope of the guardrails: the id of a resource group, a subscription or a management group."""
    effect: NotRequired[pulumi.Input[Effect]]
    """Optional. The effect on a machine that violates them: Audit, Deny or Disabled. Default Audit."""
    image_generation: NotRequired[Generation]
    """Optional. The newest generation of Windows Server that is accepted: 2022 or 2025. Default 2022."""
    excluded_scopes: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Optional. The ids of scopes below that are excluded."""
    assigned_definition_ids: NotRequired[Sequence[str]]
    """Optional. The ids of policy definitions that are assigned at the scope; a conflict with hotpatch is reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardrailsSpec:
    """The arguments of HotpatchGuardrails with the defaults filled in; None where there is no value."""

    scope: str
    effect: pulumi.Input[Effect] = EFFECT
    image_generation: Generation = GENERATION
    excluded_scopes: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None
    assigned_definition_ids: Sequence[str] = ()
