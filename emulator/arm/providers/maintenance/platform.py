"""Platform maintenance: updates of hosts, which the emulated Azure never has, and public schedules."""

from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.errors import ResourceNotFound
from azure_hotpatch.emulator.arm.protocol.paths import parse_path, scope_of, type_and_name
from azure_hotpatch.emulator.arm.providers.maintenance.configurations import VERSIONS

APPLY_UPDATES = "Microsoft.Maintenance/applyUpdates"
_PUBLIC = "Microsoft.Maintenance/publicMaintenanceConfigurations"


def updates(request: Request) -> Reply:
    """The pending updates of a resource's host: none."""
    scope = request.parameters["scope"]
    path = parse_path(scope)
    if path and path.types and request.tx.find(scope) is None:
        raise ResourceNotFound(type_and_name(path), path.group)
    return Reply(200, {"value": queries.applied(request.query, [], queries.NONE, "updates")})


def public_configurations(request: Request) -> Reply:
    """Azure publishes schedules only for its databases, which the emulator does not have."""
    return Reply(200, {"value": queries.applied(request.query, [], queries.NONE, "public maintenance configurations")})


def public_configuration(request: Request) -> Reply:
    raise ResourceNotFound(f"{_PUBLIC}/{request.parameters['name']}", "")


def _apply(change: Change) -> None:
    """With nothing pending, an apply request completes at once; a cancel request is accepted too."""
    now = stamp(change.tx.now())
    cancels = str(change.properties.get("status")).lower() == "cancel"
    change.properties.update(
        status="Cancelled" if cancels else "Completed", resourceId=scope_of(change.id), lastUpdateTime=now
    )


TYPES = (ResourceType(APPLY_UPDATES, VERSIONS, LocationRule.NOWHERE, prepare=_apply, bodiless=True, has_state=False),)
