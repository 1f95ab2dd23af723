"""Which differences Diff sees, and which of them replace the resource."""

from typing import Any

from pulumi.runtime.proto import provider_pb2

from azure_hotpatch.emulator.provider.values import UNKNOWN

GROUP = "azure-native:resources:ResourceGroup"
VM = "azure-native:compute:VirtualMachine"
ADDRESS = "azure-native:network:PublicIPAddress"


def differences(response: Any) -> dict[str, str]:
    return {path: provider_pb2.PropertyDiff.Kind.Name(diff.kind) for path, diff in response.detailedDiff.items()}


def test_sees_none_in_equal_inputs(calls: Any) -> None:
    response = calls.diff(GROUP, {"tags": {"a": "b"}}, {"tags": {"a": "b"}})
    assert response.changes == provider_pb2.DiffResponse.DIFF_NONE


def test_names_what_was_added_changed_and_left_out(calls: Any) -> None:
    response = calls.diff(GROUP, {"tags": {"a": "1", "b": "2"}}, {"tags": {"a": "2", "c.d": "3"}})
    assert differences(response) == {"tags.a": "UPDATE", "tags.b": "DELETE", 'tags["c.d"]': "ADD"}
    assert list(response.diffs) == ["tags"]
    assert response.changes == provider_pb2.DiffResponse.DIFF_SOME
    assert not response.replaces


def test_counts_the_items_of_a_list(calls: Any) -> None:
    old, new = {"zones": ["1", "2"]}, {"zones": ["1", "3", "2"]}
    assert differences(calls.diff(VM, old, new)) == {"zones[1]": "UPDATE", "zones[2]": "ADD"}


def test_replaces_what_is_renamed(calls: Any) -> None:
    response = calls.diff(VM, {"vmName": "a"}, {"vmName": "b"})
    assert differences(response) == {"vmName": "UPDATE_REPLACE"}
    assert list(response.replaces) == ["vmName"]
    assert response.deleteBeforeReplace


def test_makes_the_new_one_first_where_the_name_is_random(calls: Any) -> None:
    old = {"resourceGroupName": "a1", "location": "westeurope", "__createBeforeDelete": True}
    response = calls.diff(GROUP, old, old | {"location": "northeurope"})
    assert list(response.replaces) == ["location"]
    assert not response.deleteBeforeReplace


def test_takes_one_location_in_two_spellings_for_the_same(calls: Any) -> None:
    response = calls.diff(GROUP, {"location": "West Europe"}, {"location": "westeurope"})
    assert response.changes == provider_pb2.DiffResponse.DIFF_NONE


def test_replaces_by_a_change_inside_what_is_create_only(calls: Any) -> None:
    response = calls.diff(ADDRESS, {"sku": {"name": "Basic"}}, {"sku": {"name": "Standard"}})
    assert differences(response) == {"sku.name": "UPDATE_REPLACE"}


def test_leaves_it_to_azure_to_refuse_what_cannot_change(calls: Any) -> None:
    response = calls.diff(VM, {"osProfile": {"adminUsername": "a"}}, {"osProfile": {"adminUsername": "b"}})
    assert differences(response) == {"osProfile.adminUsername": "UPDATE"}


def test_expects_a_difference_in_what_is_not_known(calls: Any) -> None:
    response = calls.diff(VM, {"resourceGroupName": "rg"}, {"resourceGroupName": UNKNOWN})
    assert differences(response) == {"resourceGroupName": "UPDATE_REPLACE"}


def test_does_not_take_the_version_of_an_imported_resource_for_new(calls: Any) -> None:
    state = {"azureApiVersion": "2024-03-01"}
    response = calls.diff(GROUP, {}, {"azureApiVersion": "2024-03-01"}, state)
    assert response.changes == provider_pb2.DiffResponse.DIFF_NONE


def test_leaves_out_what_is_ignored_and_what_is_below_it(calls: Any) -> None:
    old = {"natGateway": {"id": "a"}, "natGatewayName": "a", "tags": {"a": "1"}}
    new = {"natGateway": {"id": "b"}, "natGatewayName": "b"}
    assert set(differences(calls.diff(ADDRESS, old, new, ignored=["natGateway"]))) == {"natGatewayName", "tags"}
    response = calls.diff(ADDRESS, {"natGateway": {"id": "a"}}, {}, ignored=["natGateway"])
    assert response.changes == provider_pb2.DiffResponse.DIFF_NONE
