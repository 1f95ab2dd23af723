"""Validate the arguments of `HotpatchGuardrails`, with the domain's predicates."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.components.guardrails.args import HotpatchGuardrailsArgs
from azure_hotpatch.components.shared.arguments import ArgumentSet, Check, Problem
from azure_hotpatch.components.shared.checks import one_of, valid
from azure_hotpatch.domain.azure import guardrails
from azure_hotpatch.domain.vocabulary.image_types import GENERATION
from azure_hotpatch.domain.vocabulary.problem import printed


def _scopes(excluded: Any) -> Iterator[Problem]:
    for index, scope in enumerate(excluded or ()):
        if not isinstance(scope, str) or not scope.startswith("/"):
            yield Problem(f"excluded_scopes[{index}]", "is not the id of a scope", printed(scope))


SHAPE = ArgumentSet(
    HotpatchGuardrailsArgs,
    (
        valid("scope", guardrails.why_not_scope),
        one_of("effect", guardrails.EFFECTS),
        valid("image_generation", GENERATION),
        Check(("excluded_scopes",), _scopes),
    ),
)
