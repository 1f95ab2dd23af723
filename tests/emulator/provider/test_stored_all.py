"""Every resource that is stored as sent: made with what the SDK requires of it, imported, and deleted."""

from collections.abc import Iterator
from typing import Any

import grpc
import pytest

from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath, parse_path
from azure_hotpatch.emulator.arm.stored_types import owners
from azure_hotpatch.emulator.provider import catalogue, paths, stored
from azure_hotpatch.emulator.provider.catalogue import Property, ProviderResource

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/rg"
_VALUES = {"string": "value", "boolean": True, "integer": 1, "number": 1}
# Checked as what they are: `resources` has templates, a type of its own and tags, each tested with its subject.
_CHECKED = frozenset(
    {
        "resources:Deployment",
        "resources:DeploymentAtManagementGroupScope",
        "resources:DeploymentAtScope",
        "resources:DeploymentAtSubscriptionScope",
        "resources:DeploymentAtTenantScope",
        "resources:Resource",
        "resources:TagAtScope",
    }
)
# Parts and properties that only some values fit.
_GIVEN = {"resourceGroupName": "rg", "resourceGroup": "rg"}
_FITTING = {"level": "ReadOnly", "policy": {"objectId": "someone"}}


@pytest.mark.slow
@pytest.mark.usefixtures("group")
def test_each_comes_up_is_imported_and_goes(calls: Any) -> None:
    store = Store(calls.store)
    tokens = {f"{module}:{name}" for module in stored.modules() for name in stored.names(module)} - _CHECKED
    assert len(tokens) > 2100
    refused = {token: words for token in sorted(tokens) if (words := _refusal(calls, store, token))}
    store.close()
    assert not refused


def _refusal(calls: Any, store: Store, token: str) -> str:
    try:
        _live(calls, store, catalogue.resource(f"azure-native:{token}"))
    except grpc.RpcError as error:
        return str(error.details())
    except AssertionError as error:
        return str(error)
    return ""


def _live(calls: Any, store: Store, resource: ProviderResource) -> None:
    given = _inputs(resource)
    _have_owners(
        store, paths.fill(resource.path, {**dict.fromkeys(resource.path_parameters, "name"), **given}, SUBSCRIPTION)
    )
    resource_id, _, _ = calls.make(resource.token, given)
    imported = calls.read(resource.token, resource_id)
    assert imported.id == resource_id
    assert set(resource.path_parameters) - {"policy.objectId"} <= set(imported.inputs.fields)
    calls.delete(resource.token, resource_id)
    if resource.path.endswith("}") and "Services/{" not in resource.path:  # what is made with its owner stays with it
        assert not calls.read(resource.token, resource_id).id


def _inputs(resource: ProviderResource) -> dict[str, Any]:
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


def _have_owners(store: Store, resource_id: str) -> None:
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
