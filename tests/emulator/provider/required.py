"""What a resource of any type needs to be made: its required inputs, and the resources that it lies in."""

from collections.abc import Iterator
from typing import Any

from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath, parse_path
from azure_hotpatch.emulator.arm.stored_types import owners
from azure_hotpatch.emulator.provider import paths
from azure_hotpatch.emulator.provider.catalogue import Property, ProviderResource

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg"
_VALUES = {"string": "value", "boolean": True, "integer": 1, "number": 1}
# Parts and properties that only some values fit.
_GIVEN = {"resourceGroupName": "rg", "resourceGroup": "rg"}
_FITTING = {"level": "ReadOnly", "policy": {"objectId": "someone"}}


def inputs_of(resource: ProviderResource) -> dict[str, Any]:
    """What is required, and a name that no owner of another resource has."""
    parts = [part for part in resource.path_parameters if "." not in part]
    named = {part: GROUP if part in paths.WHOLE_PATHS else f"the-{part}" for part in parts}
    if resource.path.endswith("}") and parts:
        named[parts[-1]] = f"own-{resource.token.rpartition(':')[2]}"
    required = {name: _value(name, prop) for name, prop in resource.shape.items() if prop.required}
    if "Microsoft.DataMigration/services" in resource.path:
        named["groupName"] = "rg"
    return {**required, **named, **{part: value for part, value in _GIVEN.items() if part in named}}


def _value(name: str, prop: Property) -> Any:
    return _FITTING.get(name, _VALUES.get(prop.type, [] if prop.type.startswith("[") else {}))


def have_owners(store: Store, resource_id: str) -> None:
    """Put what the resource lies in, or extends, into the store as if it had been made."""
    path = parse_path(resource_id)
    assert path
    for owner in _owners(path):
        if not owners.is_given(owner):
            with store.transaction() as tx:
                if tx.find(owner.id) is None:
                    tx.save(Resource(owner.id, owner.type, {}))


def _owners(path: ResourcePath) -> Iterator[ResourcePath]:
    extended = parse_path(path.scope)
    if extended and extended.types:
        yield from _owners(extended)
        yield extended
    if path.parent:
        yield from _owners(path.parent)
        yield path.parent
