"""The columns that the rows of every table have, and which rows are in the scope of a query."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.hierarchy.locations import normalised
from azure_hotpatch.emulator.arm.lifecycle.identities import TENANT
from azure_hotpatch.emulator.arm.protocol.bodies import Json

Row = dict[str, Any]

# "Overview of query logs and results data in Azure Update Manager": the columns, the same for every table
COLUMNS = {
    "id": Type.STRING,
    "name": Type.STRING,
    "type": Type.STRING,
    "tenantId": Type.STRING,
    "kind": Type.STRING,
    "location": Type.STRING,
    "resourceGroup": Type.STRING,
    "subscriptionId": Type.STRING,
    "managedBy": Type.STRING,
    "sku": Type.DYNAMIC,
    "plan": Type.DYNAMIC,
    "properties": Type.DYNAMIC,
    "tags": Type.DYNAMIC,
    "identity": Type.DYNAMIC,
    "zones": Type.DYNAMIC,
    "extendedLocation": Type.DYNAMIC,
}


@dataclass(frozen=True, slots=True)
class QueryScope:
    """The subscriptions in scope (None: all), and the types in lower case (None: all)."""

    tx: Transaction
    subscriptions: tuple[str, ...] | None
    types: frozenset[str] | None

    def stored(self, *types: str) -> Iterator[Resource]:
        """The stored resources of these types, in the order of their ids within a subscription."""
        wanted = [kind for kind in types if self.types is None or kind.lower() in self.types]
        return self.of_types(*wanted)

    def of_types(self, *types: str) -> Iterator[Resource]:
        """The same, whether the query reads rows of these types or of others that belong to them."""
        for root in self.roots:
            for kind in types:
                yield from self.tx.within(root, kind)

    def wants(self, resource_type: str) -> bool:
        return self.types is None or resource_type in self.types

    @property
    def roots(self) -> list[str]:
        if self.subscriptions is None:
            return [""]
        return [f"/subscriptions/{subscription}" for subscription in self.subscriptions]


def row(resource_id: str, kind: str, body: Json, properties: Json) -> Row:
    """A row in the shape of every table. `kind` is the type, which rows have in lower case; the id is unchanged."""
    steps = resource_id.split("/")
    group = steps[4].lower() if len(steps) > 4 and steps[3].lower() == "resourcegroups" else ""
    return {
        "id": resource_id,
        "name": steps[-1],
        "type": kind.lower(),
        "tenantId": TENANT,
        "kind": str(body.get("kind") or ""),
        "location": normalised(str(body.get("location") or "")),
        "resourceGroup": group,
        "subscriptionId": steps[2] if len(steps) > 2 else "",
        "managedBy": str(body.get("managedBy") or ""),
        "properties": properties,
        "sku": body.get("sku"),
        "plan": body.get("plan"),
        "tags": body.get("tags"),
        "identity": body.get("identity"),
        "zones": body.get("zones"),
        "extendedLocation": body.get("extendedLocation"),
    }
