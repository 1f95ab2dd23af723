"""The provider's functions: getters of resources, listKeys, and the client's identity."""

from collections.abc import Mapping
from typing import Any

from azure_hotpatch.emulator.provider import catalogue, paths, shapes
from azure_hotpatch.emulator.provider.arm_client import ArmClient, ArmRefusedError
from azure_hotpatch.emulator.provider.values import secret

Json = dict[str, Any]

TENANT = "00000000-0000-0000-0000-00000000a2e0"  # the one tenant of the emulator
_CALLER = "00000000-0000-0000-0000-00000000ca11"


# Arguments that have another name in the body (azure-rest-api-specs, storage 2024-01-01: x-ms-client-name).
_IN_BODY = {
    "services": "signedServices",
    "resourceTypes": "signedResourceTypes",
    "permissions": "signedPermission",
    "iPAddressOrRange": "signedIp",
    "protocols": "signedProtocol",
    "sharedAccessStartTime": "signedStart",
    "sharedAccessExpiryTime": "signedExpiry",
    "resource": "signedResource",
}


class FunctionFailedError(Exception):
    """A function that ARM refused; the path that was asked is in the words."""


async def invoke(arm: ArmClient, subscription: str, token: str, arguments: Mapping[str, Any]) -> Json:
    """The results of a function. Raises NotCoveredError, MissingPartError or FunctionFailedError."""
    if token == "azure-native:authorization:getClientConfig":  # noqa: S105  (a function's token)
        return {"clientId": _CALLER, "objectId": _CALLER, "subscriptionId": subscription, "tenantId": TENANT}
    if token == "azure-native:authorization:getClientToken":  # noqa: S105
        return {"token": secret("emulated")}
    function = catalogue.function(token)
    path = paths.fill(function.path, arguments, subscription)
    try:
        body = await _asked(arm, function, path, arguments)
    except ArmRefusedError as error:
        raise FunctionFailedError(f"request failed {path}: {error}") from error
    outputs = shapes.to_outputs(function.shape, function.types, body)
    for name in function.secret:
        if name in outputs:
            outputs[name] = secret(outputs[name])
    return outputs | _of_resource(function, body)


async def _asked(arm: ArmClient, function: catalogue.Function, path: str, arguments: Mapping[str, Any]) -> Json:
    if function.method == "GET":
        return await arm.get(path, function.version)
    parts = catalogue.parts_of(function.path)
    given = {_IN_BODY.get(name, name): value for name, value in arguments.items() if name not in parts}
    found = await arm.post(path, function.version, given)
    return found if isinstance(found, dict) else {"value": found}


def _of_resource(function: catalogue.Function, body: Json) -> Json:
    """What only the getter of a resource answers."""
    if function.method != "GET":
        return {}
    return {"azureApiVersion": function.version} | ({"id": body["id"]} if "id" in body else {})
