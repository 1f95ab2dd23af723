"""The process `hotpatch azure serve`: its store beside an embedded emulator, its messages, and its commands."""

import asyncio
import json
import socket
import sqlite3
import ssl

import httpx
import pytest

from azure_hotpatch.emulator.arm.app import create_app
from tests.images import windows_server_image

GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups"
VERSION = {"api-version": "2022-09-01"}
COMPUTE = {"api-version": "2024-03-01"}


@pytest.fixture(scope="module")
def own(tmp_path_factory, start_server):
    """A server of this module's own: its store is reset and seeded."""
    return start_server(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def client(own):
    with httpx.Client(base_url=own.url, verify=ssl.create_default_context(cafile=own.authority)) as opened:
        yield opened


@pytest.fixture(autouse=True)
def _empty(client):
    assert client.post("/emulator/reset").json() == {"reset": True}


def _embedded(store, method, path, body=None):
    async def ask():
        transport = httpx.ASGITransport(app=create_app(store))
        async with httpx.AsyncClient(transport=transport, base_url="http://management.test") as opened:
            return await opened.request(method, path, params=VERSION, json=body)

    return asyncio.run(ask())


def test_shares_its_store_with_an_embedded_emulator(own, client):
    store = own.folder / "azure.sqlite"
    for number in range(10):
        assert _embedded(store, "PUT", f"{GROUP}/embedded{number}", {"location": "westeurope"}).status_code == 201
        assert client.put(f"{GROUP}/served{number}", params=VERSION, json={"location": "westeurope"}).status_code == 201
        assert client.get(f"{GROUP}/embedded{number}", params=VERSION).status_code == 200
        assert _embedded(store, "GET", f"{GROUP}/served{number}").status_code == 200


def test_resets_moves_the_clock_and_says_so(own, client):
    client.put(f"{GROUP}/gone", params=VERSION, json={"location": "westeurope"})
    assert "2031-02-01" in own.hotpatch("azure", "advance", "--to", "2031-02-01", check=True).stdout
    assert "2031-02-08" in own.hotpatch("azure", "advance", "--days", "7", "--minutes", "1", check=True).stdout
    assert own.hotpatch("azure", "reset", check=True).stdout == "The emulated Azure is empty.\n"
    assert client.get("/emulator/resources").json() == {"value": []}
    assert not client.get("/emulator/clock").json()["now"].startswith("2031")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["advance"], "give --days, --hours, --minutes, or --to"),
        (["advance", "--days", "1", "--to", "2031-01-01"], "give --days"),
        (["advance", "--to", "soon"], "--to 'soon' is no time"),
        (["advance", "--to", "2001-01-01"], "the emulator refused: The emulator's clock is not moved back."),
        (["advance", "--days", "999999"], "is not moved beyond 2100"),
        (["seed", "absent.json"], "absent.json cannot be read: No such file or directory; export with"),
        (["seed", "/dev/null"], "/dev/null is empty: did the command that wrote it fail?; export with"),
        (["reset", "--port", "1"], "`hotpatch azure serve` starts one"),
    ],
)
def test_refuses_in_one_line(own, arguments, words):
    ran = own.hotpatch("azure", *arguments)
    assert ran.returncode == 3
    assert words in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_says_that_a_port_is_taken(own):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ran = own.hotpatch("azure", "serve", "--port", port, "--plain-port", "0", "--store", ":memory:")
    assert ran.returncode == 3
    assert f"port {port}: another program listens there" in ran.stderr


def test_says_why_a_store_cannot_be_served(own, tmp_path):
    with sqlite3.connect(tmp_path / "other.sqlite") as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    ran = own.hotpatch("azure", "serve", "--port", "0", "--plain-port", "0", "--store", str(tmp_path / "other.sqlite"))
    assert ran.returncode == 3
    assert "it is a database of another program" in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_serves_the_store_of_a_shell_of_make_env(own, tmp_path):
    own.environ["AZURE_HOTPATCH_EMULATOR_STORE"] = str(tmp_path / "sandbox.sqlite")
    (tmp_path / "sandbox.sqlite").write_text("no database, so that its name is in the refusal")
    try:
        ran = own.hotpatch("azure", "serve", "--port", "0", "--plain-port", "0")
    finally:
        del own.environ["AZURE_HOTPATCH_EMULATOR_STORE"]
    assert ran.returncode == 3
    assert str(tmp_path / "sandbox.sqlite") in ran.stderr


def test_names_the_extra_that_is_missing(own, tmp_path):
    (tmp_path / "cryptography.py").write_text("raise ModuleNotFoundError('gone', name='cryptography')\n")
    own.environ["PYTHONPATH"] = str(tmp_path)
    try:
        ran = own.hotpatch("azure", "serve", "--port", "0", "--plain-port", "0")
    finally:
        del own.environ["PYTHONPATH"]
    assert ran.returncode == 3
    assert "pip install 'azure-hotpatch[emulator]'" in ran.stderr


