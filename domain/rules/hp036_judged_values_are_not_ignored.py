"""HP036: ignoreChanges does not cover what decides whether a machine is hotpatched."""

from collections.abc import Iterator

from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.hotpatching import EXTENSION_OPERATIONS, WINDOWS
from azure_hotpatch.domain.judging.image_reference import REFERENCE
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Rule, Severity

MACHINE = (WINDOWS, EXTENSION_OPERATIONS, *(f"{REFERENCE}.{part}" for part in ("publisher", "offer", "sku", "id")))
SET = ("orchestrationMode", *(f"virtualMachineProfile.{path}" for path in MACHINE))
CONFIGURATION = ("maintenanceScope", "maintenanceWindow", "installPatches", "extensionProperties")
JUDGED = {Kind.VIRTUAL_MACHINE: MACHINE, Kind.SCALE_SET: SET, Kind.MAINTENANCE_CONFIGURATION: CONFIGURATION}


def check(record: Record, _: Context) -> Iterator[Finding]:
    for ignored in record.ignored_changes:
        if any(_covers(ignored, judged) or _covers(judged, ignored) for judged in JUDGED[record.kind]):
            message = f"ignoreChanges covers {ignored!r}, so the value in the program is neither checked nor deployed"
            yield RULE.violation(record, ignored, message, "ignoreChanges on other paths", "ignored")


def _covers(path: str, other: str) -> bool:
    """Whether `path` is `other` or a parent of it; a `*` at the end matches every child."""
    head = path.removesuffix("]").removesuffix("*").rstrip(".[")
    return not head or other == head or other.startswith((f"{head}.", f"{head}["))


RULE = Rule(
    id="HP036",
    name="judged-values-are-not-ignored",
    summary="ignoreChanges covers a value that decides whether the machine is hotpatched.",
    remedy="Take the path out of ignoreChanges, or narrow it to a value that no rule reads.",
    severity=Severity.WARNING,
    kinds=frozenset(JUDGED),
    check=check,
)
