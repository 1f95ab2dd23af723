"""Queries of a fleet that is written down here, and an emulated Azure that answers them over HTTP."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from azure_hotpatch.emulator.arm.app import create_app
from azure_hotpatch.emulator.arm.graph.kql.evaluation import run
from azure_hotpatch.emulator.arm.graph.kql.frames import Frame
from azure_hotpatch.emulator.arm.graph.kql.refusals import QueryRefused
from azure_hotpatch.emulator.arm.graph.kql.types import Type
from azure_hotpatch.emulator.arm.graph.kql.values import answered
from tests.images import windows_server_image

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
COLUMNS = {"name": Type.STRING, "n": Type.LONG, "x": Type.REAL, "when": Type.DATETIME, "d": Type.DYNAMIC}
ROWS = (
    {
        "name": "Web-1",
        "n": 1,
        "x": 1.5,
        "when": datetime(2026, 11, 19, 6, 30, tzinfo=UTC),
        "d": {
            "s": "Ready",
            "flag": True,
            "n": 3,
            "list": [1, "b"],
            "bag": {"k": "v"},
            "at": "2026-11-19T06:30:00.1234567Z",
        },
    },
    {"name": "db-2", "n": 2, "x": None, "when": None, "d": {"s": "ready", "flag": False, "n": "3"}},
    {"name": "", "n": None, "x": -2.0, "when": datetime(2026, 1, 1, tzinfo=UTC), "d": None},
)


class Asked:
    """What a query gave: its columns with their types, and its rows as an answer shows them."""

    def __init__(self, frame: Frame) -> None:
        self.types = {name: kind.value for name, kind in frame.columns.items()}
        self.rows = [{name: answered(value) for name, value in row.items()} for row in frame.rows]

    def __getitem__(self, column: str) -> list[Any]:
        return [row[column] for row in self.rows]

    @property
    def only(self) -> Any:
        """The value of the only column of the only row."""
        ((value,),) = (tuple(row.values()) for row in self.rows)
        return value


@pytest.fixture
def kql():
    """Asks the small table `t` (and `one`, of a single row)."""

    def tables(name, _types):
        rows = {"t": ROWS, "one": ROWS[:1]}.get(name.lower())
        return None if rows is None else Frame(dict(COLUMNS), list(rows))

    return lambda query: Asked(run(query, tables, NOW))


@pytest.fixture
def value(kql):
    """The value of an expression over the first row of `t`."""
    return lambda expression: kql(f"one | project v = {expression}").only


@pytest.fixture
def refused(kql):
    """Why a query is refused: the detail with code, message, line, position and token."""

    def why(query):
        with pytest.raises(QueryRefused) as found:
            kql(query)
        return found.value.detail(query)

    return why


class Azure:
    """A client of the emulator's, without a socket."""

    def __init__(self, store: Any) -> None:
        self._app = create_app(store)

    def send(self, method: str, path: str, body: Any = None, headers: Any = None) -> httpx.Response:
        version = "" if path.startswith("/emulator") else "api-version=2024-03-01"
        return asyncio.run(self._send(method, f"{path}{'&' if '?' in path else '?'}{version}", body, headers))

    def put(self, path: str, body: Any) -> Any:
        answer = self.send("PUT", path, body)
        assert answer.status_code < 300, answer.text
        for _ in range(3):
            found = self.send("GET", path)
        return found.json()

    def post(self, path: str, body: Any = None) -> None:
        answer = self.send("POST", path, body)
        assert answer.status_code < 300, answer.text
        operation = answer.headers.get("Azure-AsyncOperation")
        for _ in range(3 if operation else 0):
            self.send("GET", httpx.URL(operation).raw_path.decode())

    def graph(self, query: str, headers: Any = None, **body: Any) -> httpx.Response:
        path = "/providers/Microsoft.ResourceGraph/resources"
        return self.send("POST", path, {"query": query, **body}, headers)

    def rows(self, query: str, **body: Any) -> Any:
        answer = self.graph(query, **body)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]

    async def _send(self, method: str, path: str, body: Any, headers: Any) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://management.test") as client:
            return await client.request(method, path, json=body, headers=headers)


@pytest.fixture
def azure(tmp_path):
    return Azure(tmp_path / "azure.sqlite")


@pytest.fixture
def group(azure):
    """The id of a group in West Europe."""
    path = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/Fleet"
    azure.send("PUT", path, {"location": "westeurope", "tags": {"owner": "ops"}})
    return path


@pytest.fixture
def machine(azure, group):
    """The id of a virtual machine with hotpatch, Web-1, which was assessed and patched."""
    network = f"{group}/providers/Microsoft.Network"
    parts = [{"name": "machines", "properties": {"addressPrefix": "10.0.0.0/24"}}]
    space = {"addressPrefixes": ["10.0.0.0/16"]}
    azure.put(
        f"{network}/virtualNetworks/net",
        {"location": "westeurope", "properties": {"addressSpace": space, "subnets": parts}},
    )
    subnet = {"id": f"{network}/virtualNetworks/net/subnets/machines"}
    configuration = {"name": "internal", "properties": {"subnet": subnet}}
    azure.put(
        f"{network}/networkInterfaces/nic",
        {"location": "westeurope", "properties": {"ipConfigurations": [configuration]}},
    )
    path = f"{group}/providers/Microsoft.Compute/virtualMachines/Web-1"
    azure.put(path, machine_body(f"{network}/networkInterfaces/nic"))
    return path


def machine_body(nic: str) -> dict[str, Any]:
    settings = {"patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform", "enableHotpatching": True}
    image = windows_server_image("2022-datacenter-azure-edition-core")
    return json.loads(
        json.dumps(
            {
                "location": "West Europe",
                "tags": {"ring": "one"},
                "zones": ["1"],
                "properties": {
                    "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
                    "storageProfile": {"imageReference": image},
                    "osProfile": {
                        "computerName": "web-1",
                        "adminUsername": "fleetadmin",
                        "adminPassword": "Correct-Horse-7-Battery",
                        "windowsConfiguration": {"patchSettings": settings},
                    },
                    "networkProfile": {"networkInterfaces": [{"id": nic}]},
                },
            }
        )
    )
