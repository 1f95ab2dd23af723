"""The provider behind real gRPC, and the calls that the engine makes of it."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
import pytest
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc

from azure_hotpatch.emulator.arm.app import create_app
from azure_hotpatch.emulator.provider.servicer import Provider
from azure_hotpatch.emulator.provider.transport import embedded
from azure_hotpatch.emulator.provider.values import decode, encode

Json = dict[str, Any]


@dataclass(frozen=True)
class Calls:
    """What the engine asks, on plain values."""

    stub: Any
    store: Path

    def configure(self, **config: str) -> Any:
        variables = {f"azure-native:config:{name}": value for name, value in config.items()}
        return self.stub.Configure(provider_pb2.ConfigureRequest(variables=variables, acceptSecrets=True))

    def check(self, token: str, news: Json, olds: Json | None = None, name: str = "it", **more: Any) -> Any:
        request = provider_pb2.CheckRequest(urn=urn(token, name), news=encode(news), randomSeed=b"seed", **more)
        if olds is not None:
            request.olds.CopyFrom(encode(olds))
        return self.stub.Check(request)

    def checked(self, token: str, news: Json, olds: Json | None = None, name: str = "it", **more: Any) -> Json:
        """The inputs that Check makes; the test fails where it finds fault with them."""
        response = self.check(token, news, olds, name, **more)
        assert not [failure.reason for failure in response.failures]
        return decode(response.inputs)

    def create(self, token: str, inputs: Json, *, preview: bool = False, timeout: float = 0) -> tuple[str, Json]:
        response = self.stub.Create(
            provider_pb2.CreateRequest(urn=urn(token), properties=encode(inputs), preview=preview, timeout=timeout)
        )
        return response.id, decode(response.properties)

    def diff(self, token: str, old: Json, new: Json, state: Json | None = None, ignored: Sequence[str] = ()) -> Any:
        request = provider_pb2.DiffRequest(urn=urn(token), old_inputs=encode(old), news=encode(new))
        request.olds.CopyFrom(encode(state or {}))
        request.ignoreChanges.extend(ignored)
        return self.stub.Diff(request)

    def update(self, token: str, resource_id: str, old: Json, new: Json, *, preview: bool = False) -> Json:
        request = provider_pb2.UpdateRequest(
            id=resource_id, urn=urn(token), olds=encode(old), news=encode(new), preview=preview
        )
        return decode(self.stub.Update(request).properties)

    def read(self, token: str, resource_id: str, inputs: Json | None = None, state: Json | None = None) -> Any:
        request = provider_pb2.ReadRequest(id=resource_id, urn=urn(token), properties=encode(state or {}))
        if inputs is not None:
            request.inputs.CopyFrom(encode(inputs))
        return self.stub.Read(request)

    def delete(self, token: str, resource_id: str) -> None:
        self.stub.Delete(provider_pb2.DeleteRequest(id=resource_id, urn=urn(token)))

    def invoke(self, token: str, arguments: Json | None = None) -> Json:
        response = self.stub.Invoke(provider_pb2.InvokeRequest(tok=token, args=encode(arguments or {})))
        return decode(getattr(response, "return"))

    def make(self, token: str, news: Json, name: str = "it") -> tuple[str, Json, Json]:
        """Check and create: id, inputs and outputs."""
        inputs = self.checked(token, news, name=name)
        resource_id, outputs = self.create(token, inputs)
        return resource_id, inputs, outputs


def urn(token: str, name: str = "it") -> str:
    return f"urn:pulumi:dev::project::component:index:Parent${token}::{name}"


@pytest.fixture
def calls(tmp_path: Path) -> Iterator[Calls]:
    """A provider over an emulator of the test's own, configured with no location."""
    store = tmp_path / "azure.sqlite"
    with served(Provider(embedded_at(store), "3.0.0")) as channel:
        found = Calls(provider_pb2_grpc.ResourceProviderStub(channel), store)
        found.configure()
        yield found


@pytest.fixture
def serving() -> Callable[[Provider], Any]:
    """`with serving(provider) as channel` serves a provider of the test's own."""
    return served


@pytest.fixture
def group(calls: Calls) -> str:
    """The name of a resource group in West Europe."""
    inputs = {"resourceGroupName": "rg", "location": "westeurope"}
    calls.make("azure-native:resources:ResourceGroup", inputs)
    return "rg"


def embedded_at(store: Path) -> Callable[[], Any]:
    return lambda: embedded(lambda: create_app(store))


class served:  # noqa: N801  (a context manager, used as a function is)
    """Serves a provider from a thread with a loop of its own, and gives a channel to it."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> grpc.Channel:
        self._thread.start()
        port = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result()
        self._channel = grpc.insecure_channel(f"127.0.0.1:{port}")
        return self._channel

    def __exit__(self, *_: object) -> None:
        self._channel.close()
        asyncio.run_coroutine_threadsafe(self._server.stop(0), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _start(self) -> int:
        self._server = grpc.aio.server()
        provider_pb2_grpc.add_ResourceProviderServicer_to_server(self._provider, self._server)
        port = self._server.add_insecure_port("127.0.0.1:0")
        await self._server.start()
        return port
