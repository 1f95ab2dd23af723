"""The tables whose rows are stored resources of a few types: schedules, instances, policies and roles."""

from collections.abc import Callable, Iterator

from azure_hotpatch.emulator.arm import providers
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.graph.tables.rows import QueryScope, Row, row
from azure_hotpatch.emulator.arm.lifecycle.shapes import shown

# "Azure Resource Graph table and resource type reference"
MAINTENANCE = (
    "Microsoft.Maintenance/configurationAssignments",
    "Microsoft.Maintenance/applyUpdates",
    "Microsoft.Maintenance/maintenanceConfigurations/applyUpdates",
    "Microsoft.Maintenance/updates",
)
EXTENSIBILITY = ("Microsoft.AzureStackHCI/virtualMachineInstances",)
COMPUTE = ("Microsoft.Compute/virtualMachineScaleSets/virtualMachines",)
POLICY = (
    "Microsoft.Authorization/policyAssignments",
    "Microsoft.Authorization/policyDefinitions",
    "Microsoft.Authorization/policySetDefinitions",
)
AUTHORIZATION = ("Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleDefinitions")
ALL = (*MAINTENANCE, *EXTENSIBILITY, *COMPUTE, *POLICY, *AUTHORIZATION)


def table(*types: str) -> Callable[[QueryScope], Iterator[Row]]:
    """A table of stored resources of these types."""
    return lambda scope: (stored_row(scope.tx, one) for one in scope.stored(*types))


def stored_row(tx: Transaction, resource: Resource) -> Row:
    kind = providers.of(resource)
    body = shown(tx, resource, kind) if kind else {**resource.body}
    return row(resource.id, resource.type, body, body.get("properties") or {})
