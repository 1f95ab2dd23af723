"""What the provider makes of resources in the emulator, and of the emulator's refusals."""

from pathlib import Path
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2

from azure_hotpatch.emulator.provider.values import UNKNOWN, decode
from tests.images import windows_server_image

GROUP = "azure-native:resources:ResourceGroup"
VNET = "azure-native:network:VirtualNetwork"
SUBNET = "azure-native:network:Subnet"
NIC = "azure-native:network:NetworkInterface"
IDENTITY = "azure-native:managedidentity:UserAssignedIdentity"
ACCOUNT = "azure-native:storage:StorageAccount"
VM = "azure-native:compute:VirtualMachine"
CONFIGURATION = "azure-native:maintenance:MaintenanceConfiguration"

PASSWORD = "Not-1n-The-Store"  # noqa: S105  (of a machine that is never made)
NETWORK = {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}}


def machine(group: str, nic_id: str, **windows: Any) -> dict[str, Any]:
    patching = {"patchMode": "AutomaticByPlatform", "enableHotpatching": True, "assessmentMode": "AutomaticByPlatform"}
    image = windows_server_image("2022-Datacenter-Azure-Edition-Core")
    return {
        "resourceGroupName": group,
        "vmName": "web",
        "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
        "networkProfile": {"networkInterfaces": [{"id": nic_id, "primary": True}]},
        "osProfile": {
            "computerName": "web",
            "adminUsername": "azureuser",
            "adminPassword": PASSWORD,
            "windowsConfiguration": {"provisionVMAgent": True, "enableAutomaticUpdates": True}
            | {"patchSettings": patching | windows},
        },
        "storageProfile": {"imageReference": image, "osDisk": {"createOption": "FromImage"}},
    }


@pytest.fixture
def nic(calls: Any, group: str) -> str:
    """The id of a network interface."""
    subnets = [{"name": "default", "addressPrefix": "10.0.0.0/24"}]
    _, _, vnet = calls.make(VNET, {"resourceGroupName": group, "subnets": subnets, **NETWORK})
    configuration = {"name": "ip", "subnet": {"id": vnet["subnets"][0]["id"]}}
    nic_id, _, _ = calls.make(NIC, {"resourceGroupName": group, "ipConfigurations": [configuration]})
    return str(nic_id)


def refusal(error: Any) -> str:
    return str(error.value.details())


def test_shows_what_azure_adds_without_its_containers(calls: Any, group: str) -> None:
    subnets = [{"name": "default", "addressPrefix": "10.0.0.0/24"}]
    resource_id, _, shown = calls.make(VNET, {"resourceGroupName": group, "subnets": subnets, **NETWORK}, name="net")
    assert resource_id.endswith(f"/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/{shown['name']}")
    assert shown["provisioningState"] == "Succeeded"
    assert shown["subnets"][0]["addressPrefix"] == "10.0.0.0/24"
    assert shown["subnets"][0]["id"] == f"{resource_id}/subnets/default"
    assert shown["azureApiVersion"] == "2024-05-01"


def test_makes_a_machine_and_keeps_its_password_nowhere(calls: Any, group: str, nic: str) -> None:
    _, _, shown = calls.make(VM, machine(group, nic))
    assert shown["osProfile"]["windowsConfiguration"]["patchSettings"]["enableHotpatching"] is True
    assert shown["networkProfile"]["networkInterfaces"] == [{"id": nic, "primary": True}]
    assert "adminPassword" not in shown["osProfile"]
    assert shown["vmId"]
    kept = calls.store.parent.glob(f"{calls.store.name}*")
    assert not [path for path in kept if PASSWORD.encode() in Path(path).read_bytes()]


def test_puts_a_window_where_arm_wants_it(calls: Any, group: str) -> None:
    window = {
        "startDateTime": "2099-01-17 22:00",
        "duration": "03:55",
        "timeZone": "UTC",
        "recurEvery": "1Week Saturday",
    }
    configuration = {"resourceGroupName": group, "maintenanceScope": "InGuestPatch", "visibility": "Custom"}
    patches = {"rebootSetting": "IfRequired", "windowsParameters": {"classificationsToInclude": ["Security"]}}
    own = {"extensionProperties": {"InGuestPatchMode": "User"}, "installPatches": patches}
    _, _, shown = calls.make(CONFIGURATION, configuration | window | own)
    assert window.items() <= shown.items()


