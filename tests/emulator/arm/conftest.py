"""An emulated Azure with a group, a network and whatever a test asks for."""

import asyncio
import copy
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from azure_hotpatch.emulator.arm.app import create_app
from tests.images import windows_server_image

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
PASSWORD = "Correct-Horse-7-Battery"  # noqa: S105 - it guards nothing
# A version that is good for a provider; a test of versions gives its own.
VERSIONS = {
    "": "2024-03-01",
    "microsoft.network": "2024-05-01",
    "microsoft.compute": "2024-11-01",
    "microsoft.maintenance": "2023-04-01",
    "microsoft.authorization": "2024-04-01",
}


class Arm:
    """A client of the server's, without a socket; ids and paths are given without their query."""

    subscription = f"/subscriptions/{SUBSCRIPTION}"

    def __init__(self, store: Any, **settings: Any) -> None:
        self._app = create_app(store, **settings)

    def ask(
        self, method: str, path: str, body: Any = None, version: str | None = None, headers: Any = None, **query: str
    ) -> httpx.Response:
        """One request; `query` may hold expand, top and skiptoken."""
        if "api-version=" not in path:
            names = {"expand": "$expand", "top": "$top", "skiptoken": "$skiptoken"}
            asked = {names[name]: value for name, value in query.items()}
            path = str(httpx.URL(path, params={**asked, **self._version(path, version)}))
        return asyncio.run(self._send(method, path, body, headers))

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("GET", path, **more)

    def put(self, path: str, body: Any, **more: Any) -> httpx.Response:
        return self.ask("PUT", path, body, **more)

    def patch(self, path: str, body: Any, **more: Any) -> httpx.Response:
        return self.ask("PATCH", path, body, **more)

    def post(self, path: str, body: Any = None, **more: Any) -> httpx.Response:
        return self.ask("POST", path, body, **more)

    def delete(self, path: str, **more: Any) -> httpx.Response:
        return self.ask("DELETE", path, **more)

    def make(self, path: str, body: Any, **more: Any) -> dict[str, Any]:
        """PUT, wait until it is done, and give what is there then."""
        answer = self.put(path, body, **more)
        assert answer.status_code in {200, 201, 202}, answer.text
        self.wait(answer)
        found: dict[str, Any] = self.get(path).json()
        return found

    def remove(self, path: str) -> None:
        answer = self.delete(path)
        assert answer.status_code in {200, 202, 204}, answer.text
        self.wait(answer)

    def act(self, path: str, body: Any = None) -> Any:
        """POST an action, wait until it is done, and give its result."""
        answer = self.post(path, body)
        assert answer.status_code in {200, 202}, answer.text
        if answer.status_code == 200:
            return answer.json()
        return self.wait(answer).get("properties", {}).get("output")

    def wait(self, answer: httpx.Response) -> dict[str, Any]:
        """Ask about an operation until it is done; what it says then."""
        url = answer.headers.get("Azure-AsyncOperation")
        if url is None:
            self._wait_at_location(answer)
            return {}
        for _ in range(10):
            found: dict[str, Any] = self.get(url).json()
            if found["status"] != "InProgress":
                return found
        raise AssertionError(f"{url} does not end")

    def stored(self) -> list[str]:
        return [one["id"] for one in self.get("/emulator/resources").json()["value"]]

    def _wait_at_location(self, answer: httpx.Response) -> None:
        while answer.status_code == 202:
            answer = self.get(answer.headers["Location"])

    def _version(self, path: str, version: str | None) -> dict[str, str]:
        if version is None:
            provider = path.lower().rsplit("/providers/", 1)[-1].split("/")[0] if "/providers/" in path else ""
            version = VERSIONS.get(provider, "2023-01-31")
        return {"api-version": version} if version else {}

    async def _send(self, method: str, path: str, body: Any, headers: Any) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://management.test") as client:
            if isinstance(body, bytes):
                typed = {"Content-Type": "application/json", **(headers or {})}
                return await client.request(method, path, content=body, headers=typed)
            return await client.request(method, path, json=body, headers=headers)


@pytest.fixture
def arm(tmp_path: Any) -> Arm:
    return Arm(tmp_path / "azure.sqlite")


@pytest.fixture
def group(arm: Arm) -> str:
    """The id of a group in West Europe."""
    group_id = f"{arm.subscription}/resourceGroups/fleet"
    arm.put(group_id, {"location": "westeurope"})
    return group_id


