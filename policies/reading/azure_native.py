"""Resources of pulumi-azure-native, whose properties are ARM's own, already flattened."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.domain.judging.record import Record
from azure_hotpatch.policies.reading.arm import judged_types
from azure_hotpatch.policies.reading.arm.judged_types import JudgedType
from azure_hotpatch.policies.reading.arm.machines import DEVTEST_SPELLING, machine_bodies
from azure_hotpatch.policies.reading.arm.names import arm_named
from azure_hotpatch.policies.reading.arm.resources import compute_version
from azure_hotpatch.policies.reading.reading import plain
from azure_hotpatch.policies.reading.recorded import ignored, recorded
from azure_hotpatch.policies.reading.source import Source
from azure_hotpatch.policies.reading.type_tokens import TypeToken

# ARM's `maintenanceWindow`, whose members azure-native has beside the others.
WINDOW = ("startDateTime", "expirationDateTime", "duration", "timeZone", "recurEvery")
_WINDOW_SPELLING = {f"maintenanceWindow.{name}": name for name in WINDOW}

SHAPES: Mapping[str, JudgedType] = {
    "compute:virtualmachine": judged_types.VIRTUAL_MACHINE,
    "compute:virtualmachinescaleset": judged_types.SCALE_SET,
    "compute:virtualmachinescalesetvm": judged_types.SCALE_SET_INSTANCE,
    "compute:virtualmachinescalesetextension": judged_types.SCALE_SET_EXTENSION,
    "azurefleet:fleet": judged_types.FLEET,
    "computebulkactions:bulkaction": judged_types.BULK_ACTION,
    "devtestlab:virtualmachine": judged_types.DEVTEST_MACHINE,
    "maintenance:maintenanceconfiguration": judged_types.MAINTENANCE_CONFIGURATION,
    "maintenance:configurationassignment": judged_types.MAINTENANCE_ASSIGNMENT,
    "maintenance:configurationassignmentparent": judged_types.MAINTENANCE_ASSIGNMENT,
    "maintenance:configurationassignmentsforresourcegroup": judged_types.MAINTENANCE_ASSIGNMENT,
    "maintenance:configurationassignmentsforsubscription": judged_types.MAINTENANCE_ASSIGNMENT,
    "compute:virtualmachineextension": judged_types.MACHINE_EXTENSION,
    "compute:virtualmachineruncommand": judged_types.RUN_COMMAND,
    "compute:virtualmachineruncommandbyvirtualmachine": judged_types.RUN_COMMAND,
    "compute:virtualmachinescalesetvmextension": judged_types.INSTANCE_EXTENSION,
    "compute:virtualmachinescalesetvmruncommand": judged_types.INSTANCE_RUN_COMMAND,
    "resources:azurecliscript": judged_types.DEPLOYMENT_SCRIPT,
    "resources:azurepowershellscript": judged_types.DEPLOYMENT_SCRIPT,
    "compute:image": judged_types.IMAGE,
    "compute:galleryimage": judged_types.GALLERY_IMAGE,
    "authorization:policyassignment": judged_types.POLICY_ASSIGNMENT,
    "authorization:policysetdefinition": judged_types.POLICY_SET,
    "authorization:policysetdefinitionatmanagementgroup": judged_types.POLICY_SET,
    "blueprint:policyassignmentartifact": judged_types.POLICY_ASSIGNMENT,
}


def records(source: Source, token: TypeToken) -> list[Record]:
    shape = SHAPES[token.resource]
    body: dict[str, Any] = arm_named(plain(source.props))
    spelling: Mapping[str, str] = {}
    if shape is judged_types.MAINTENANCE_CONFIGURATION:
        body, spelling = _with_window(body), _WINDOW_SPELLING
    elif shape is judged_types.DEVTEST_MACHINE:
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
