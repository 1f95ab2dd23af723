"""HP022: a machine joins only a Flexible scale set."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.scale_sets import why_not_orchestration_mode
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.links import SET_OF_MACHINE, Links
from azure_hotpatch.domain.judging.record import Kind, Record, Unknown
from azure_hotpatch.domain.judging.rule import Audience, Context, Rule


def check_links(record: Record, links: Links, _: Context) -> Iterator[Finding]:
    scale_set = links.scale_set_of(record)
    if scale_set is None:
        record.read(SET_OF_MACHINE)
        return
    mode = scale_set.peek("orchestrationMode")
    if isinstance(mode, Unknown):
        yield RULE.unverifiable(SET_OF_MACHINE, f"the orchestrationMode of {scale_set.name!r} is {mode.why}")
    elif why_not_orchestration_mode(mode):
        message = f"the machine is put into {scale_set.name!r}, which is not a Flexible scale set"
        yield RULE.violation(record, SET_OF_MACHINE, message, "a Flexible scale set, or none")


RULE = Rule(
    id="HP022",
    name="machine-joins-a-flexible-set",
    summary="The machine is put into a scale set that is not Flexible.",
    remedy="Put the machine into a Flexible scale set, or into none.",
    kinds=frozenset({Kind.VIRTUAL_MACHINE}),
    audience=Audience.EVERY,
    check_links=check_links,
)
