"""Which principals a resource's managed identities are given."""

import uuid

from azure_hotpatch.emulator.arm.bodies import Json
from azure_hotpatch.emulator.arm.errors import BadRequest
from azure_hotpatch.emulator.arm.resource_type import Change

TENANT = "00000000-0000-0000-0000-00000000a2e0"  # the one tenant of the emulator


def fill(change: Change) -> None:
    """Give principals to `identity`; a system-assigned one keeps its principal for the life of the resource."""
    identity = change.body.get("identity")
    if not isinstance(identity, dict):
        return
    kinds = [kind.strip().lower() for kind in str(identity.get("type", "None")).split(",")]
    before = change.before.body.get("identity", {}) if change.before else {}
    for name in ("principalId", "tenantId"):
        identity.pop(name, None)
    if "systemassigned" in kinds:
        identity["principalId"] = before.get("principalId") or str(uuid.uuid4())
        identity["tenantId"] = TENANT
    if "userassigned" in kinds:
        named = identity.get("userAssignedIdentities") or {}
        identity["userAssignedIdentities"] = {name: _user_assigned(change, name) for name in named}


def _user_assigned(change: Change, resource_id: str) -> Json:
    found = change.tx.find(resource_id)
    if found is None:
        raise BadRequest(
            f"Identity operation for resource '{change.id}' failed with error 'Failed to perform resource identity "
            f'operation. Status: \'BadRequest\'. Response: \'{{"error":{{"code":"BadRequest","message":'
            f"\"Resource '{resource_id}' was not found.\"}}}}'.'.",
            code="FailedIdentityOperation",
        )
    properties = found.body["properties"]
    return {"principalId": properties["principalId"], "clientId": properties["clientId"]}
