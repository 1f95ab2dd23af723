"""HP003: a scale set is Flexible; what runs on it does not matter."""

from collections.abc import Iterator

from azure_hotpatch.finding import Finding
from azure_hotpatch.record import Kind, Record
from azure_hotpatch.rule import Audience, Context, Rule
from azure_hotpatch.scale_sets import why_not_orchestration_mode

MODE = "orchestrationMode"


def check(record: Record, _: Context) -> Iterator[Finding]:
    reason = why_not_orchestration_mode(record.read(MODE))
    if reason:
        yield RULE.violation(record, MODE, reason, "Flexible")


RULE = Rule(
    id="HP003",
    name="scale-set-is-flexible",
    summary="A Uniform scale set cannot be hotpatched.",
    remedy="Set orchestrationMode to Flexible; it is fixed when a set is made, so an existing set has to be replaced.",
    kinds=frozenset({Kind.SCALE_SET}),
    audience=Audience.EVERY,
    check=check,
)
