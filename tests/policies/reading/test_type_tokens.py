"""What the type token of a resource says, in each of its forms."""

import pytest

from azure_hotpatch.policies.reading import concerns
from azure_hotpatch.policies.reading.type_tokens import TypeToken, parse_token

NATIVE = ("azure-native", "compute", "virtualmachine")


@pytest.mark.parametrize(
    ("token", "parts"),
    [
        ("azure-native:compute:VirtualMachine", TypeToken(*NATIVE)),
        ("azure-native:compute/v20240701:VirtualMachine", TypeToken(*NATIVE, "2024-07-01")),
        ("azure-native:compute/v20160430preview:VirtualMachine", TypeToken(*NATIVE, "2016-04-30-preview")),
        (
            "azure-native:compute/v20240701privatepreview:VirtualMachine",
            TypeToken(*NATIVE, "2024-07-01-privatepreview"),
        ),
        ("azure-native_compute_v20240701:compute:VirtualMachine", TypeToken(*NATIVE, "2024-07-01")),
        ("azure-native_compute_v20240701:compute/v20240701:VirtualMachine", TypeToken(*NATIVE, "2024-07-01")),
        ("azure-nextgen:compute/latest:VirtualMachine", TypeToken(*NATIVE)),
        ("AZURE-NATIVE:Compute/V20240701:virtualMachine", TypeToken(*NATIVE, "2024-07-01")),
        (
            "azure:compute/windowsVirtualMachine:WindowsVirtualMachine",
            TypeToken("azure", "compute", "windowsvirtualmachine"),
        ),
        ("my:tf:azurerm_windows_virtual_machine", TypeToken("my", "tf", "azurerm_windows_virtual_machine")),
        ("", TypeToken("", "", "")),
        ("pulumi:pulumi:Stack", TypeToken("pulumi", "pulumi", "stack")),
    ],
)
def test_a_token_is_taken_apart(token: str, parts: TypeToken) -> None:
    assert parse_token(token) == parts


@pytest.mark.parametrize(
    "token",
    [
        "azure-native:network:NetworkInterface",
        "azure-native:compute:Disk",
        "azure-native:network:VirtualNetwork",
        "azure:network/networkInterface:NetworkInterface",
        "azure:core/resourceGroup:ResourceGroup",
        "azurerm:index/networkInterface:NetworkInterface",
        "aws:index:Module2",
        "aws:ec2/instance:Instance",
        "my:compute:VirtualMachine",
        "pulumi:providers:azure-native",
        "azure:appservice/virtualMachine:VirtualMachine",
    ],
)
def test_other_resources_are_of_no_interest(token: str) -> None:
    assert not concerns(token)
