"""Read a resource's properties from protobuf without the copies that its own reader makes."""

from collections.abc import Iterable, Mapping
from typing import Any

from google.protobuf.struct_pb2 import Struct, Value
from pulumi.runtime.proto import analyzer_pb2

from azure_hotpatch.policies.reading import Source


def source_of_request(request: analyzer_pb2.AnalyzeRequest) -> Source:
    """The resource that the program declares: its inputs, with seals and unknown values as they are."""
    return _source(request, {})


def source_of_resource(resource: analyzer_pb2.AnalyzerResource) -> Source:
    """A resource of the whole stack: its outputs, and which other resources they come from."""
    depends_on = {name: tuple(found.urns) for name, found in resource.propertyDependencies.items()}
    return _source(resource, depends_on)


def object_of(struct: Struct) -> dict[str, Any]:
    return {key: _value(value) for key, value in struct.fields.items()}


def struct_of(value: Mapping[str, Any]) -> Struct:
    struct = Struct()
    struct.update(dict(value))
    return struct


def _source(resource: Any, depends_on: Mapping[str, Iterable[str]]) -> Source:
    return Source(
        token=resource.type,
        name=resource.name,
        urn=resource.urn,
        props=object_of(resource.properties),
        ignore_changes=tuple(resource.options.ignoreChanges),
        depends_on={name: tuple(urns) for name, urns in depends_on.items()},
    )


def _value(value: Value) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return object_of(value.struct_value)
    if kind == "list_value":
        return [_value(item) for item in value.list_value.values]
    return None if kind in (None, "null_value") else getattr(value, kind)
