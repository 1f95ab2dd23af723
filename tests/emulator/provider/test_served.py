"""The plugin against an emulator that is served elsewhere."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from azure_hotpatch.emulator.provider.values import decode, encode

TOKEN = "azure-native:resources:ResourceGroup"  # noqa: S105  (the name of a type)
INPUTS = {"resourceGroupName": "rg", "location": "westeurope"}
SECONDS = 20


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """The address of a served emulator."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["-m", "azure_hotpatch.emulator.arm", "--store", str(tmp_path / "azure.sqlite"), "--port", str(port)]
    server = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(port)
    yield f"http://127.0.0.1:{port}"
    server.kill()
    server.wait()


@pytest.fixture
def stub(url: str) -> Iterator[Any]:
    command = [sys.executable, "-m", "azure_hotpatch.emulator.provider"]
    env = {**os.environ, "AZURE_HOTPATCH_EMULATOR_URL": url}
    plugin = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
    assert plugin.stdout
    with grpc.insecure_channel(f"127.0.0.1:{int(plugin.stdout.readline())}") as channel:
        yield provider_pb2_grpc.ResourceProviderStub(channel)
    plugin.kill()
    plugin.communicate()


def wait_for(port: int) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"nothing answers on port {port} after {SECONDS} s")


def test_makes_and_deletes_what_the_served_emulator_keeps(stub: Any) -> None:
    urn = f"urn:pulumi:dev::project::{TOKEN}::it"
    stub.Configure(provider_pb2.ConfigureRequest())
    made = stub.Create(provider_pb2.CreateRequest(urn=urn, properties=encode(INPUTS)))
    assert decode(made.properties)["location"] == "westeurope"
    assert stub.Read(provider_pb2.ReadRequest(id=made.id, urn=urn)).id == made.id
    stub.Delete(provider_pb2.DeleteRequest(id=made.id, urn=urn))
    assert stub.Read(provider_pb2.ReadRequest(id=made.id, urn=urn)).id == ""
