"""Microsoft.ManagedIdentity: user-assigned identities."""

import uuid

from azure_hotpatch.emulator.arm.lifecycle.identities import TENANT
from azure_hotpatch.emulator.arm.lifecycle.resource_type import Change, ResourceType


def _prepare(change: Change) -> None:
    change.properties["tenantId"] = TENANT
    for name in ("principalId", "clientId"):
        change.properties[name] = change.previous.get(name) or str(uuid.uuid4())


TYPES = (
    ResourceType(
        "Microsoft.ManagedIdentity/userAssignedIdentities",
        ("2015-08-31-preview", "2026-12-31"),
        prepare=_prepare,
        has_state=False,
    ),
)
