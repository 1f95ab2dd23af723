"""The functions that programs call for keys, tokens and settings of stored resources."""

import base64
import importlib
import inspect
import json
import re
from typing import Any, get_args, get_type_hints

import grpc
import pytest

from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.provider import catalogue, paths
from azure_hotpatch.emulator.provider.generator.actions import POSTED
from tests.emulator.provider.required import SUBSCRIPTION, have_owners, inputs_of

FUNCTIONS = sorted((module, name) for module, functions in POSTED.items() for name in functions)
# Answered by a type with a table, whose tests are its own.
_ELSEWHERE = {"storage"}
# What the SDK types as given and Azure leaves out: the next page, a path of the author's own, a paired namespace.
_LEFT_OUT = {"nextLink", "relativePath", "systemData", "aliasPrimaryConnectionString", "aliasSecondaryConnectionString"}
_WITH = {"azure-native:logic:Workflow": {"definition": {"triggers": {"manual": {"type": "Request"}}}}}


@pytest.mark.usefixtures("group")
@pytest.mark.parametrize(
    ("module", "name"), [found for found in FUNCTIONS if found[0] not in _ELSEWHERE], ids=lambda part: part
)
def test_answers_all_that_the_sdk_takes_for_given(calls: Any, module: str, name: str) -> None:
    token = f"azure-native:{module}:{name}"
    arguments = _have_owner(calls, token)
    found = calls.invoke(token, arguments)
    missing = {output for output in _always_answered(module, name) - _LEFT_OUT if found.get(output) is None}
    assert missing == set()


def test_asks_in_vain_where_the_resource_is_not(calls: Any, group: str) -> None:
    arguments = {"resourceGroupName": group, "configStoreName": "none"}
    with pytest.raises(grpc.RpcError, match="ResourceNotFound"):
        calls.invoke("azure-native:appconfiguration:listConfigurationStoreKeys", arguments)


@pytest.mark.usefixtures("group")
def test_a_kubeconfig_names_the_cluster_and_its_server(calls: Any) -> None:
    token = "azure-native:containerservice:listManagedClusterUserCredentials"  # noqa: S105  (a function's token)
    found = calls.invoke(token, _have_owner(calls, token))
    (file,) = found["kubeconfigs"]
    config = json.loads(base64.b64decode(file["value"]))
    assert file["name"] == "clusterUser"
    assert config["current-context"] == config["clusters"][0]["name"] == "own-ManagedCluster"
    assert config["clusters"][0]["cluster"]["server"].startswith("https://")


def _have_owner(calls: Any, token: str) -> dict[str, str]:
    """Make the resource that the function asks, and give the function's arguments."""
    module, name = token.split(":")[1:]
    owner = catalogue.resource(f"azure-native:{module}:{POSTED[module][name][0]}")
    inputs = inputs_of(owner) | _WITH.get(owner.token, {})
    store = Store(calls.store)
    have_owners(store, paths.fill(owner.path, inputs, SUBSCRIPTION))
    store.close()
    calls.make(owner.token, inputs)
    parts = catalogue.parts_of(catalogue.function(token).path)
    return {part: inputs.get(part, "manual") for part in parts}  # beyond the owner's: the trigger of a workflow


def _always_answered(module: str, name: str) -> set[str]:
    """The outputs whose type has no None, as Pulumi names them."""
    found = getattr(importlib.import_module(f"pulumi_azure_native.{module}"), f"{name[0].upper()}{name[1:]}Result")
    getters = {n: p.fget for n, p in inspect.getmembers(found) if isinstance(p, property) and p.fget}
    hints = {n: get_type_hints(getter)["return"] for n, getter in getters.items()}
    return {_camel(n) for n, hint in hints.items() if type(None) not in get_args(hint)}


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda found: found[1].upper(), name)
