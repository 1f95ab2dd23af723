"""What the provider's functions answer."""

from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

from azure_hotpatch.emulator.provider.values import encode

GROUP = "azure-native:resources:getResourceGroup"
KEYS = "azure-native:storage:listStorageAccountKeys"
SECRET = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105  (the protocol's mark of a secret)


def test_gets_a_resource_by_the_parts_of_its_id(calls: Any, group: str) -> None:
    found = calls.invoke(GROUP, {"resourceGroupName": group})
    assert found["location"] == "westeurope"
    assert found["id"].endswith("/resourceGroups/rg")
    assert found["azureApiVersion"] == "2024-03-01"


def test_says_what_it_asked_for_in_vain(calls: Any) -> None:
    with pytest.raises(grpc.RpcError) as error:
        calls.invoke(GROUP, {"resourceGroupName": "none"})
    path = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/none"
    assert error.value.details().startswith(f'request failed {path}: Status=404 Code="ResourceGroupNotFound"')


def test_tells_who_is_asking(calls: Any) -> None:
    calls.configure(subscriptionId="11111111-1111-1111-1111-111111111111")
    found = calls.invoke("azure-native:authorization:getClientConfig")
    assert found["subscriptionId"] == "11111111-1111-1111-1111-111111111111"
    assert {"clientId", "objectId", "tenantId"} <= set(found)


def test_keeps_the_keys_of_an_account_secret(calls: Any, group: str) -> None:
    account = {"resourceGroupName": group, "accountName": "hotpatchlogs", "kind": "StorageV2"}
    calls.make("azure-native:storage:StorageAccount", account | {"sku": {"name": "Standard_LRS"}})
    asked = {"resourceGroupName": group, "accountName": "hotpatchlogs"}
    response = calls.stub.Invoke(provider_pb2.InvokeRequest(tok=KEYS, args=encode(asked)))
    keys = getattr(response, "return").fields["keys"].struct_value.fields
    assert SECRET in [field.string_value for field in keys.values()]
    assert calls.invoke(KEYS, asked)["keys"][0]["value"]


def test_says_which_function_it_does_not_cover(calls: Any) -> None:
    with pytest.raises(grpc.RpcError) as error:
        calls.invoke("azure-native:web:getNothing")
    assert error.value.details() == "Invoke type azure-native:web:getNothing not found: the emulator does not cover it"
