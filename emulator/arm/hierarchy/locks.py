"""Management locks: what they forbid at a scope and below it."""

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.hierarchy.scopes import upward
from azure_hotpatch.emulator.arm.http import Request
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, LocationRule, ResourceType
from azure_hotpatch.emulator.arm.protocol.bodies import read
from azure_hotpatch.emulator.arm.protocol.errors import BadRequest, Conflict
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath, parse_path, scope_of

TYPE = "Microsoft.Authorization/locks"
_READ_ONLY, _CAN_NOT_DELETE = "readonly", "cannotdelete"
_READS = {"GET", "HEAD"}
# What is a member of its parent in Azure: azure-native deletes it by an update, vaults/accessPolicies/remove.
_MEMBERS = {"microsoft.keyvault/vaults/accesspolicies"}


def check(request: Request) -> None:
    """Refuse a write or a deletion that a lock forbids: here, above, or, for a deletion, anywhere below."""
    path = parse_path(request.path)
    if request.method in _READS or path is None or not path.subscription or not request.tx.within("", TYPE, limit=1):
        return
    if path.type.lower() == TYPE.lower():  # a lock itself is made and taken away as roles allow
        return
    delete = request.method == "DELETE" and path.type.lower() not in _MEMBERS
    found = [lock for lock in _around(request, path, below=delete) if delete or _level(lock) == _READ_ONLY]
    if found:
        raise _locked(path.id, "delete" if delete else "write", found)


def _around(request: Request, path: ResourcePath, *, below: bool) -> list[Resource]:
    target = path.without_last_type() if path.is_collection and len(path.types) > len(path.names) else path
    scopes = upward(target.id)
    found = [lock for scope in scopes for lock in request.tx.within(f"{scope}/providers/{TYPE}", TYPE)]
    if below:
        found += request.tx.within(target.id, TYPE)
    return list({lock.key: lock for lock in found}.values())


def _locked(scope: str, operation: str, found: list[Resource]) -> Conflict:
    scopes = ",".join(dict.fromkeys(scope_of(lock.id) for lock in found))
    return Conflict(
        f"The scope '{scope}' cannot perform {operation} operation because following scope(s) are locked: '{scopes}'. "
        "Please remove the lock and try again.",
        code="ScopeLocked",
    )


def _level(lock: Resource) -> str:
    return str(read(lock.body, "properties.level")).lower()


def _prepare(change: Change) -> None:
    level = str(change.properties.get("level"))
    if level.lower() not in {_READ_ONLY, _CAN_NOT_DELETE}:  # azure-mgmt-resource, LockLevel; wording not published
        raise BadRequest(
            f"The lock level '{level}' is invalid. Supported values are: CanNotDelete, ReadOnly.",
            code="LockLevelInvalid",
        )


TYPES = (
    ResourceType(
        TYPE, ("2015-01-01", "2026-12-31"), LocationRule.NOWHERE, prepare=_prepare, inherited=True, has_state=False
    ),
)
