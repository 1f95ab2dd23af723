"""The table of one module: its resources, functions and types, as JSON values in a fixed order."""

from collections.abc import Iterator, Mapping
from typing import Any

from azure_hotpatch.emulator.provider.generator import exceptions, management, sdk
from azure_hotpatch.emulator.provider.generator.paths import ACTIONS, PATHS
from azure_hotpatch.emulator.provider.generator.types import Types

Json = dict[str, Any]


def table(module: str) -> Json:
    """`{"resources", "functions", "types"}`; `provider.catalogue` says how an entry is read."""
    types = Types(module)
    resources = {name: _resource(module, name, path, types) for name, path in sorted(PATHS[module].items())}
    functions = dict(sorted(_functions(module, types)))
    return {"resources": resources, "functions": functions, "types": types.entries()}


def _resource(module: str, name: str, path: str, types: Types) -> Json:
    cls = getattr(sdk.module(module), name)
    outside = exceptions.QUERY.get(f"{module}:{name}", set())
    given = sdk.inputs(sdk.arguments(cls))
    inside = {k: v for k, v in given.items() if f"{{{k}}}" not in path and k not in outside}
    model = getattr(management.models(module), _model_name(name), None)
    entry: Json = {"path": path, "version": sdk.api_version(cls)}
    if "location" in inside and _must_be_located(management.fields(model, management.models(module)), given):
        entry["located"] = True
    return entry | {"properties": types.entry(name, inside, _outputs(cls), model, top=True)}


def _must_be_located(fields: Mapping[str, management.Field], given: Mapping[str, sdk.SdkProperty]) -> bool:
    """Whether the spec requires a location; the SDK never does, because the provider fills it in.

    Without a model to ask: a tracked resource, one with tags, has one.
    """
    return fields["location"].required if "location" in fields else "tags" in given


def _functions(module: str, types: Types) -> Iterator[tuple[str, Json]]:
    for name, path in PATHS[module].items():
        yield f"get{name}", {"path": path, "of": name} | _version(module, f"get{name}")
    for name, path in ACTIONS.get(module, {}).items():
        result = getattr(sdk.module(module), f"{name[0].upper()}{name[1:]}Result")
        secret = sorted(exceptions.SECRET.get(f"{module}:{name}", ()))
        shown = types.entry(name, {}, _outputs(result), None, top=False)
        yield name, {"path": path, "secret": secret, "properties": shown} | _version(module, name)


def _version(module: str, function: str) -> Json:
    return {"version": sdk.api_version(sdk.function(sdk.module(module), function))}


def _outputs(cls: type) -> Mapping[str, sdk.SdkProperty]:
    return {k: v for k, v in sdk.outputs(cls).items() if k != "azureApiVersion"}


def _model_name(resource: str) -> str:
    """The azure-mgmt name of a resource, where it is another than the SDK's."""
    return {
        "LoadBalancerBackendAddressPool": "BackendAddressPool",
        "SshPublicKey": "SshPublicKeyResource",
        "VirtualMachineRunCommandByVirtualMachine": "VirtualMachineRunCommand",
    }.get(resource, resource)
