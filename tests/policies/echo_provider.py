"""A provider of azure-native that answers at once and stores nothing: what a program asks for is what it gets."""

# ruff: noqa: N802 - the methods have the protocol's names

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from google.protobuf.empty_pb2 import Empty
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc


class Echo(provider_pb2_grpc.ResourceProviderServicer):
    def GetPluginInfo(self, _request: Any, _context: Any) -> plugin_pb2.PluginInfo:
        return plugin_pb2.PluginInfo(version="3.29.0")

    def Handshake(self, _request: Any, _context: Any) -> provider_pb2.ProviderHandshakeResponse:
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True)

    def CheckConfig(self, request: Any, _context: Any) -> provider_pb2.CheckResponse:
        return provider_pb2.CheckResponse(inputs=request.news)

    def Configure(self, _request: Any, _context: Any) -> provider_pb2.ConfigureResponse:
        return provider_pb2.ConfigureResponse(acceptSecrets=True, supportsPreview=True)

    def Check(self, request: Any, _context: Any) -> provider_pb2.CheckResponse:
        return provider_pb2.CheckResponse(inputs=request.news)

    def Create(self, request: Any, _context: Any) -> provider_pb2.CreateResponse:
        name = request.urn.rpartition("::")[2]
        known = Struct()
        known.CopyFrom(request.properties)
        known["name"] = name
        return provider_pb2.CreateResponse(id="" if request.preview else f"/echo/{name}", properties=known)

    def Read(self, request: Any, _context: Any) -> provider_pb2.ReadResponse:
        """A machine that somebody else made, Uniform if its id says so."""
        found = Struct()
        found.update({"id": request.id, "name": request.id.rpartition("/")[2], "orchestrationMode": "Uniform"})
        return provider_pb2.ReadResponse(id=request.id, properties=found, inputs=found)

    def Delete(self, _request: Any, _context: Any) -> Empty:
        return Empty()

    def Cancel(self, _request: Any, _context: Any) -> Empty:
        return Empty()


if __name__ == "__main__":
    server = grpc.server(ThreadPoolExecutor(max_workers=4))
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(Echo(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()
    try:
        server.wait_for_termination()
    except KeyboardInterrupt:
        server.stop(0)
