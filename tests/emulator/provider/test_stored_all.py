"""Every resource that is stored as sent: made with what the SDK requires of it, imported, and deleted."""

from typing import Any

import grpc
import pytest

from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.provider import catalogue, paths, stored
from azure_hotpatch.emulator.provider.catalogue import ProviderResource
from tests.emulator.provider.required import SUBSCRIPTION, have_owners, inputs_of

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
    given = inputs_of(resource)
    have_owners(
        store, paths.fill(resource.path, {**dict.fromkeys(resource.path_parameters, "name"), **given}, SUBSCRIPTION)
    )
    resource_id, _, _ = calls.make(resource.token, given)
    imported = calls.read(resource.token, resource_id)
    assert imported.id == resource_id
    assert set(resource.path_parameters) - {"policy.objectId"} <= set(imported.inputs.fields)
    calls.delete(resource.token, resource_id)
    if resource.path.endswith("}") and "Services/{" not in resource.path:  # what is made with its owner stays with it
        assert not calls.read(resource.token, resource_id).id
