"""Large files for the benches of `hotpatch check`: machines as an export, a preview and a template have them."""

from typing import Any

from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration

SKU = "2022-Datacenter-Azure-Edition-Core"
UNHOTPATCHABLE = "2022-datacenter-azure-edition"
WRONG_EVERY = 10  # one machine in so many is made from an image that cannot be hotpatched

_MARK = "4dabf18193072939515e22adb298388d"
_SECRET = {_MARK: "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:evkfTtNKM9q6YiUg:aQw2tCYYYwNUrOA/YQxwvC1YDA=="}


def export(machines: int) -> dict[str, Any]:
    """`pulumi stack export` of a stack with so many machines, each with a network interface."""
    resources = [part for index in range(machines) for part in (_interface_state(index), _machine_state(index))]
    return {
        "version": 3,
        "deployment": {
            "manifest": {"time": "2026-11-24T09:49:19.2661277Z", "magic": "22b7", "version": "v3.220.0"},
            "secrets_providers": {"type": "passphrase", "state": {"salt": "v1:Ol+4wRV7e2Y="}},
            "resources": resources,
        },
    }


def template(machines: int) -> dict[str, Any]:
    """An ARM template with so many machines."""
    return {
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "resources": [_machine_resource(index) for index in range(machines)],
    }


def _machine_resource(index: int) -> dict[str, Any]:
    profile = _profile(index)
    return {
        "type": "Microsoft.Compute/virtualMachines",
        "apiVersion": "2024-11-01",
        "name": f"web-{index}",
        "location": "westeurope",
        "identity": {"type": "SystemAssigned"},
        "properties": {key: value for key, value in profile.items() if key not in ("location", "identity", "tags")},
    }


def _profile(index: int) -> dict[str, Any]:
    return {
        "location": "westeurope",
        "identity": {"type": "SystemAssigned"},
        "tags": {"team": "web", "cost-centre": "4711"},
        "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
        "securityProfile": {
            "securityType": "TrustedLaunch",
            "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True},
        },
        "diagnosticsProfile": {"bootDiagnostics": {"enabled": True}},
        "networkProfile": {"networkInterfaces": [{"id": _id("Microsoft.Network/networkInterfaces", f"nic-{index}")}]},
        "storageProfile": {
            "imageReference": {
                "publisher": "MicrosoftWindowsServer",
                "offer": "WindowsServer",
                "sku": SKU if (index + 1) % WRONG_EVERY else UNHOTPATCHABLE,
                "version": "latest",
            },
            "osDisk": {"createOption": "FromImage", "managedDisk": {"storageAccountType": "Premium_LRS"}},
        },
        "osProfile": {
            "computerName": f"web-{index}",
            "adminUsername": "hotpatchadmin",
            "windowsConfiguration": windows_configuration(PatchingMode.HOTPATCH),
        },
    }


def _machine_state(index: int) -> dict[str, Any]:
    token, name = "azure-native:compute:VirtualMachine", f"web-{index}"
    profile = _profile(index)
    inputs = {**profile, "vmName": name, "resourceGroupName": "web", "osProfile": {**profile["osProfile"]}}
    inputs["osProfile"]["adminPassword"] = _SECRET
    outputs = {**profile, "name": name, "provisioningState": "Succeeded", "type": "Microsoft.Compute/virtualMachines"}
    outputs["vmId"] = f"00000000-0000-4000-8000-{index:012}"
    state = _state(token, name, _id("Microsoft.Compute/virtualMachines", name), inputs, outputs)
    interface = _urn("azure-native:network:NetworkInterface", f"nic-{index}")
    return {**state, "propertyDependencies": {"networkProfile": [interface], "osProfile": []}}


def _interface_state(index: int) -> dict[str, Any]:
    token, name = "azure-native:network:NetworkInterface", f"nic-{index}"
    subnet = _id("Microsoft.Network/virtualNetworks", "net") + "/subnets/machines"
    body = {
        "location": "westeurope",
        "enableAcceleratedNetworking": True,
        "ipConfigurations": [{"name": "ip", "primary": True, "subnet": {"id": subnet}}],
    }
    inputs = {**body, "networkInterfaceName": name, "resourceGroupName": "web"}
    outputs = {**body, "name": name, "provisioningState": "Succeeded", "type": "Microsoft.Network/networkInterfaces"}
    return _state(token, name, _id("Microsoft.Network/networkInterfaces", name), inputs, outputs)


def _state(token: str, name: str, identity: str, inputs: dict[str, Any], outputs: dict[str, Any]) -> dict[str, Any]:
    return {
        "urn": _urn(token, name),
        "custom": True,
        "id": identity,
        "type": token,
        "inputs": inputs,
        "outputs": {**outputs, "id": identity},
        "parent": "urn:pulumi:prod::fleet::pulumi:pulumi:Stack::fleet-prod",
        "provider": "urn:pulumi:prod::fleet::pulumi:providers:azure-native::default_3_29_0::5b1c",
        "created": "2026-11-24T09:49:19.257549316Z",
        "modified": "2026-11-24T09:49:19.257549316Z",
        "sourcePosition": "project:///__main__.py#17",
    }


def _urn(token: str, name: str) -> str:
    return f"urn:pulumi:prod::fleet::{token}::{name}"


def _id(kind: str, name: str) -> str:
    return f"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/web/providers/{kind}/{name}"
