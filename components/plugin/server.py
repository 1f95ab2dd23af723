"""Serve the package to the engine as Pulumi does, except for how refused arguments are reported."""

import asyncio
import contextlib
import sys
from typing import Any

import grpc
import pulumi
from pulumi.provider.server import ComponentInitError, ProviderServicer
from pulumi.runtime.proto import provider_pb2_grpc

from azure_hotpatch.components.plugin.package import ComponentPackage
from azure_hotpatch.components.plugin.schema import in_the_schemas_words
from azure_hotpatch.components.shared.arguments import ArgumentsRefusedError


class Servicer(ProviderServicer):
    """Pulumi's own servicer, which would print a Python error for refused arguments."""

    async def _construct(self, request: Any, context: Any) -> Any:
        try:
            return await super()._construct(request, context)
        except Exception as error:
            refused = error.inner if isinstance(error, ComponentInitError) else error
            if isinstance(refused, ArgumentsRefusedError):
                # Details of single properties would be printed with their values, a secret one too.
                raise pulumi.InputPropertiesError(in_the_schemas_words(refused.message), []) from None
            raise


def serve(engine_address: str) -> None:
    """Serve the package on a free port, which is printed, until the engine ends the process."""
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(engine_address))


async def _serve(engine_address: str) -> None:
    server = grpc.aio.server(options=[("grpc.max_receive_message_length", 400 * 1024 * 1024)])  # as Pulumi's own
    servicer = Servicer(ComponentPackage(), sys.argv[1:], engine_address)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    print(port, flush=True)  # noqa: T201 - what the engine waits for
    await server.wait_for_termination()
