"""Report a partly created resource to the engine."""

from typing import Any

from google.protobuf import any_pb2
from pulumi.runtime.proto import provider_pb2, status_pb2

from azure_hotpatch.emulator.provider.lifecycle import PartlyDoneError
from azure_hotpatch.emulator.provider.values import encode, marked

_UNKNOWN = 2  # gRPC's code
_DETAILS = "grpc-status-details-bin"


def trailing_metadata(error: PartlyDoneError, inputs: Any) -> tuple[tuple[str, bytes], ...]:
    """The metadata that carries the state of the resource beside the error."""
    detail = provider_pb2.ErrorResourceInitFailed(
        id=error.resource_id, properties=encode(marked(error.outputs, inputs)), reasons=[str(error)], inputs=inputs
    )
    packed = any_pb2.Any()
    packed.Pack(detail)
    status = status_pb2.Status(code=_UNKNOWN, message=str(error), details=[packed])
    return ((_DETAILS, status.SerializeToString()),)
