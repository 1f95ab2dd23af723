"""HP019: a Flexible scale set reports the health of its machines to Azure, which does not patch them otherwise."""

from collections.abc import Iterator, Sequence
from typing import Any

from azure_hotpatch.domain.azure.scale_sets import (
    HEALTH_PUBLISHER,
    HEALTH_TYPE,
    HEALTH_TYPES,
    is_flexible,
    why_not_health_extension,
)
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.links import Links
from azure_hotpatch.domain.judging.operating_system import operating_system
from azure_hotpatch.domain.judging.record import Kind, Record, Unknown
from azure_hotpatch.domain.judging.rule import Context, Rule

EXTENSIONS = "virtualMachineProfile.extensionProfile.extensions"


def check_links(record: Record, links: Links, _: Context) -> Iterator[Finding]:
    if not is_flexible(record.peek("orchestrationMode")):
        return
    inline = record.peek(EXTENSIONS)
    count = len(inline) if isinstance(inline, Sequence) and not isinstance(inline, str) else 0
    named = [_publisher_and_type(record, f"{EXTENSIONS}[{index}].") for index in range(count)]
    named += [_publisher_and_type(extension, "") for extension in links.extensions_of(record)]
    is_windows = operating_system(record, links.images) == "Windows"
    if any(why_not_health_extension(*names, is_windows) is None for names in named):
        return
    record.read(EXTENSIONS)
    if any(isinstance(name, Unknown) for names in named for name in names):
        yield RULE.unverifiable(EXTENSIONS, "an extension's publisher or type is not known")
        return
    wanted = f"{HEALTH_PUBLISHER}/{HEALTH_TYPE}"
    if any(why_not_health_extension(*names) is None for names in named):
        message = "the application-health extension is the one for Linux, and reports nothing of a machine with Windows"
        remedy = f"Set the extension's type to {HEALTH_TYPE}."
        yield RULE.violation(record, EXTENSIONS, message, wanted, HEALTH_TYPES[1], remedy)
        return
    message = "no application-health extension is in the set, and Azure patches a Flexible set with one only"
    yield RULE.violation(record, EXTENSIONS, message, wanted, f"{len(named)} other" if named else "no extension")


def _publisher_and_type(record: Record, at: str) -> tuple[Any, Any]:
    return (record.peek(f"{at}publisher"), record.peek(f"{at}type"))


RULE = Rule(
    id="HP019",
    name="flexible-set-reports-health",
    summary="A Flexible scale set has no application-health extension.",
    remedy="Add the extension ApplicationHealthWindows of Microsoft.ManagedServices to the set's extension profile.",
    kinds=frozenset({Kind.SCALE_SET}),
    check_links=check_links,
)
