"""Role definitions: the built-in ones for managing machines and their patches, and custom ones."""

from azure_hotpatch.emulator.arm.database.stored import stamp
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle import resources
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol import queries
from azure_hotpatch.emulator.arm.protocol.bodies import Json, fill, read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest
from azure_hotpatch.emulator.arm.protocol.queries import Queries

TYPE = "Microsoft.Authorization/roleDefinitions"
# "Azure built-in roles": name and id.
_BUILT_IN = {
    "Contributor": "b24988ac-6180-42a0-ab88-20f7382dd24c",
    "Owner": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    "Reader": "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    "User Access Administrator": "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
    "Virtual Machine Contributor": "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
    "Virtual Machine Administrator Login": "1c0163c0-47e6-4577-8991-ea5c82e286e4",
    "Virtual Machine User Login": "fb879df8-f326-4884-b1cf-06f3ad86be52",
    "Network Contributor": "4d97b98b-1d4f-4787-a291-c67834d212e7",
    "Storage Blob Data Reader": "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "Scheduled Patching Contributor": "cd08ab90-6b14-449c-ad9a-8f8e549482c6",
}
_FILTERS = {"rolename": "properties.roleName", "type": "properties.type"}
_FLAGS = ("atscope()", "atscopeandbelow()")


def list_all(request: Request) -> Reply:
    """The built-in roles, and the custom ones of the scope's subscription."""
    accepted = Queries(filters=_FILTERS, flags={flag: lambda _shown: True for flag in _FLAGS})
    scope = request.parameters["scope"]
    custom = [
        {"id": one.id, "name": one.name, "type": TYPE, **one.body} for one in request.tx.within(_root(scope), TYPE)
    ]
    built_in = [_shown(scope, name) for name in _BUILT_IN]
    return Reply(200, {"value": queries.applied(request.query, [*built_in, *custom], accepted, "role definitions")})


def one(request: Request) -> Reply:
    """A built-in role is at every scope; all else about a role is answered as of any resource."""
    wanted = request.parameters["role"].lower()
    for name, role_id in _BUILT_IN.items():
        if role_id != wanted:
            continue
        if request.method != "GET":  # wording not published
            raise BadRequest(f"The built-in role '{name}' cannot be changed.", code="RoleDefinitionCannotBeChanged")
        return Reply(200, _shown(request.parameters["scope"], name))
    reply = resources.answer(request)
    return reply or Reply(404)


def _root(scope: str) -> str:
    return "/".join(scope.split("/")[:3])


def _shown(scope: str, name: str) -> Json:
    role_id = _BUILT_IN[name]
    # What the emulator does not hold anybody to it does not list either: a role's permissions are Azure's.
    properties = {"roleName": name, "type": "BuiltInRole", "assignableScopes": ["/"], "permissions": []}
    root = _root(scope)
    return {"id": f"{root}/providers/{TYPE}/{role_id}", "name": role_id, "type": TYPE, "properties": properties}


def date(change: Change) -> None:
    """Say when a role, or its assignment, was made and changed; by whom, the emulator does not know."""
    now = stamp(change.tx.now())
    change.properties.update(createdOn=change.previous.get("createdOn") or now, updatedOn=now)


def _prepare(change: Change) -> None:
    if not change.properties.get("roleName"):
        raise BadRequest("The property 'roleName' is required.", code="InvalidRequest")  # wording not published
    fill(change.properties, {"type": "CustomRole", "permissions": [], "assignableScopes": []})
    if not read(change.properties, "assignableScopes"):  # wording not published
        raise BadRequest("A custom role must have at least one assignable scope.", code="MissingAssignableScopes")
    date(change)


TYPES = (
    ResourceType(
        TYPE, ("2015-07-01", "2026-12-31"), LocationRule.NOWHERE, prepare=_prepare, has_state=False, replaced=201
    ),
)