def test_words_a_refusal_as_the_real_provider_does(calls: Any, group: str, nic: str) -> None:
    inputs = calls.checked(VM, machine(group, nic, patchMode="Manual"))
    with pytest.raises(grpc.RpcError) as error:
        calls.create(VM, inputs)
    assert refusal(error).startswith('Status=400 Code="InvalidParameter" Message="')


def test_does_not_take_over_what_another_made(calls: Any, group: str) -> None:
    inputs = calls.checked(GROUP, {"resourceGroupName": group, "location": "westeurope"})
    with pytest.raises(grpc.RpcError) as error:
        calls.create(GROUP, inputs)
    assert refusal(error) == (
        "cannot create already existing resource "
        "'/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg'"
    )


def test_keeps_the_subnets_that_are_resources_of_their_own(calls: Any, group: str) -> None:
    resource_id, inputs, shown = calls.make(VNET, {"resourceGroupName": group, "virtualNetworkName": "v", **NETWORK})
    subnet = {"resourceGroupName": group, "virtualNetworkName": "v", "addressPrefix": "10.0.1.0/24"}
    subnet_id, _, _ = calls.make(SUBNET, subnet, name="own")
    changed = calls.update(VNET, resource_id, shown, inputs | {"tags": {"a": "b"}})
    assert changed["tags"] == {"a": "b"}
    assert [subnet["id"] for subnet in changed["subnets"]] == [subnet_id]


def test_does_not_take_subnets_of_their_own_for_drift(calls: Any, group: str) -> None:
    resource_id, inputs, shown = calls.make(VNET, {"resourceGroupName": group, "virtualNetworkName": "v", **NETWORK})
    subnet = {"resourceGroupName": group, "virtualNetworkName": "v", "addressPrefix": "10.0.1.0/24"}
    calls.make(SUBNET, subnet, name="own")
    found = calls.read(VNET, resource_id, inputs, shown)
    assert decode(found.inputs) == inputs


def test_finds_no_drift_in_what_nobody_changed(calls: Any, group: str, nic: str) -> None:
    resource_id, inputs, shown = calls.make(VM, machine(group, nic))
    found = calls.read(VM, resource_id, inputs, shown)
    assert decode(found.inputs) == inputs
    assert decode(found.properties) == shown


def test_takes_what_another_changed_into_the_inputs(calls: Any) -> None:
    token_inputs = {"resourceGroupName": "drifting", "location": "westeurope", "tags": {"a": "1", "b": "2"}}
    resource_id, inputs, shown = calls.make(GROUP, token_inputs)
    calls.update(GROUP, resource_id, shown, inputs | {"tags": {"a": "9", "c": "3"}})
    assert decode(calls.read(GROUP, resource_id, inputs, shown).inputs)["tags"] == {"a": "9", "c": "3"}


def test_says_that_a_resource_is_gone(calls: Any) -> None:
    resource_id, inputs, shown = calls.make(GROUP, {"resourceGroupName": "gone", "location": "westeurope"})
    calls.delete(GROUP, resource_id)
    assert calls.read(GROUP, resource_id, inputs, shown).id == ""


def test_takes_what_is_gone_for_deleted(calls: Any) -> None:
    calls.delete(GROUP, "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/never")


def test_reads_the_inputs_of_a_resource_to_import(calls: Any, group: str, nic: str) -> None:
    resource_id, _, _ = calls.make(VM, machine(group, nic))
    inputs = decode(calls.read(VM, resource_id).inputs)
    assert (inputs["vmName"], inputs["resourceGroupName"], inputs["location"]) == ("web", "rg", "westeurope")
    assert inputs["osProfile"]["adminUsername"] == "azureuser"
    assert not {"id", "name", "type", "vmId", "provisioningState"} & set(inputs)


