"""Resources of pulumi-azure-native, whose properties are ARM's own, already flattened."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.policies.reading.arm import types as arm_types
from azure_hotpatch.policies.reading.arm.names import arm_named
from azure_hotpatch.policies.reading.arm.types import Shape
from azure_hotpatch.policies.reading.reading import plain
from azure_hotpatch.policies.reading.recorded import ignored, recorded
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.tokens import Token

# ARM's `maintenanceWindow`, whose members azure-native has beside the others.
WINDOW = ("startDateTime", "expirationDateTime", "duration", "timeZone", "recurEvery")
_WINDOW_SPELLING = {f"maintenanceWindow.{name}": name for name in WINDOW}

SHAPES: Mapping[str, Shape] = {
    "compute:virtualmachine": arm_types.VIRTUAL_MACHINE,
    "compute:virtualmachinescaleset": arm_types.SCALE_SET,
    "compute:virtualmachinescalesetvm": arm_types.SCALE_SET_INSTANCE,
    "compute:virtualmachinescalesetextension": arm_types.SCALE_SET_EXTENSION,
    "azurefleet:fleet": arm_types.FLEET,
    "maintenance:maintenanceconfiguration": arm_types.MAINTENANCE_CONFIGURATION,
    "maintenance:configurationassignment": arm_types.MAINTENANCE_ASSIGNMENT,
    "maintenance:configurationassignmentparent": arm_types.MAINTENANCE_ASSIGNMENT,
    "maintenance:configurationassignmentsforresourcegroup": arm_types.MAINTENANCE_ASSIGNMENT,
    "maintenance:configurationassignmentsforsubscription": arm_types.MAINTENANCE_ASSIGNMENT,
    "authorization:policyassignment": arm_types.POLICY_ASSIGNMENT,
    "blueprint:policyassignmentartifact": arm_types.POLICY_ASSIGNMENT,
}


def records(source: Source, token: Token) -> list[Record]:
    shape = SHAPES[token.resource]
    body: dict[str, Any] = arm_named(plain(source.props))
    spelling: Mapping[str, str] = {}
    if shape is arm_types.MAINTENANCE_CONFIGURATION:
        body, spelling = _with_window(body), _WINDOW_SPELLING
    body.setdefault("name", body.get(shape.named_by))
    return [
        recorded(
            shape,
            source,
            body,
            api_version=token.api_version or _api_version(body),
            spelling=spelling,
            ignored_changes=ignored(source.ignore_changes, {own: arm for arm, own in spelling.items()}),
        )
    ]


def _with_window(body: dict[str, Any]) -> dict[str, Any]:
    window = {name: body.pop(name) for name in WINDOW if name in body}
    return {**body, "maintenanceWindow": window} if window else body


def _api_version(body: dict[str, Any]) -> str:
    """A fleet says by itself which version of the Compute API makes its machines."""
    profile = body.get("computeProfile")
    version = profile.get("computeApiVersion") if isinstance(profile, dict) else None
    return version if isinstance(version, str) else ""
