"""The resource types that the emulator has, and its answer for a type that it lacks."""

from azure_hotpatch.emulator.arm import stored_types
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.hierarchy import locks
from azure_hotpatch.emulator.arm.lifecycle.resource_type import ResourceType
from azure_hotpatch.emulator.arm.protocol.errors import ArmError, NotFound
from azure_hotpatch.emulator.arm.protocol.paths import parse_path
from azure_hotpatch.emulator.arm.providers import (
    arc,
    authorization,
    azure_local,
    compute,
    identity,
    maintenance,
    network,
    roles,
    storage,
)

TYPES: tuple[ResourceType, ...] = (
    *network.TYPES,
    *compute.TYPES,
    *maintenance.TYPES,
    *identity.TYPES,
    *storage.TYPES,
    *arc.TYPES,
    *azure_local.TYPES,
    *authorization.TYPES,
    *roles.TYPES,
    *locks.TYPES,
)
_BY_NAME = {kind.name.lower(): kind for kind in TYPES}


def find(resource_type: str) -> ResourceType | None:
    """A type that is emulated."""
    return _BY_NAME.get(resource_type.lower())


def get(resource_type: str) -> ResourceType:
    """A type that is emulated, or that is stored as sent."""
    kind = find(resource_type) or stored_types.kind(resource_type)
    if kind is None:
        namespace = resource_type.split("/", 1)[0]
        raise NotFound(f"The resource namespace '{namespace}' is invalid.", code="InvalidResourceNamespace")
    return kind


def is_known(resource_type: str) -> bool:
    """Whether a type is emulated, or is known as one of Azure's."""
    return find(resource_type) is not None or stored_types.is_known(resource_type)


def of(resource: Resource) -> ResourceType | None:
    """The type of what is stored; None for groups, deployments and tags. The id has the spelling of an unknown one."""
    path = parse_path(resource.id)
    return find(resource.type) or stored_types.kind(path.type if path else resource.type)


def refuse_if_used(tx: Transaction, root: Resource) -> None:
    """Raise Azure's error where a resource cannot be deleted, or it or one below it is used by one outside of it."""
    kind = find(root.type)
    refusal = kind.undeletable(tx, root) if kind and kind.undeletable else None
    if refusal:
        raise refusal
    if not tx.users(root.id):
        return
    for resource in (root, *tx.within(root.id)):
        error = _in_use(tx, resource, f"{root.key}/")
        if error:
            raise error


def _in_use(tx: Transaction, resource: Resource, inside: str) -> ArmError | None:
    kind = find(resource.type)
    if kind is None or kind.in_use is None:
        return None
    users = [user for user in tx.users(resource.id) if not user.lower().startswith(inside)]
    return kind.in_use(resource, users) if users else None