_AZ_VM_LIST = [
    {
        "id": f"{GROUP}/REAL/providers/Microsoft.Compute/virtualMachines/web-1",
        "name": "web-1",
        "type": "Microsoft.Compute/virtualMachines",
        "location": "westeurope",
        "resourceGroup": "REAL",
        "provisioningState": "Succeeded",
        "tags": {"owner": "ops"},
        "plan": None,
        "hardwareProfile": {"vmSize": "Standard_D2s_v5", "vmSizeProperties": None},
        "networkProfile": {
            "networkApiVersion": None,
            "networkInterfaces": [
                {
                    "id": f"{GROUP}/REAL/providers/Microsoft.Network/networkInterfaces/web-1-nic",
                    "primary": True,
                    "resourceGroup": "REAL",
                }
            ],
        },
        "osProfile": {
            "computerName": "web-1",
            "adminUsername": "fleetadmin",
            "windowsConfiguration": {
                "provisionVmAgent": True,
                "patchSettings": {"patchMode": "AutomaticByPlatform", "enableHotpatching": True},
            },
        },
        "storageProfile": {
            "imageReference": windows_server_image("2022-datacenter-azure-edition-core"),
            "osDisk": {
                "osType": "Windows",
                "name": "web-1-os",
                "createOption": "FromImage",
                "managedDisk": {
                    "id": f"{GROUP}/REAL/providers/Microsoft.Compute/disks/web-1-os",
                    "resourceGroup": "REAL",
                    "storageAccountType": "Premium_LRS",
                },
            },
            "dataDisks": [],
        },
        "vmId": "11111111-0000-0000-0000-000000000001",
    }
]


def test_takes_the_list_of_the_azure_cli(own, client, tmp_path):
    file = tmp_path / "vms.json"
    file.write_text(json.dumps(_AZ_VM_LIST))
    said = own.hotpatch("azure", "seed", str(file), check=True).stdout
    assert said.splitlines()[0] == "1 resource stored"
    assert "2 interfaces and disks" in said
    found = client.get(f"{GROUP}/real/providers/Microsoft.Compute/virtualMachines/web-1", params=COMPUTE).json()
    assert found["properties"]["hardwareProfile"]["vmSize"] == "Standard_D2s_v5"
    assert found["properties"]["networkProfile"]["networkInterfaces"][0]["properties"]["primary"] is True
    assert found["tags"] == {"owner": "ops"}
    assert '"resourceGroup"' not in json.dumps(found)
    view = client.get(f"{found['id']}/instanceView", params=COMPUTE).json()
    assert view["patchStatus"]["configurationStatuses"]
    restarted = client.post(f"{found['id']}/restart", params=COMPUTE)
    assert restarted.status_code == 202
    assert own.hotpatch("azure", "advance", "--days", "60").returncode == 0
    changed = client.patch(found["id"], params=COMPUTE, json={"tags": {"owner": "dba"}})
    assert changed.status_code == 200


@pytest.mark.parametrize("export", ["[]", '{"data": []}', '{"value": []}'])
def test_fails_for_an_export_without_resources(own, tmp_path, export):
    file = tmp_path / "estate.json"
    file.write_text(export)
    ran = own.hotpatch("azure", "seed", str(file))
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr.startswith(f"hotpatch: {file} has no resource; check the query")
    assert ran.stderr.count("\n") == 1


def test_fails_for_an_export_of_which_nothing_can_be_stored(own, tmp_path):
    file = tmp_path / "estate.json"
    file.write_text('[{"name": "web-1"}]')
    ran = own.hotpatch("azure", "seed", str(file))
    assert ran.returncode == 3
    assert ran.stdout.splitlines() == ["0 resources stored", "not stored: [0]: It has no id of a resource."]
    assert ran.stderr == f"hotpatch: nothing in {file} could be stored; the lines above say why\n"


def test_takes_rows_of_resource_graph_and_says_what_it_left_out(own, client, tmp_path):
    rows = [
        {
            "id": f"{GROUP}/real/providers/microsoft.network/virtualnetworks/net",
            "type": "microsoft.network/virtualnetworks",
            "name": "net",
            "location": "westeurope",
            "resourceGroup": "real",
            "subscriptionId": "x",
            "tenantId": "y",
            "properties": {
                "provisioningState": "Succeeded",
                "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
                "subnets": [{"name": "machines", "properties": {"addressPrefix": "10.0.0.0/24"}}],
            },
        },
        {"id": f"{GROUP}/real/providers/Microsoft.Nonsense/workspaces/q", "type": "x", "location": "westeurope"},
        {"name": "without an id"},
        7,
    ]
    file = tmp_path / "graph.json"
    file.write_text(json.dumps({"count": 4, "data": rows, "total_records": 4}))
    said = own.hotpatch("azure", "seed", str(file), check=True).stdout.splitlines()
    assert said[0] == "1 resource stored"
    assert [line.split(":")[0] for line in said[1:]] == ["not stored"] * 3
    assert "Microsoft.Nonsense" in said[1]
    network = f"{GROUP}/real/providers/Microsoft.Network/virtualNetworks/net"
    found = client.get(network, params={"api-version": "2024-05-01"}).json()
    assert found["type"] == "Microsoft.Network/virtualNetworks"
    assert [one["name"] for one in found["properties"]["subnets"]] == ["machines"]
    subnet = client.get(f"{network}/subnets/machines", params={"api-version": "2024-05-01"})
    assert subnet.json()["properties"]["addressPrefix"] == "10.0.0.0/24"


@pytest.mark.parametrize("body", [b"7", b'{"rows": []}', b'"text"', b""])
def test_refuses_what_is_no_export(client, body):
    answer = client.post("/emulator/seed", content=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "InvalidSeed")
