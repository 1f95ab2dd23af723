"""The name that a resource is given when its program gives none."""

import hashlib
import secrets
import uuid

RANDOM, COPY, UUID = "random", "copy", "uuid"

_UUID_NAMES = frozenset({"roleAssignmentName", "roleDefinitionId", "roleEligibilityScheduleRequestName"})


def strategy(path: str, parameter: str) -> str:
    """How `parameter` is named: only the last part of a path is, and "" says that it is not.

    A resource of its own gets a random suffix, a child of another resource the bare name, a role assignment a UUID
    (pulumi-azure-native, provider/pkg/resources, AutoNamer).
    """
    if not path.endswith(f"{{{parameter}}}") or "." in parameter:
        return ""
    if parameter in _UUID_NAMES:
        return UUID
    _, found, last = path.lower().rpartition("microsoft.")
    return RANDOM if not found or last.count("{") == 1 else COPY


def made(how: str, urn: str, seed: bytes) -> tuple[str, bool]:
    """The name, and whether it is random; the same seed gives the same name.

    Shape and length are those of the real provider, the digits are not: its generator is a cipher of its own.
    """
    name = urn.rsplit("::", 1)[-1]
    digits = hashlib.sha256(seed).hexdigest() if seed else secrets.token_hex(32)
    if how == UUID:
        return str(uuid.UUID(digits[:32])), True
    if how == RANDOM:
        return name + digits[:8], True
    return name, False
