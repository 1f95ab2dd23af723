"""resources: whatever is in a resource group and has a location; virtual machines with power state and system."""

from collections.abc import Iterator

from azure_hotpatch.emulator.arm import providers, stored_types
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.graph.tables import extensions
from azure_hotpatch.emulator.arm.graph.tables.guests import instance_view
from azure_hotpatch.emulator.arm.graph.tables.rows import QueryScope, Row, row
from azure_hotpatch.emulator.arm.patching import guests
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.paths import GROUP_TYPE
from azure_hotpatch.emulator.arm.providers.compute.virtual_machines import TYPE as MACHINES
from azure_hotpatch.emulator.arm.windows_update.events import UpdateCatalogue

_ELSEWHERE = frozenset(kind.lower() for kind in (*extensions.ALL, GROUP_TYPE))


def rows(scope: QueryScope) -> Iterator[Row]:
    types = tuple(scope.types) if scope.types is not None else _stored_types(scope.tx)
    known = guests.catalogue_of(scope.tx)
    for resource in scope.stored(*(kind for kind in sorted(types) if kind not in _ELSEWHERE)):
        if "location" in resource.body:
            yield _row(scope.tx, resource, known)


def _stored_types(tx: Transaction) -> tuple[str, ...]:
    return tuple(kind for kind in tx.types() if providers.find(kind) or stored_types.kind(kind))


def _row(tx: Transaction, resource: Resource, known: UpdateCatalogue) -> Row:
    if resource.type.lower() == MACHINES.lower():
        return row(resource.id, MACHINES, resource.body, _machine_properties(resource, known))
    return extensions.stored_row(tx, resource)


def _machine_properties(machine: Resource, known: UpdateCatalogue) -> Json:
    """As ARM shows them, and `extended.instanceView`, which Resource Graph alone has."""
    return {
        **machine.body.get("properties", {}),
        "provisioningState": machine.state,
        "extended": {"instanceView": instance_view(machine, known)},
    }