@pytest.mark.usefixtures("group")
def test_imports_by_an_id_in_any_letter_case(calls: Any) -> None:
    found = calls.read(GROUP, "/subscriptions/00000000-0000-0000-0000-000000000000/RESOURCEGROUPS/rg")
    assert decode(found.inputs)["resourceGroupName"] == "rg"


@pytest.mark.usefixtures("group")
def test_refuses_to_import_by_the_id_of_something_else(calls: Any) -> None:
    with pytest.raises(grpc.RpcError) as error:
        calls.read(VNET, "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg")
    assert "the id of this resource has the form '/subscriptions/{subscriptionId}/" in refusal(error)


def test_gives_identities_as_a_list_and_shows_them_by_id(calls: Any, group: str) -> None:
    identity_id, _, _ = calls.make(IDENTITY, {"resourceGroupName": group})
    account = {"resourceGroupName": group, "accountName": "hotpatchlogs", "kind": "StorageV2"}
    account |= {"sku": {"name": "Standard_LRS"}}
    identity = {"type": "UserAssigned", "userAssignedIdentities": [identity_id]}
    resource_id, inputs, shown = calls.make(ACCOUNT, account | {"identity": identity})
    assert shown["identity"]["userAssignedIdentities"][identity_id]["principalId"]
    assert decode(calls.read(ACCOUNT, resource_id, inputs, shown).inputs) == inputs
    assert decode(calls.read(ACCOUNT, resource_id).inputs)["identity"] == identity


def test_previews_what_the_program_says_and_knows_what_it_does_not(calls: Any) -> None:
    inputs = calls.checked(VNET, {"resourceGroupName": "rg", "location": "westeurope", **NETWORK})
    resource_id, shown = calls.create(VNET, inputs, preview=True)
    assert resource_id == ""
    assert shown["location"] == "westeurope"
    assert shown["addressSpace"]["addressPrefixes"] == ["10.0.0.0/16"]
    assert shown["subnets"] is UNKNOWN
    assert shown["provisioningState"] is UNKNOWN


def test_previews_an_update_with_the_name_it_has(calls: Any, group: str) -> None:
    resource_id, inputs, shown = calls.make(VNET, {"resourceGroupName": group, **NETWORK})
    expected = calls.update(VNET, resource_id, shown, inputs | {"tags": {"a": "b"}}, preview=True)
    assert expected["name"] == shown["name"]
    assert expected["tags"] == {"a": "b"}
    assert expected["etag"] is UNKNOWN


def test_says_which_type_it_knows_no_path_of_and_what_to_do(calls: Any) -> None:
    with pytest.raises(grpc.RpcError) as error:
        calls.check("azure-native:web:Nothing", {})
    assert refusal(error) == (
        "Resource type azure-native:web:Nothing not found: the emulator knows no path of Azure for it. If the resource "
        "exists in Azure, declare it as azure-native:resources:Resource, which names its type itself"
    )


def test_serves_the_package_of_one_version(calls: Any) -> None:
    token = "azure-native_resources_v20230701:resources:ResourceGroup"  # noqa: S105
    _, _, shown = calls.make(token, {"resourceGroupName": "rg", "location": "westeurope"})
    assert shown["azureApiVersion"] == "2023-07-01"


@pytest.mark.parametrize("version", ["v20230701", "2023-07-01"])
def test_becomes_the_package_of_one_version(calls: Any, version: str) -> None:
    arguments = provider_pb2.ParameterizeRequest.ParametersArgs(args=["resources", version])
    response = calls.stub.Parameterize(provider_pb2.ParameterizeRequest(args=arguments))
    assert (response.name, response.version) == ("azure-native_resources_v20230701", "3.0.0")


def test_takes_secrets_and_previews(calls: Any) -> None:
    configured = calls.stub.Configure(provider_pb2.ConfigureRequest(acceptSecrets=True))
    shaken = calls.stub.Handshake(provider_pb2.ProviderHandshakeRequest())
    assert (configured.supportsPreview, configured.acceptSecrets, shaken.accept_secrets) == (True, True, True)
