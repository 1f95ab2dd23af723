"""Templates to deploy, and how a deployment is begun and followed."""

from typing import Any

import pytest

from tests.images import windows_server_image

SCHEMA = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"
VERSION = "2025-04-01"


class Deployments:
    """Begins deployments at a scope, and follows them to their end."""

    def __init__(self, arm: Any, scope: str) -> None:
        self.arm = arm
        self.scope = scope

    def path(self, name: str) -> str:
        return f"{self.scope}/providers/Microsoft.Resources/deployments/{name}"

    def put(self, template: Any, name: str = "first", **more: Any) -> Any:
        return self.arm.put(self.path(name), self.body(template, **more), version=VERSION)

    def body(self, template: Any, parameters: Any = None, mode: str = "Incremental", **more: Any) -> dict[str, Any]:
        given = {key: {"value": value} for key, value in (parameters or {}).items()}
        return {"properties": {"mode": mode, "template": template, "parameters": given}, **more}

    def run(self, template: Any, name: str = "first", **more: Any) -> dict[str, Any]:
        """Deploy, wait, and give the deployment's properties."""
        answer = self.put(template, name, **more)
        assert answer.status_code in {200, 201}, answer.text
        self.follow(answer)
        found: dict[str, Any] = self.get(name).json()["properties"]
        return found

    def follow(self, answer: Any) -> dict[str, Any]:
        """What the operation says at last."""
        for _ in range(5):
            found: dict[str, Any] = self.arm.get(answer.headers["Azure-AsyncOperation"]).json()
            if found["status"] in {"Succeeded", "Failed", "Canceled"}:
                return found
        raise AssertionError("the deployment does not end")

    def get(self, name: str = "first") -> Any:
        return self.arm.get(self.path(name), version=VERSION)

    def ask(self, action: str, body: Any = None, name: str = "first") -> Any:
        return self.arm.post(f"{self.path(name)}/{action}", body, version=VERSION)

    def operations(self, name: str = "first") -> list[dict[str, Any]]:
        found = self.arm.get(f"{self.scope}/deployments/{name}/operations", version=VERSION).json()["value"]
        return [one["properties"] for one in found]

    def what_if(self, template: Any, **more: Any) -> dict[str, Any]:
        body = self.body(template, **{key: value for key, value in more.items() if key != "result_format"})
        if "result_format" in more:
            body["properties"]["whatIfSettings"] = {"resultFormat": more["result_format"]}
        answer = self.ask("whatIf", body)
        assert answer.status_code == 202, answer.text
        while answer.status_code == 202:
            answer = self.arm.get(answer.headers["Location"])
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
def deployments(arm: Any, group: str) -> Deployments:
    """Deployments to the group of the other fixtures."""
    return Deployments(arm, group)


@pytest.fixture
def at(arm: Any) -> Any:
    """Deployments to another scope: at("/subscriptions/…")."""
    return lambda scope: Deployments(arm, scope)


@pytest.fixture
def template() -> Any:
    """Makes a template of its resources and its other parts."""

    def make(*resources: Any, **parts: Any) -> dict[str, Any]:
        return {"$schema": SCHEMA, "contentVersion": "1.0.0.0", "resources": list(resources), **parts}

    return make


@pytest.fixture
def disk() -> Any:
    """Makes a disk: disk("data", size=64)."""

    def make(name: str = "data", size: Any = 32, **more: Any) -> dict[str, Any]:
        return {
            "type": "Microsoft.Compute/disks",
            "apiVersion": "2024-03-02",
            "name": name,
            "location": "[resourceGroup().location]",
            "properties": {"diskSizeGB": size, "creationData": {"createOption": "Empty"}},
            **more,
        }

    return make


@pytest.fixture
def good_machine(subnet: str) -> dict[str, Any]:
    """A template of the shape that `az vm create` sends; a test spoils one thing of it."""
    address = "Microsoft.Network/publicIPAddresses/webPublicIP"
    machine = {
        "apiVersion": "2026-04-01",
        "type": "Microsoft.Compute/virtualMachines",
        "name": "web",
        "location": "westeurope",
        "tags": {},
        # The CLI writes a type and a name, and not in the letters of the resource.
        "dependsOn": ["Microsoft.Network/networkinterfaces/webVMNic"],
        "properties": {
            "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
            "networkProfile": {
                "networkInterfaces": [
                    {
                        "id": "[resourceId('Microsoft.Network/networkInterfaces', 'webVMNic')]",
                        "properties": {"deleteOption": None},
                    }
                ]
            },
            "storageProfile": {
                "osDisk": {"createOption": "fromImage", "name": None, "managedDisk": {"storageAccountType": None}},
                "imageReference": windows_server_image("2022-datacenter-azure-edition-core"),
            },
            "osProfile": {
                "computerName": "web",
                "adminUsername": "azadmin",
                "adminPassword": "[parameters('adminPassword')]",
                "windowsConfiguration": {
                    "provisionVMAgent": True,
                    "patchSettings": {"patchMode": "AutomaticByPlatform", "enableHotpatching": True},
                },
            },
        },
    }
    nic = {
        "apiVersion": "2015-06-15",
        "type": "Microsoft.Network/networkInterfaces",
        "name": "webVMNic",
        "location": "westeurope",
        "dependsOn": [address],
        "properties": {
            "ipConfigurations": [
                {
                    "name": "ipconfigweb",
                    "properties": {
                        "privateIPAllocationMethod": "Dynamic",
                        "subnet": {"id": subnet},
                        "publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'webPublicIP')]"},
                    },
                }
            ]
        },
    }
    public = {
        "apiVersion": "2022-01-01",
        "type": "Microsoft.Network/publicIPAddresses",
        "name": "webPublicIP",
        "location": "westeurope",
        "dependsOn": [],
        "properties": {"publicIPAllocationMethod": "Static"},
        "sku": {"name": "Standard"},
    }
    parameters = {"adminPassword": {"type": "securestring", "metadata": {"description": "Secure adminPassword"}}}
    return {
        "$schema": "https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "parameters": parameters,
        "variables": {},
        "resources": [machine, nic, public],
        "outputs": {},
    }
