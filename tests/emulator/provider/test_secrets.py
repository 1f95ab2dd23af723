"""A program's secret, whatever its member is called: encrypted in the store, secret in the answers to the engine."""

from pathlib import Path
from typing import Any

import pytest
from pulumi.runtime.proto import provider_pb2

from azure_hotpatch.emulator.provider.values import encode, secret
from tests.emulator.arm.conftest import Arm
from tests.emulator.provider.conftest import Json, urn

SECRET = "Correct-Horse-7781"  # noqa: S105  (of an emulated resource)
NETWORK = "azure-native:network:VirtualNetwork"
HIDDEN = secret(SECRET)
RULE = {"name": "rule", "access": "Deny", "direction": "Inbound", "priority": 100, "protocol": "*"} | {
    "sourceAddressPrefix": "*",
    "sourcePortRange": "*",
    "destinationAddressPrefix": "*",
    "destinationPortRange": "22",
}
PROGRAMS = {
    "a tag": (NETWORK, {"virtualNetworkName": "v", "tags": {"note": HIDDEN, "stage": "one"}}),
    "all tags": (NETWORK, {"virtualNetworkName": "v", "tags": secret({"note": SECRET})}),
    "a child that is made with its owner": (
        "azure-native:network:NetworkSecurityGroup",
        {"networkSecurityGroupName": "nsg", "securityRules": [RULE | {"description": HIDDEN}]},
    ),
    "a stored type": (
        "azure-native:web:WebApp",
        {"name": "site", "siteConfig": {"appSettings": [{"name": "A", "value": HIDDEN}]}},
    ),
}

pytestmark = pytest.mark.usefixtures("group")


def whole(token: str, inputs: Json) -> Json:
    network = {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}} if token == NETWORK else {}
    return {"resourceGroupName": "rg", "location": "westeurope", **network, **inputs}


def created(calls: Any, token: str, inputs: Json) -> Any:
    """The answer as the engine is given it."""
    return calls.stub.Create(provider_pb2.CreateRequest(urn=urn(token), properties=encode(whole(token, inputs))))


def files_with(store: Path, text: str = SECRET) -> list[str]:
    return [file.name for file in store.parent.iterdir() if file.is_file() and text.encode() in file.read_bytes()]


@pytest.mark.parametrize(("token", "inputs"), PROGRAMS.values(), ids=PROGRAMS)
def test_no_file_holds_it_and_azure_answers_with_it(calls: Any, token: str, inputs: Json) -> None:
    resource_id = created(calls, token, inputs).id
    assert SECRET in Arm(calls.store).get(resource_id, version="2024-05-01").text
    assert files_with(calls.store) == []
    assert (calls.store.parent / "azure.sqlite.key").stat().st_mode & 0o777 == 0o600


def test_what_is_no_secret_is_stored_readably(calls: Any) -> None:
    created(calls, NETWORK, {"virtualNetworkName": "v", "tags": {"note": SECRET}})
    assert files_with(calls.store) != []
    assert not (calls.store.parent / "azure.sqlite.key").exists()


def test_an_object_is_marked_by_name_and_a_list_as_a_whole(calls: Any) -> None:
    """As the engine marks what a provider answers that takes no secrets, such as the real one."""
    tags = created(calls, *PROGRAMS["a tag"]).properties.fields["tags"]
    assert tags == encode({"tags": {"note": HIDDEN, "stage": "one"}}).fields["tags"]
    rules = created(calls, *PROGRAMS["a child that is made with its owner"]).properties.fields["securityRules"]
    assert rules.struct_value.fields.keys() == HIDDEN.keys()


def test_a_change_and_a_look_keep_it(calls: Any) -> None:
    old, new = (
        whole(*PROGRAMS["a tag"]),
        whole(NETWORK, {"virtualNetworkName": "v", "tags": {"note": secret("Other-9")}}),
    )
    resource_id = created(calls, *PROGRAMS["a tag"]).id
    request = provider_pb2.UpdateRequest(id=resource_id, urn=urn(NETWORK), olds=encode(old), news=encode(new))
    updated = calls.stub.Update(request).properties
    assert updated.fields["tags"] == encode({"tags": {"note": secret("Other-9")}}).fields["tags"]
    assert files_with(calls.store, "Other-9") == []
    looked = calls.read(NETWORK, resource_id, new, {"tags": {"note": secret("Other-9")}})
    assert looked.properties.fields["tags"] == updated.fields["tags"]
    assert looked.inputs.fields["tags"] == updated.fields["tags"]


def test_a_check_and_a_preview_keep_it(calls: Any) -> None:
    inputs = whole(*PROGRAMS["a tag"])
    checked = calls.check(NETWORK, inputs).inputs
    assert checked.fields["tags"] == encode(inputs).fields["tags"]
    request = provider_pb2.CreateRequest(urn=urn(NETWORK), properties=checked, preview=True)
    assert calls.stub.Create(request).properties.fields["tags"] == encode(inputs).fields["tags"]


def test_another_client_s_change_keeps_it_encrypted(calls: Any) -> None:
    resource_id = created(calls, *PROGRAMS["a tag"]).id
    azure = Arm(calls.store)
    body = azure.get(resource_id).json()
    assert body["tags"] == {"note": SECRET, "stage": "one"}
    azure.make(resource_id, body | {"tags": body["tags"] | {"stage": "two"}})
    assert azure.get(resource_id).json()["tags"] == {"note": SECRET, "stage": "two"}
    assert files_with(calls.store) == []


def test_a_store_without_its_key_says_so(calls: Any) -> None:
    resource_id = created(calls, *PROGRAMS["a tag"]).id
    key = calls.store.parent / "azure.sqlite.key"
    kept = key.read_bytes()
    key.unlink()
    answer = Arm(calls.store).get(resource_id)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "StoreUnavailable")
    assert str(key) in answer.json()["error"]["message"]
    assert not key.exists()
    key.write_bytes(kept)
    assert Arm(calls.store).get(resource_id).json()["tags"]["note"] == SECRET


def test_a_value_that_looks_encrypted_is_taken_as_it_is(calls: Any) -> None:
    odd = {"note": "\ue000sealed:gAAAAA", "stage": "1"}
    resource_id = created(calls, NETWORK, {"virtualNetworkName": "v", "tags": odd}).id
    assert Arm(calls.store).get(resource_id).json()["tags"] == odd
