"""Between the SDK's flat properties and ARM's nested bodies."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from azure_hotpatch.emulator.provider import catalogue, shapes
from azure_hotpatch.emulator.provider.arm_client import ArmClient
from azure_hotpatch.emulator.provider.lifecycle import Lifecycle
from azure_hotpatch.emulator.provider.transport import Answer

SELF = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/loadBalancers/lb"

PAIRS = [
    ("network:Subnet", {"addressPrefix": "10.0.0.0/24"}, {"properties": {"addressPrefix": "10.0.0.0/24"}}),
    (
        "network:VirtualNetwork",
        {"location": "x", "tags": {"a": "b"}, "subnets": [{"name": "s", "addressPrefix": "p"}]},
        {
            "location": "x",
            "tags": {"a": "b"},
            "properties": {"subnets": [{"name": "s", "properties": {"addressPrefix": "p"}}]},
        },
    ),
    (
        "network:NetworkInterface",
        {"ipConfigurations": [{"name": "ip", "primary": True, "subnet": {"id": "s"}}]},
        {"properties": {"ipConfigurations": [{"name": "ip", "properties": {"primary": True, "subnet": {"id": "s"}}}]}},
    ),
    (
        "compute:VirtualMachine",
        {
            "zones": ["1"],
            "networkProfile": {"networkInterfaces": [{"id": "n", "primary": True, "deleteOption": "Delete"}]},
        },
        {
            "zones": ["1"],
            "properties": {
                "networkProfile": {
                    "networkInterfaces": [{"id": "n", "properties": {"primary": True, "deleteOption": "Delete"}}]
                }
            },
        },
    ),
    (
        "compute:VirtualMachineScaleSet",
        {
            "sku": {"capacity": 2},
            "virtualMachineProfile": {
                "networkProfile": {
                    "networkInterfaceConfigurations": [
                        {"name": "nic", "primary": True, "ipConfigurations": [{"name": "ip", "subnet": {"id": "s"}}]}
                    ]
                },
                "extensionProfile": {"extensions": [{"name": "health", "publisher": "Microsoft.ManagedServices"}]},
            },
        },
        {
            "sku": {"capacity": 2},
            "properties": {
                "virtualMachineProfile": {
                    "networkProfile": {
                        "networkInterfaceConfigurations": [
                            {
                                "name": "nic",
                                "properties": {
                                    "primary": True,
                                    "ipConfigurations": [{"name": "ip", "properties": {"subnet": {"id": "s"}}}],
                                },
                            }
                        ]
                    },
                    "extensionProfile": {
                        "extensions": [{"name": "health", "properties": {"publisher": "Microsoft.ManagedServices"}}]
                    },
                }
            },
        },
    ),
    (
        "maintenance:MaintenanceConfiguration",
        {"location": "x", "maintenanceScope": "InGuestPatch", "duration": "03:00", "recurEvery": "1Day"},
        {
            "location": "x",
            "properties": {
                "maintenanceScope": "InGuestPatch",
                "maintenanceWindow": {"duration": "03:00", "recurEvery": "1Day"},
            },
        },
    ),
    (
        "hybridcompute:Machine",
        {"kind": "HCI", "osProfile": {"windowsConfiguration": {"patchMode": "Manual", "enableHotpatching": True}}},
        {
            "kind": "HCI",
            "properties": {
                "osProfile": {
                    "windowsConfiguration": {"patchSettings": {"patchMode": "Manual", "enableHotpatching": True}}
                }
            },
        },
    ),
    (
        "hybridcompute:LicenseProfile",
        {"productType": "WindowsServer", "softwareAssuranceCustomer": True},
        {
            "properties": {
                "productProfile": {"productType": "WindowsServer"},
                "softwareAssurance": {"softwareAssuranceCustomer": True},
            }
        },
    ),
    (
        "authorization:PolicyAssignment",
        {"displayName": "d", "identity": {"type": "SystemAssigned"}, "parameters": {"effect": {"value": "Deny"}}},
        {
            "identity": {"type": "SystemAssigned"},
            "properties": {"displayName": "d", "parameters": {"effect": {"value": "Deny"}}},
        },
    ),
]


@pytest.mark.parametrize(("token", "flat", "body"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_puts_each_property_where_arm_wants_it_and_finds_it_there(token: str, flat: Any, body: Any) -> None:
    resource = catalogue.resource(f"azure-native:{token}")
    assert shapes.to_body(resource.shape, resource.types, flat, "") == body
    assert shapes.to_outputs(resource.shape, resource.types, body) == flat
    assert shapes.to_inputs(resource.shape, resource.types, flat) == flat


def test_sends_nothing_that_only_azure_sets() -> None:
    resource = catalogue.resource("azure-native:compute:VirtualMachine")
    values = {"vmId": "mine", "provisioningState": "Succeeded", "unheardOf": 1, "licenseType": "Windows_Server"}
    assert shapes.to_body(resource.shape, resource.types, values, "") == {
        "properties": {"licenseType": "Windows_Server"}
    }


def test_names_itself_in_full() -> None:
    resource = catalogue.resource("azure-native:network:LoadBalancer")
    rule = {"name": "r", "backendAddressPool": {"id": "$self/backendAddressPools/b"}, "protocol": "Tcp"}
    body = shapes.to_body(resource.shape, resource.types, {"loadBalancingRules": [rule]}, SELF)
    pool = body["properties"]["loadBalancingRules"][0]["properties"]["backendAddressPool"]
    assert pool == {"id": f"{SELF}/backendAddressPools/b"}


def test_sends_the_children_that_the_program_left_out() -> None:
    """Azure takes a list that is left out for an empty one on the older API versions."""
    there = {"id": "/v", "properties": {"subnets": [{"name": "own", "properties": {"addressPrefix": "p"}}]}}
    sent: list[Any] = []

    async def send(
        method: str, _path: str, _query: Mapping[str, str], body: Any, _headers: Mapping[str, str]
    ) -> Answer:
        if method == "PUT":
            sent.append(body)
        return Answer(200, {}, there)

    inputs = {"resourceGroupName": "rg", "virtualNetworkName": "v", "location": "x"}
    network = catalogue.resource("azure-native:network:VirtualNetwork")
    asyncio.run(Lifecycle(ArmClient(send), "s").update(network, inputs))
    assert sent[0]["properties"]["subnets"] == there["properties"]["subnets"]
