"""Convert the flat properties of the SDK to the nested bodies of ARM, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from azure_hotpatch.emulator.provider.catalogue import Property, Shape, Types
from azure_hotpatch.emulator.provider.values import UNKNOWN

Json = dict[str, Any]


def to_body(shape: Shape, types: Types, values: Mapping[str, Any], own_id: str) -> Json:
    """The body of a request. `own_id` is what `$self` stands for in an id: the resource that is being written."""
    body: Json = {}
    for name, value in values.items():
        prop = shape.get(name)
        if prop is None or prop.output or prop.apart:
            continue
        container = body
        for step in prop.at:
            container = container.setdefault(step, {})
        container[name] = _body_value(prop.type, types, value, own_id)
    return body


def to_outputs(shape: Shape, types: Types, body: Mapping[str, Any]) -> Json:
    """What the SDK shows of an answer."""
    found: Json = {}
    for name, prop in shape.items():
        value = _answered(_inside(body, prop), name)
        if value is not None and not prop.input:
            found[name] = _mapped(prop.type, types, value, lambda kind, item: to_outputs(types[kind], types, item))
    return found


def _answered(container: Mapping[str, Any], name: str) -> Any:
    """A member; older types of Azure write theirs with a capital, such as Application Insights' InstrumentationKey."""
    return container[name] if name in container else container.get(name[:1].upper() + name[1:])


def to_inputs(shape: Shape, types: Types, outputs: Mapping[str, Any]) -> Json:
    """The inputs that outputs correspond to: all but what only Azure sets."""
    return {
        name: _input_value(shape[name].type, types, value)
        for name, value in outputs.items()
        if name in shape and not shape[name].output
    }


def preview(shape: Shape, types: Types, inputs: Mapping[str, Any]) -> Json:
    """The outputs as far as inputs tell them; all others are unknown."""
    return {
        name: _previewed(prop.type, types, inputs.get(name, UNKNOWN)) for name, prop in shape.items() if not prop.input
    }


def without_empty(value: Any) -> Any:
    """The value without empty lists and maps, at any depth; None for one that is empty itself."""
    if isinstance(value, Mapping):
        kept = {name: left for name, item in value.items() if (left := without_empty(item)) is not None}
        return kept or None
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [left for item in value if (left := without_empty(item)) is not None] or None
    return value


def _inside(body: Mapping[str, Any], prop: Property) -> Mapping[str, Any]:
    for step in prop.at:
        inner = body.get(step)
        if not isinstance(inner, Mapping):
            return {}
        body = inner
    return body


def _body_value(kind: str, types: Types, value: Any, own_id: str) -> Any:
    if kind.startswith("set") and isinstance(value, Sequence):
        return {name: {} for name in value}
    return _mapped(kind, types, value, lambda inner, item: _body_object(inner, types, item, own_id))


def _body_object(kind: str, types: Types, value: Json, own_id: str) -> Json:
    body = to_body(types[kind], types, value, own_id)
    if kind == "SubResource" and str(body.get("id", "")).startswith("$self/"):
        body["id"] = body["id"].replace("$self", own_id, 1)
    return body


def _input_value(kind: str, types: Types, value: Any) -> Any:
    if kind.startswith("set") and isinstance(value, Mapping):
        return list(value)
    return _mapped(kind, types, value, lambda inner, item: to_inputs(types[inner], types, item))


def _previewed(kind: str, types: Types, value: Any) -> Any:
    if kind.startswith("set"):
        return UNKNOWN  # what Azure adds to each name is not known
    return _mapped(kind, types, value, lambda inner, item: preview(types[inner], types, item))


def _mapped(kind: str, types: Types, value: Any, each: Any) -> Any:
    """The value with `each(type name, object)` in place of every typed object in it."""
    if isinstance(value, list) and kind.startswith("["):
        return [_mapped(kind[1:-1], types, item, each) for item in value]
    if isinstance(value, Mapping):
        if kind in types:
            return each(kind, value)
        if "{" in kind:
            inner = kind[kind.index("{") + 1 : -1]
            return {name: _mapped(inner, types, item, each) for name, item in value.items()}
    return value
