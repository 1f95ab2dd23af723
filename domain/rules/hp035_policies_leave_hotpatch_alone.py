"""HP035: no built-in policy is assigned that fights hotpatch."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.built_in_policies import conflicting_policy
from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Rule, Severity

DEFINITION = "policyDefinitionId"
EFFECT = "parameters.effect.value"


def check(record: Record, _: Context) -> Iterator[Finding]:
    definition = record.read(DEFINITION)
    policy = conflicting_policy(definition) if isinstance(definition, str) else None
    if policy and as_word(record.peek(EFFECT)) != "disabled":
        message = f"built-in policy “{policy.title}” is assigned: {policy.consequence}"
        yield RULE.violation(record, DEFINITION, message, "a policy of your own that knows the hotpatch images")


RULE = Rule(
    id="HP035",
    name="policies-leave-hotpatch-alone",
    summary="A built-in policy that conflicts with hotpatch is assigned.",
    remedy="Remove the assignment, exclude the hotpatch machines from its scope, or set its effect to Disabled.",
    severity=Severity.WARNING,
    kinds=frozenset({Kind.POLICY_ASSIGNMENT}),
    check=check,
)
