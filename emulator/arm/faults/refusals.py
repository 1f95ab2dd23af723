"""Azure's errors for lack of capacity, timeouts and throttling: status, code and message of each fault."""

from azure_hotpatch.emulator.arm.http import Request
from azure_hotpatch.emulator.arm.protocol.bodies import Json, read
from azure_hotpatch.emulator.arm.protocol.errors import ArmError
from azure_hotpatch.emulator.arm.protocol.paths import ResourcePath, type_and_name

# "Troubleshoot throttling errors", "Troubleshoot allocation failures", "Resolve errors for SKU not available",
# "Troubleshoot Windows VM OS provisioning", Microsoft.Network's answer to a second write, "Troubleshoot Azure RBAC",
# and "Resolve resource not found errors".
REFUSALS: dict[str, tuple[int, str, str]] = {
    "throttled": (
        429,
        "TooManyRequests",
        "The request is being throttled as the limit has been reached for operation type.",
    ),
    "AllocationFailed": (
        409,
        "AllocationFailed",
        "Allocation failed. We do not have sufficient capacity for the requested VM size in this region. Read more "
        "about improving likelihood of allocation success at http://aka.ms/allocation-guidance",
    ),
    "SkuNotAvailable": (
        409,
        "SkuNotAvailable",
        "The requested VM size for resource 'Following SKUs have failed for Capacity Restrictions: {size}' is "
        "currently not available in location '{location}'. Please try another size or deploy to a different location "
        "or different zone. See https://aka.ms/azureskunotavailable for details.",
    ),
    "OSProvisioningTimedOut": (
        409,
        "OSProvisioningTimedOut",
        "OS Provisioning for VM '{name}' did not finish in the allotted time. The VM may still finish provisioning "
        "successfully. Please check provisioning status later. Also, make sure the image has been properly prepared "
        "(generalized).",
    ),
    "AnotherOperationInProgress": (
        409,
        "AnotherOperationInProgress",
        "Another operation on this or dependent resource is in progress.",
    ),
    "AuthorizationFailed": (
        403,
        "AuthorizationFailed",
        "The client 'hotpatch' with object id '00000000-0000-0000-0000-000000000001' does not have authorization to "
        "perform action '{action}' over scope '{scope}' or the scope is invalid. If access was recently granted, "
        "please refresh your credentials.",
    ),
    "ExpiredAuthenticationToken": (401, "ExpiredAuthenticationToken", "The access token has expired."),
    "ResourceNotFound": (
        404,
        "ResourceNotFound",
        "The Resource '{resource}' under resource group '{group}' was not found. For more details please go to "
        "https://aka.ms/ARMResourceNotFoundFix",
    ),
}
# The last word of the action in Azure's terms; a POST is an action by its own name.
_ACTIONS = {"GET": "read", "HEAD": "read", "PUT": "write", "PATCH": "write", "DELETE": "delete"}


def refusal(fault: str, request: Request, path: ResourcePath) -> ArmError:
    """The refusal with what the request is about."""
    status, code, message = REFUSALS[fault]
    body = _about(request, path)
    named = {
        "name": path.names[0] if path.names else "",
        "size": read(body, "properties.hardwareProfile.vmSize") or read(body, "sku.name") or "",
        "location": body.get("location", ""),
        "action": f"{path.type}/{_ACTIONS.get(request.method, 'action')}",
        "scope": path.id,
        "resource": type_and_name(path),
        "group": path.group,
    }
    return ArmError(message.format(**named), code=code, status=status)


def _about(request: Request, path: ResourcePath) -> Json:
    """The body that was sent, or else the stored one."""
    if isinstance(request.body, dict) and "location" in request.body:
        return request.body
    stored = request.tx.find(path.id) or (request.tx.find(path.parent.id) if path.parent else None)
    return stored.body if stored else {}
