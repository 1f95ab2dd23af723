"""Configuration assignments: of one resource, or of all that match the filter of a group or subscription."""

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, NotFound
from azure_hotpatch.emulator.arm.protocol.paths import parse_path, scope_of
from azure_hotpatch.emulator.arm.providers.maintenance.configurations import TYPE as CONFIGURATIONS
from azure_hotpatch.emulator.arm.providers.maintenance.configurations import VERSIONS
from azure_hotpatch.emulator.arm.providers.schedules import ASSIGNMENTS

_FILTERS = ("resourceTypes", "resourceGroups", "osTypes", "locations", "tagSettings")


def _prepare(change: Change) -> None:
    wanted = change.properties.get("maintenanceConfigurationId")
    if not wanted:
        raise BadRequest(  # wording not published
            "The property 'maintenanceConfigurationId' is required.", code="InvalidMaintenanceConfigurationId"
        )
    path = parse_path(str(wanted))
    if path is None or path.type.lower() != CONFIGURATIONS.lower() or path.is_collection:  # wording not published
        raise BadRequest(
            f"'{wanted}' is not the id of a maintenance configuration.", code="InvalidMaintenanceConfigurationId"
        )
    if change.tx.find(path.id) is None:  # wording not published
        raise NotFound(f"Maintenance configuration '{wanted}' was not found.", code="ResourceNotFound")
    _check_scope(change)


def _check_scope(change: Change) -> None:
    scope = parse_path(scope_of(change.id))
    if scope and scope.types:
        change.properties["resourceId"] = scope.id
        return
    chosen = change.properties.get("filter") or {}
    if not any(chosen.get(name) for name in _FILTERS):  # azure-mgmt-maintenance; wording not published
        raise BadRequest(
            f"The filter of a dynamic scope must have at least one of: {', '.join(_FILTERS)}.", code="InvalidFilter"
        )
    change.properties["resourceId"] = scope_of(change.id)


def _show(_tx: Transaction, _assignment: Resource, shown: Json) -> None:
    """The id of the configuration comes back with its group, provider and type in lower case, its name as it was."""
    head, _, name = shown["properties"]["maintenanceConfigurationId"].rpartition("/")
    shown["properties"]["maintenanceConfigurationId"] = f"{head.lower()}/{name}"


TYPES = (
    ResourceType(
        ASSIGNMENTS, VERSIONS, LocationRule.OPTIONAL, prepare=_prepare, show=_show, has_state=False, created=201
    ),
)
