"""Resources of pulumi-azure-native, whose properties are ARM's own, already flattened."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.policies.reading.arm import types as arm_types
from azure_hotpatch.policies.reading.arm.machines import DEVTEST_SPELLING, machine_bodies
from azure_hotpatch.policies.reading.arm.names import arm_named
from azure_hotpatch.policies.reading.arm.resources import compute_version
from azure_hotpatch.policies.reading.arm.types import JudgedType
from azure_hotpatch.policies.reading.reading import plain
from azure_hotpatch.policies.reading.recorded import ignored, recorded
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.tokens import TypeToken

# ARM's `maintenanceWindow`, whose members azure-native has beside the others.
WINDOW = ("startDateTime", "expirationDateTime", "duration", "timeZone", "recurEvery")
_WINDOW_SPELLING = {f"maintenanceWindow.{name}": name for name in WINDOW}

SHAPES: Mapping[str, JudgedType] = {
    "compute:virtualmachine": arm_types.VIRTUAL_MACHINE,
    "compute:virtualmachinescaleset": arm_types.SCALE_SET,
    "compute:virtualmachinescalesetvm": arm_types.SCALE_SET_INSTANCE,
    "compute:virtualmachinescalesetextension": arm_types.SCALE_SET_EXTENSION,
    "azurefleet:fleet": arm_types.FLEET,
    "computebulkactions:bulkaction": arm_types.BULK_ACTION,
    "devtestlab:virtualmachine": arm_types.DEVTEST_MACHINE,
    "maintenance:maintenanceconfiguration": arm_types.MAINTENANCE_CONFIGURATION,
    "maintenance:configurationassignment": arm_types.MAINTENANCE_ASSIGNMENT,
    "maintenance:configurationassignmentparent": arm_types.MAINTENANCE_ASSIGNMENT,
    "maintenance:configurationassignmentsforresourcegroup": arm_types.MAINTENANCE_ASSIGNMENT,
    "maintenance:configurationassignmentsforsubscription": arm_types.MAINTENANCE_ASSIGNMENT,
    "compute:virtualmachineextension": arm_types.MACHINE_EXTENSION,
    "compute:virtualmachineruncommand": arm_types.RUN_COMMAND,
    "compute:virtualmachineruncommandbyvirtualmachine": arm_types.RUN_COMMAND,
    "compute:virtualmachinescalesetvmextension": arm_types.INSTANCE_EXTENSION,
    "compute:virtualmachinescalesetvmruncommand": arm_types.INSTANCE_RUN_COMMAND,
    "resources:azurecliscript": arm_types.DEPLOYMENT_SCRIPT,
    "resources:azurepowershellscript": arm_types.DEPLOYMENT_SCRIPT,
    "compute:image": arm_types.IMAGE,
    "compute:galleryimage": arm_types.GALLERY_IMAGE,
    "authorization:policyassignment": arm_types.POLICY_ASSIGNMENT,
    "authorization:policysetdefinition": arm_types.POLICY_SET,
    "authorization:policysetdefinitionatmanagementgroup": arm_types.POLICY_SET,
    "blueprint:policyassignmentartifact": arm_types.POLICY_ASSIGNMENT,
}


def records(source: Source, token: TypeToken) -> list[Record]:
    shape = SHAPES[token.resource]
    body: dict[str, Any] = arm_named(plain(source.props))
    spelling: Mapping[str, str] = {}
    if shape is arm_types.MAINTENANCE_CONFIGURATION:
        body, spelling = _with_window(body), _WINDOW_SPELLING
    elif shape is arm_types.DEVTEST_MACHINE:
        spelling = DEVTEST_SPELLING
    body.setdefault("name", body.get(shape.named_by))
    return [
        recorded(
            made,
            source,
            each,
            api_version=compute_version(shape, token.api_version, each),
            spelling=spelling,
            ignored_changes=ignored(source.ignore_changes, {own: arm for arm, own in spelling.items()}),
        )
        for made, each in machine_bodies(shape, body)
    ]


def _with_window(body: dict[str, Any]) -> dict[str, Any]:
    window = {name: body.pop(name) for name in WINDOW if name in body}
    return {**body, "maintenanceWindow": window} if window else body
