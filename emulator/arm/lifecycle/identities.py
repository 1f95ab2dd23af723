"""The principals that the managed identities of a resource are given."""

import uuid

from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest

_KINDS = {"none", "systemassigned", "userassigned"}
TENANT = "00000000-0000-0000-0000-00000000a2e0"  # the one tenant of the emulator


def fill(change: Change) -> None:
    """Give principals to `identity`; a system-assigned one keeps its principal for the life of the resource."""
    _keep(change)
    identity = change.body.get("identity")
    if not isinstance(identity, dict):
        return
    if change.method == "PATCH" and "userAssignedIdentities" not in (change.sent.get("identity") or {}):
        _follow_type(change, identity)
    if not identity.get("userAssignedIdentities"):
        identity.pop("userAssignedIdentities", None)
    kinds = [kind.strip().lower() for kind in str(identity.get("type", "None")).split(",")]
    _check_mix(change, kinds, identity.get("userAssignedIdentities") or {})
    before = change.before.body.get("identity", {}) if change.before else {}
    for name in ("principalId", "tenantId"):
        identity.pop(name, None)
    if "systemassigned" in kinds:
        identity["principalId"] = before.get("principalId") or str(uuid.uuid4())
        identity["tenantId"] = TENANT
    if "userassigned" in kinds:
        named = identity.get("userAssignedIdentities") or {}
        identity["userAssignedIdentities"] = {name: _user_assigned(change, name) for name in named}


def _keep(change: Change) -> None:
    """A PUT without it leaves a machine's identity; the type `None` takes it away (terraform-provider-azurerm 4538)."""
    before = change.before.body.get("identity") if change.before else None
    if before and change.sent.get("identity") is None and "/providers/microsoft.compute/" in change.id.lower():
        change.body["identity"] = dict(before)


def _follow_type(change: Change, identity: Json) -> None:
    """A PATCH to a type without user-assigned identities takes those away that were there."""
    if "type" in (change.sent.get("identity") or {}) and "userassigned" not in str(identity["type"]).lower():
        identity.pop("userAssignedIdentities", None)


def _check_mix(change: Change, kinds: list[str], named: Json) -> None:
    unknown = set(kinds) - _KINDS
    if unknown or ("none" in kinds and len(kinds) > 1):  # wording not published
        raise _failed(change, f"The identity type '{change.body['identity']['type']}' is not valid")
    if "userassigned" not in kinds and named:  # azure-docs 17090
        raise _failed(
            change,
            "The request format was unexpected, a non-UserAssigned identity type should not contain: "
            "userAssignedIdentities",
        )
    if "userassigned" in kinds and not named:  # wording not published
        raise _failed(
            change,
            "The request format was unexpected, a UserAssigned identity type should contain: userAssignedIdentities",
        )


def _failed(change: Change, why: str) -> BadRequest:
    return BadRequest(
        f"Identity operation for resource '{change.id}' failed with error 'Failed to perform resource identity "
        f'operation. Status: \'BadRequest\'. Response: \'{{"error":{{"code":"BadRequest","message":"{why}"}}}}\'.\'.',
        code="FailedIdentityOperation",
    )


def _user_assigned(change: Change, resource_id: str) -> Json:
    found = change.tx.find(resource_id)
    if found is None:
        raise _failed(change, f"Resource '{resource_id}' was not found.")
    properties = found.body["properties"]
    return {"principalId": properties["principalId"], "clientId": properties["clientId"]}
