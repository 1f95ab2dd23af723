"""Validate a resource's inputs, with the messages of the real provider; ARM itself checks the rest."""

from collections.abc import Iterator, Mapping
from typing import Any

from azure_hotpatch.emulator.provider.catalogue import Property, ProviderResource, Shape, Types
from azure_hotpatch.emulator.provider.values import UNKNOWN

_NO_LOCATION = (
    "missing required property 'location'. Either set it explicitly or configure it with "
    "'pulumi config set azure-native:location <value>'."
)


def failures(resource: ProviderResource, inputs: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for each thing that is missing or of the wrong type."""
    for name in resource.path_parameters:
        if "." in name:
            continue  # a member of an input, which is judged with it
        if name not in inputs:
            yield f"missing required property '{name}'"
        elif inputs[name] is not UNKNOWN and not isinstance(inputs[name], str):
            yield f"'{name}' should be of type 'string' but got {_got(inputs[name])}"
    if resource.located and "location" not in inputs:
        yield _NO_LOCATION
    yield from _object(resource.shape, resource.types, inputs, "")


def _object(shape: Shape, types: Types, values: Mapping[str, Any], at: str) -> Iterator[str]:
    for name, prop in shape.items():
        if name in values:
            yield from _value(prop, types, values[name], f"{at}{name}")
        elif prop.required and f"{at}{name}" != "location":
            yield f"missing required property '{at}{name}'"


def _value(prop: Property, types: Types, value: Any, at: str) -> Iterator[str]:
    if prop.output:
        return
    kind = prop.type
    if isinstance(value, Mapping) and kind in types:
        yield from _object(types[kind], types, value, f"{at}.")
    elif isinstance(value, list):
        yield from _list(kind, types, value, at)
    elif isinstance(value, str) and kind in {"boolean", "integer", "number"}:
        yield f"'{at}' should be of type '{kind}' but got a string"
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield from _number(kind, value, at)


def _list(kind: str, types: Types, value: list[Any], at: str) -> Iterator[str]:
    if kind[0] not in "[{" and not kind.startswith("set") and kind != "any":
        yield f"'{at}' should be of type '{'object' if kind in types else kind}' but got an array"
    elif kind.startswith("["):
        for index, item in enumerate(value):
            yield from _value(Property(kind[1:-1]), types, item, f"{at}[{index}]")


def _number(kind: str, value: float, at: str) -> Iterator[str]:
    if kind in {"string", "boolean"}:
        yield f"'{at}' should be of type '{kind}' but got a number"
    elif kind == "integer" and not float(value).is_integer():
        yield f"'{at}' must be an integer but got {value:f}"


def _got(value: Any) -> str:
    return "an array" if isinstance(value, list) else f"a {type(value).__name__}"
