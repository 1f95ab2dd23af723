"""The package schema of what is covered, for engines and languages that ask the provider for one."""

import json
from typing import Any

from azure_hotpatch.emulator.provider import catalogue, stored
from azure_hotpatch.emulator.provider.catalogue import Property, Shape, Types
from azure_hotpatch.emulator.provider.stored import nested

Json = dict[str, Any]

_IDENTITY = "azure-native:stored:Identity"
_SCALARS = frozenset({"string", "boolean", "integer", "number"})


def text(version: str) -> str:
    """The schema as JSON: the covered resources, functions and types, at their default versions."""
    package: Json = {
        "name": "azure-native",
        "version": version or "3.0.0",
        "resources": {},
        "functions": {},
        "types": {},
    }
    package["types"] |= _types("stored", catalogue.STORED_TYPES)
    for module in catalogue.modules():
        resources, calls, types = catalogue.contents(module)
        for name in resources:
            package["resources"][f"azure-native:{module}:{name}"] = _resource(module, name)
        for name in calls:
            package["functions"][f"azure-native:{module}:{name}"] = _function(module, name)
        package["types"] |= _nested_types(module) | _types(module, types)
    _add_moved(package)
    return json.dumps(package)


def _add_moved(package: Json) -> None:
    """The resources and getters that azure-native 1 and 2 had in other modules, for programs that ask for those."""
    for old, modules in stored.moved().items():
        for module, names in modules.items():
            for name in names.split():
                package["resources"][f"azure-native:{old}:{name}"] = _resource(module, name)
                package["functions"][f"azure-native:{old}:get{name}"] = _function(module, f"get{name}")


def _resource(module: str, name: str) -> Json:
    resource = catalogue.resource(f"azure-native:{module}:{name}")
    named: Json = {part: {"type": "string"} for part in resource.path_parameters if "." not in part}
    given = {k: _spec(module, p, "") for k, p in resource.shape.items() if not p.output}
    return {
        "inputProperties": named | given,
        "requiredInputs": _required(resource.path, named, resource.shape),
        "properties": {k: v for k, v in _shown(module, name, resource.shape).items() if k != "id"},
    }


def _function(module: str, name: str) -> Json:
    function = catalogue.function(f"azure-native:{module}:{name}")
    named = [part for part in catalogue.parts_of(function.path) if "." not in part]
    shown = _shown(module, name.removeprefix("get"), function.shape)
    return {
        "inputs": {"properties": {part: {"type": "string"} for part in named}, "required": named},
        "outputs": {"properties": shown},
    }


def _shown(module: str, name: str, shape: Shape) -> Json:
    """The outputs: those of a stored resource with the nested types that the emulator itself has no need of."""
    inner = nested.outputs(module, name)
    return {
        k: _word(module, inner[k], "Response") if k in inner else _spec(module, p, "Response")
        for k, p in shape.items()
        if not p.input
    }


def _nested_types(module: str) -> Json:
    return {
        f"azure-native:{module}:{name}Response": {
            "type": "object",
            "properties": {k: _word(module, word, "Response") for k, word in words.items()},
        }
        for name, words in nested.types(module).items()
    }


def _required(path: str, named: Json, shape: Shape) -> list[str]:
    """All but the name, which the provider makes up, and the location, which it looks up."""
    parts = [part for part in named if not path.endswith(f"{{{part}}}")]
    return parts + [name for name, prop in shape.items() if prop.required and name != "location"]


def _types(module: str, types: Types) -> Json:
    found: Json = {}
    for name, shape in types.items():
        given = {k: _spec(module, p, "") for k, p in shape.items() if not p.output}
        shown = {k: _spec(module, p, "Response") for k, p in shape.items() if not p.input}
        required = [k for k, p in shape.items() if p.required]
        found[f"azure-native:{module}:{name}"] = {"type": "object", "properties": given, "required": required}
        found[f"azure-native:{module}:{name}Response"] = {"type": "object", "properties": shown}
    return found


def _spec(module: str, prop: Property, side: str) -> Json:
    kind = prop.type
    if kind.startswith("set"):
        return {"type": "array", "items": {"type": "string"}} if not side else _word(module, kind[3:], side)
    return _word(module, kind, side)


def _word(module: str, kind: str, side: str) -> Json:
    if kind.startswith("["):
        return {"type": "array", "items": _word(module, kind[1:-1], side)}
    if kind.startswith("{"):
        return {"type": "object", "additionalProperties": _word(module, kind[1:-1], side)}
    if kind in _SCALARS:
        return {"type": kind}
    if kind == "any":
        return {"$ref": "pulumi.json#/Any"}
    if kind in catalogue.types(module) or (side and nested.has_type(module, kind)):
        return {"$ref": f"#/types/azure-native:{module}:{kind}{side}"}
    # The one type of stored resources that goes in as it does not come back.
    return {"$ref": f"#/types/{_IDENTITY}{side}"}
