"""What `HotpatchGuardrails` take: their arguments, and the same with the defaults filled in."""

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
    """Required. Where the guardrails hold: the id of a resource group, a subscription or a management group."""
    effect: NotRequired[pulumi.Input[Effect]]
    """Optional. What becomes of a machine that breaks them: Audit, Deny or Disabled. Default Audit."""
    image_generation: NotRequired[Generation]
    """Optional. The newest generation of Windows Server that is accepted: 2022 or 2025. Default 2022."""
    excluded_scopes: NotRequired[pulumi.Input[Sequence[pulumi.Input[str]]]]
    """Optional. The ids of scopes below, where they do not hold."""
    assigned_definition_ids: NotRequired[Sequence[str]]
    """Optional. The ids of the policy definitions that are assigned there; a conflict with hotpatch is reported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardrailsSpec:
    """The arguments of HotpatchGuardrails with the defaults filled in; None where nothing is said."""

    scope: str
    effect: pulumi.Input[Effect] = EFFECT
    image_generation: Generation = GENERATION
    excluded_scopes: pulumi.Input[Sequence[pulumi.Input[str]]] | None = None
    assigned_definition_ids: Sequence[str] = ()
