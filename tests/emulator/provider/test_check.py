"""What Check adds to a program's inputs, and what it refuses."""

from typing import Any

import pytest
from pulumi.runtime.proto import provider_pb2

from azure_hotpatch.emulator.provider.values import UNKNOWN, decode

GROUP = "azure-native:resources:ResourceGroup"
NIC = "azure-native:network:NetworkInterface"
RULE = "azure-native:network:SecurityRule"
SUBNET = "azure-native:network:Subnet"
VM = "azure-native:compute:VirtualMachine"
ROLE = "azure-native:authorization:RoleAssignment"

Options = provider_pb2.CheckRequest.AutonamingOptions


def reasons(response: Any) -> list[str]:
    return [failure.reason for failure in response.failures]


def test_names_a_resource_after_its_urn_with_eight_random_digits(calls: Any) -> None:
    inputs = calls.checked(GROUP, {"location": "westeurope"}, name="web")
    assert inputs["resourceGroupName"][:3] == "web"
    assert len(inputs["resourceGroupName"]) == 11
    assert int(inputs["resourceGroupName"][3:], 16) >= 0
    assert inputs["__createBeforeDelete"] is True


def test_gives_the_same_name_for_the_same_seed(calls: Any) -> None:
    first, second = (calls.checked(GROUP, {"location": "westeurope"}, name="web") for _ in range(2))
    assert first == second


def test_names_a_child_exactly_as_its_urn(calls: Any) -> None:
    inputs = calls.checked(SUBNET, {"resourceGroupName": "rg", "virtualNetworkName": "vnet"}, name="backend")
    assert inputs["subnetName"] == "backend"
    assert "__createBeforeDelete" not in inputs


def test_names_a_role_assignment_with_a_uuid(calls: Any) -> None:
    inputs = calls.checked(ROLE, {"scope": "/subscriptions/s", "principalId": "p", "roleDefinitionId": "r"})
    assert [len(part) for part in inputs["roleAssignmentName"].split("-")] == [8, 4, 4, 4, 12]


def test_keeps_the_name_that_the_resource_has(calls: Any) -> None:
    old = {"resourceGroupName": "web1234abcd", "location": "westeurope", "__createBeforeDelete": True}
    inputs = calls.checked(GROUP, {"location": "westeurope"}, old, name="web")
    assert inputs["resourceGroupName"] == "web1234abcd"
    assert inputs["__createBeforeDelete"] is True


def test_keeps_a_name_that_the_program_gives(calls: Any) -> None:
    inputs = calls.checked(GROUP, {"location": "westeurope", "resourceGroupName": "mine"})
    assert inputs["resourceGroupName"] == "mine"
    assert "__createBeforeDelete" not in inputs


def test_takes_the_name_that_the_engine_proposes(calls: Any) -> None:
    options = Options(proposed_name="proposed", mode=Options.PROPOSE)
    assert calls.checked(GROUP, {"location": "westeurope"}, autonaming=options)["resourceGroupName"] == "proposed"


def test_asks_for_a_name_where_naming_is_disabled(calls: Any) -> None:
    response = calls.check(GROUP, {"location": "westeurope"}, autonaming=Options(mode=Options.DISABLE))
    assert reasons(response) == ["missing required property 'resourceGroupName'"]


def test_places_a_resource_where_its_group_is(calls: Any, group: str) -> None:
    assert calls.checked(NIC, {"resourceGroupName": group})["location"] == "westeurope"


def test_places_a_resource_where_the_config_says(calls: Any, group: str) -> None:
    calls.configure(location="northeurope")
    assert calls.checked(NIC, {"resourceGroupName": group})["location"] == "northeurope"


def test_leaves_a_resource_where_it_is(calls: Any, group: str) -> None:
    calls.configure(location="northeurope")
    assert calls.checked(NIC, {"resourceGroupName": group}, {"location": "uksouth"})["location"] == "uksouth"


def test_does_not_know_the_location_of_a_group_to_come(calls: Any) -> None:
    assert decode(calls.check(NIC, {"resourceGroupName": UNKNOWN}).inputs)["location"] is UNKNOWN


def test_says_how_to_set_a_location_that_is_missing(calls: Any) -> None:
    assert reasons(calls.check(GROUP, {})) == [
        "missing required property 'location'. Either set it explicitly or configure it with "
        "'pulumi config set azure-native:location <value>'."
    ]


def test_names_every_property_that_is_missing(calls: Any) -> None:
    response = calls.check(RULE, {"resourceGroupName": "rg", "access": "Allow", "priority": 100})
    assert set(reasons(response)) == {
        "missing required property 'networkSecurityGroupName'",
        "missing required property 'direction'",
        "missing required property 'protocol'",
    }


@pytest.mark.parametrize(
    ("priority", "reason"),
    [
        ("high", "'priority' should be of type 'integer' but got a string"),
        ([1], "'priority' should be of type 'integer' but got an array"),
        (1.5, "'priority' must be an integer but got 1.500000"),
    ],
)
def test_refuses_a_value_of_another_type(calls: Any, priority: Any, reason: str) -> None:
    rule = {"resourceGroupName": "rg", "networkSecurityGroupName": "nsg", "access": "Allow", "direction": "Inbound"}
    assert reasons(calls.check(RULE, rule | {"protocol": "*", "priority": priority})) == [reason]


def test_finds_fault_deep_inside(calls: Any) -> None:
    storage = {"osDisk": {"diskSizeGB": 64}, "dataDisks": [{"lun": "first", "createOption": "Empty"}]}
    vm = {"resourceGroupName": "rg", "location": "westeurope", "storageProfile": storage}
    assert set(reasons(calls.check(VM, vm))) == {
        "missing required property 'storageProfile.osDisk.createOption'",
        "'storageProfile.dataDisks[0].lun' should be of type 'integer' but got a string",
    }


def test_takes_what_is_not_known_yet_for_right(calls: Any) -> None:
    vm = {"resourceGroupName": UNKNOWN, "location": UNKNOWN, "storageProfile": {"osDisk": UNKNOWN}}
    assert reasons(calls.check(VM, vm)) == []


def test_notes_the_api_version(calls: Any) -> None:
    assert calls.checked(GROUP, {"location": "x"})["azureApiVersion"] == "2024-03-01"
    versioned = "azure-native:resources/v20230701:ResourceGroup"
    assert calls.checked(versioned, {"location": "x"})["azureApiVersion"] == "2023-07-01"