@pytest.fixture
def provider(group: str) -> Callable[[str], str]:
    """The id of a resource in the group: provider("Microsoft.Network/virtualNetworks/net")."""
    return lambda path: f"{group}/providers/{path}"


@pytest.fixture
def subnet(arm: Arm, provider: Callable[[str], str]) -> str:
    """The id of a subnet of 10.0.0.0/24."""
    network = provider("Microsoft.Network/virtualNetworks/net")
    parts = [{"name": "machines", "properties": {"addressPrefix": "10.0.0.0/24"}}]
    arm.make(
        network,
        {
            "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]}, "subnets": parts},
        },
    )
    return f"{network}/subnets/machines"


@pytest.fixture
def nic_body(subnet: str) -> dict[str, Any]:
    configuration = {"name": "internal", "properties": {"subnet": {"id": subnet}}}
    return {"location": "westeurope", "properties": {"ipConfigurations": [configuration]}}


@pytest.fixture
def nic(arm: Arm, provider: Callable[[str], str], nic_body: dict[str, Any]) -> str:
    """The id of a network interface."""
    nic_id = provider("Microsoft.Network/networkInterfaces/web-1-nic")
    arm.make(nic_id, nic_body)
    return nic_id


@pytest.fixture
def vm(provider: Callable[[str], str]) -> str:
    """The id that the machine of good_vm is put under."""
    return provider("Microsoft.Compute/virtualMachines/web-1")


@pytest.fixture
def good_vm(nic: str) -> dict[str, Any]:
    """The body of a machine with hotpatch; a test spoils one thing of it."""
    return copy.deepcopy(
        {
            "location": "westeurope",
            "properties": {
                "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
                "storageProfile": {"imageReference": windows_server_image("2022-Datacenter-Azure-Edition-Core")},
                "osProfile": {
                    "computerName": "web-1",
                    "adminUsername": "fleetadmin",
                    "adminPassword": PASSWORD,
                    "windowsConfiguration": {
                        "provisionVMAgent": True,
                        "enableAutomaticUpdates": True,
                        "patchSettings": {
                            "patchMode": "AutomaticByPlatform",
                            "assessmentMode": "AutomaticByPlatform",
                            "enableHotpatching": True,
                            "automaticByPlatformSettings": {"rebootSetting": "IfRequired"},
                        },
                    },
                },
                "networkProfile": {"networkInterfaces": [{"id": nic}]},
            },
        }
    )


@pytest.fixture
def windows(good_vm: dict[str, Any]) -> dict[str, Any]:
    """The windowsConfiguration of good_vm."""
    found: dict[str, Any] = good_vm["properties"]["osProfile"]["windowsConfiguration"]
    return found


@pytest.fixture
def good_schedule() -> dict[str, Any]:
    """A maintenance configuration of the guest, for the Saturday after the second Tuesday."""
    return {
        "location": "westeurope",
        "properties": {
            "maintenanceScope": "InGuestPatch",
            "extensionProperties": {"InGuestPatchMode": "User"},
            "maintenanceWindow": {
                "startDateTime": "2031-02-01 22:00",
                "duration": "03:55",
                "timeZone": "W. Europe Standard Time",
                "recurEvery": "Month Second Tuesday Offset4",
            },
            "installPatches": {
                "rebootSetting": "IfRequired",
                "windowsParameters": {"classificationsToInclude": ["Critical", "Security", "UpdateRollup"]},
            },
        },
    }


@pytest.fixture(scope="module")
def compute(connect: Callable[..., Any]) -> Any:
    """Microsoft's client of Compute, at the served emulator."""
    from azure.mgmt.compute import ComputeManagementClient

    return connect(ComputeManagementClient, SUBSCRIPTION)


@pytest.fixture(scope="module")
def network(connect: Callable[..., Any]) -> Any:
    """Microsoft's client of Network, at the served emulator."""
    from azure.mgmt.network import NetworkManagementClient

    return connect(NetworkManagementClient, SUBSCRIPTION)


@pytest.fixture(scope="module")
def resources(connect: Callable[..., Any]) -> Any:
    """Microsoft's client of resources and their groups, at the served emulator."""
    from azure.mgmt.resource.resources import ResourceManagementClient

    return connect(ResourceManagementClient, SUBSCRIPTION)
