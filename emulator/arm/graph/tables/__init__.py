"""The tables of Resource Graph that are built from the emulator's store, and those that are always empty."""

from collections.abc import Callable, Iterable

from azure_hotpatch.emulator.arm.graph.kql.frames import Frame
from azure_hotpatch.emulator.arm.graph.tables import containers, extensions, maintenance, patches, resources
from azure_hotpatch.emulator.arm.graph.tables.rows import COLUMNS, QueryScope, Row

Make = Callable[[QueryScope], Iterable[Row]]

TABLES: dict[str, Make] = {
    "resources": resources.rows,
    "resourcecontainers": containers.rows,
    "patchassessmentresources": patches.assessment_rows,
    "patchinstallationresources": patches.installation_rows,
    "maintenanceresources": maintenance.rows,
    "extensibilityresources": extensions.table(*extensions.EXTENSIBILITY),
    "computeresources": extensions.table(*extensions.COMPUTE),
    "policyresources": extensions.table(*extensions.POLICY),
    "authorizationresources": extensions.table(*extensions.AUTHORIZATION),
}
# What the emulator has nothing of, as Azure has nothing of it in a new subscription.
EMPTY = (
    "advisorresources",
    "alertsmanagementresources",
    "guestconfigurationresources",
    "healthresources",
    "securityresources",
    "servicehealthresources",
)


def frame(scope: QueryScope, name: str) -> Frame | None:
    """A table by its name in any letter case, or None; its rows in the order of their ids."""
    if name.lower() in EMPTY:
        return Frame(dict(COLUMNS), [])
    make = TABLES.get(name.lower())
    if make is None:
        return None
    found = [row for row in make(scope) if scope.types is None or row["type"] in scope.types]
    return Frame(dict(COLUMNS), found)
