"""HP027: an in-guest maintenance configuration states who selects the updates, and the properties that go with it."""

from collections.abc import Iterator

from azure_hotpatch.domain.azure.maintenance import why_not_in_guest
from azure_hotpatch.domain.azure.maintenance.updates import PATCH_MODE_KEY
from azure_hotpatch.domain.judging.finding import Finding
from azure_hotpatch.domain.judging.maintenance_record import INSTALL, PATCH_MODE, WINDOW, is_in_guest
from azure_hotpatch.domain.judging.record import Kind, Record
from azure_hotpatch.domain.judging.rule import Context, Rule

START = f"{WINDOW}.startDateTime"  # azure-native has the members of the window, and no window


def check(record: Record, _: Context) -> Iterator[Finding]:
    if not is_in_guest(record):
        return
    said = {"extensionProperties": {PATCH_MODE_KEY: record.read(PATCH_MODE)}}
    reason = why_not_in_guest(said | {name: record.peek(name) for name in (INSTALL, WINDOW)})
    if reason:
        yield RULE.violation(
            record, _path(reason), reason, "User with installPatches, or Platform without", remedy=_remedy(record)
        )


def _path(reason: str) -> str:
    """The property that the reason names in its first word."""
    paths = {INSTALL: INSTALL, WINDOW: START}
    return next((path for name, path in paths.items() if reason.startswith(name)), PATCH_MODE)


def _remedy(record: Record) -> str:
    """The remedy with azurerm's property names; the rule's own remedy has those of azure-native."""
    own = record.spelling.get(PATCH_MODE)
    return f"Set {own} to User, and say in installPatches what is installed and in window when." if own else ""


RULE = Rule(
    id="HP027",
    name="in-guest-mode-is-stated",
    summary="InGuestPatchMode and installPatches do not fit each other.",
    remedy='Set extensionProperties to {"InGuestPatchMode": "User"}, and say in installPatches what is installed and '
    "from startDateTime on when.",
    kinds=frozenset({Kind.MAINTENANCE_CONFIGURATION}),
    check=check,
)
