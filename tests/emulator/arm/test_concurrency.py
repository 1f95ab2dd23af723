"""One store used by several processes, and by many requests at once."""

import asyncio
import subprocess
import sys

import httpx
import pytest

from azure_hotpatch.emulator.arm.app import create_app

WORKER = """
import asyncio, sys, httpx
from azure_hotpatch.emulator.arm.app import create_app

store, worker, subnet, group = sys.argv[1:]

async def main():
    print("ready", flush=True)
    sys.stdin.readline()
    transport = httpx.ASGITransport(app=create_app(store))
    async with httpx.AsyncClient(transport=transport, base_url="http://arm.test") as client:
        for number in range(25):
            configuration = {"name": "internal", "properties": {"subnet": {"id": subnet}}}
            answer = await client.put(
                f"{group}/providers/Microsoft.Network/networkInterfaces/nic-{worker}-{number}?api-version=2024-05-01",
                json={"location": "westeurope", "properties": {"ipConfigurations": [configuration]}},
            )
            assert answer.status_code == 201, answer.text

asyncio.run(main())
"""


def addresses(arm, provider):
    found = arm.get(provider("Microsoft.Network/networkInterfaces")).json()["value"]
    return [one["properties"]["ipConfigurations"][0]["properties"]["privateIPAddress"] for one in found]


def test_two_processes_never_give_one_address_twice(arm, tmp_path, subnet, group, provider):
    command = [sys.executable, "-c", WORKER, str(tmp_path / "azure.sqlite")]
    pipe = subprocess.PIPE
    workers = [subprocess.Popen([*command, name, subnet, group], stdin=pipe, stdout=pipe) for name in ("a", "b")]
    assert [worker.stdout.readline() for worker in workers] == [b"ready\n"] * 2
    for worker in workers:  # both are up, and begin together
        worker.stdin.write(b"go\n")
        worker.stdin.close()
    assert [worker.wait(60) for worker in workers] == [0, 0]
    for worker in workers:
        worker.stdout.close()
    given = addresses(arm, provider)
    assert len(given) == 50
    assert len(set(given)) == 50


def test_two_processes_can_open_a_new_store_at_once(tmp_path):
    program = "import sys; from azure_hotpatch.emulator.arm.database.store import Store; Store(sys.argv[1]).close()"
    command = [sys.executable, "-c", program, str(tmp_path / "new.sqlite")]
    workers = [subprocess.Popen(command) for _ in range(4)]
    assert [worker.wait(60) for worker in workers] == [0] * 4


def test_many_requests_at_once_never_share_an_address(arm, tmp_path, provider, nic_body):
    async def put_all():
        transport = httpx.ASGITransport(app=create_app(tmp_path / "azure.sqlite"))
        async with httpx.AsyncClient(transport=transport, base_url="http://arm.test") as client:
            paths = (provider(f"Microsoft.Network/networkInterfaces/nic-{number}") for number in range(50))
            puts = [client.put(f"{path}?api-version=2024-05-01", json=nic_body) for path in paths]
            return await asyncio.gather(*puts)

    assert {answer.status_code for answer in asyncio.run(put_all())} == {201}
    assert len(set(addresses(arm, provider))) == 50


def test_one_of_two_machines_wins_an_interface(arm, tmp_path, vm, good_vm):
    async def race():
        transport = httpx.ASGITransport(app=create_app(tmp_path / "azure.sqlite"))
        async with httpx.AsyncClient(transport=transport, base_url="http://arm.test") as client:
            puts = [client.put(f"{vm}{number}?api-version=2024-11-01", json=good_vm) for number in range(2)]
            return await asyncio.gather(*puts)

    assert sorted(answer.status_code for answer in asyncio.run(race())) == [201, 400]
    assert len(arm.get(vm.rsplit("/", 1)[0]).json()["value"]) == 1


def test_undoes_the_whole_of_a_request_that_fails(arm, vm, good_vm):
    good_vm["properties"]["networkProfile"]["networkInterfaces"][0]["id"] += "x"
    before = arm.stored()
    assert arm.put(vm, good_vm).status_code == 400
    assert arm.stored() == before  # the disk, made before the interface was looked at, is gone


@pytest.mark.parametrize("store", [":memory:"])
def test_keeps_a_store_in_memory_to_itself(store, arm):
    first, second = type(arm)(store), type(arm)(store)
    first.put(f"{arm.subscription}/resourceGroups/fleet", {"location": "westeurope"})
    assert len(first.stored()) == 1
    assert second.stored() == []
