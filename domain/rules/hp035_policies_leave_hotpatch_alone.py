"""HP035: no built-in policy is assigned, by itself or in an initiative, that conflicts with hotpatch."""

from collections.abc import Iterator, Sequence

from azure_hotpatch.domain.azure.built_in_policies import conflicting_policy, is_own_set
from azure_hotpatch.domain.azure.coercion import as_word
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.named_resource import those_named
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Rule, Severity

DEFINITION = "policyDefinitionId"
POLICIES = "policyDefinitions"
EFFECT = "parameters.effect.value"
ALLOWED = "a policy of your own that includes the hotpatch images"


def check(record: Record, context: Context) -> Iterator[Finding]:
    yield from _of_set(record) if record.kind is Kind.POLICY_SET else _of_assignment(record, context)


def _of_assignment(record: Record, context: Context) -> Iterator[Finding]:
    definition = record.read(DEFINITION)
    policy = conflicting_policy(definition) if isinstance(definition, str) else None
    if policy and not _is_disabled(record, ""):
        message = f"built-in policy “{policy.title}” is assigned: {policy.consequence}"
        yield RULE.violation(record, DEFINITION, message, ALLOWED)
    elif isinstance(definition, str) and is_own_set(definition):
        if those_named(record, DEFINITION, definition, context.initiatives):
            return  # it is judged where it is defined
        yield RULE.unverifiable(DEFINITION, "the policies of the assigned initiative are not known here")


def _of_set(record: Record) -> Iterator[Finding]:
    """An initiative, which assigns all policies in it."""
    policies = record.read(POLICIES)
    for index in range(len(policies) if isinstance(policies, Sequence) else 0):
        path = f"{POLICIES}[{index}].{DEFINITION}"
        yield from RULE.unknowns(record, (path,))
        definition = record.peek(path)
        policy = conflicting_policy(definition) if isinstance(definition, str) else None
        if policy and not _is_disabled(record, f"{POLICIES}[{index}]."):
            message = f"the initiative holds built-in policy “{policy.title}”: {policy.consequence}"
            yield RULE.violation(record, path, message, ALLOWED)


def _is_disabled(record: Record, at: str) -> bool:
    return as_word(record.read(f"{at}{EFFECT}")) == "disabled"


RULE = Rule(
    id="HP035",
    name="policies-leave-hotpatch-alone",
    summary="A built-in policy that conflicts with hotpatch is assigned.",
    remedy="Remove the assignment, exclude the hotpatch machines from its scope, or set its effect to Disabled.",
    severity=Severity.WARNING,
    kinds=frozenset({Kind.POLICY_ASSIGNMENT, Kind.POLICY_SET}),
    check=check,
)
