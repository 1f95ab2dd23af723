"""The plugin as a process of its own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

COMMAND = [sys.executable, "-m", "azure_hotpatch.emulator.provider"]
SECONDS_THAT_THE_ENGINE_WAITS = 5.0
HEAVY = ("pulumi.output", "pulumi_azure_native", "httpx", "starlette")


@pytest.fixture
def plugin() -> Iterator[subprocess.Popen[str]]:
    """The started plugin, with no emulator set."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("AZURE_HOTPATCH_")}
    process = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True, env=env)
    yield process
    process.kill()
    process.communicate()


def port_of(process: subprocess.Popen[str]) -> int:
    assert process.stdout
    return int(process.stdout.readline())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stops_at_once_when_told(plugin: subprocess.Popen[str], number: signal.Signals) -> None:
    port_of(plugin)
    told = time.monotonic()
    plugin.send_signal(number)
    assert plugin.wait(SECONDS_THAT_THE_ENGINE_WAITS) == 0
    assert time.monotonic() - told < SECONDS_THAT_THE_ENGINE_WAITS / 2


def test_says_what_to_set_where_no_emulator_is(plugin: subprocess.Popen[str]) -> None:
    with grpc.insecure_channel(f"127.0.0.1:{port_of(plugin)}") as channel:
        stub = provider_pb2_grpc.ResourceProviderStub(channel)
        with pytest.raises(grpc.RpcError) as error:
            stub.Configure(provider_pb2.ConfigureRequest())
    assert "AZURE_HOTPATCH_EMULATOR_STORE is to be the path" in error.value.details()


def test_tells_the_version_of_the_sdk(plugin: subprocess.Popen[str]) -> None:
    with grpc.insecure_channel(f"127.0.0.1:{port_of(plugin)}") as channel:
        info = provider_pb2_grpc.ResourceProviderStub(channel).GetPluginInfo(
            provider_pb2.google_dot_protobuf_dot_empty__pb2.Empty()
        )
    assert info.version


def test_starts_without_what_it_does_not_need(tmp_path: Path) -> None:
    program = (
        "import sys, azure_hotpatch.emulator.provider.__main__ as plugin\n"
        "plugin._only_the_protocol()\n"
        "import azure_hotpatch.emulator.provider.serve\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert found.stdout.strip() == "[]"
