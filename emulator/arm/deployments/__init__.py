"""Microsoft.Resources/deployments: templates deployed to the emulator's own resources, at every scope of ARM."""

from collections.abc import Callable

from azure_hotpatch.emulator.arm.deployments import handlers
from azure_hotpatch.emulator.arm.deployments.deployment_client import Send
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle import operations

Handler = Callable[[Request, Send], Reply]

_SCOPES = (
    "/subscriptions/{subscription}/resourceGroups/{group}",
    "/subscriptions/{subscription}",
    "/providers/Microsoft.Management/managementGroups/{management}",
    "",
)
_PROVIDER = "/providers/Microsoft.Resources"
_ONE = f"{_PROVIDER}/deployments/{{name}}"

_AT_EACH_SCOPE: tuple[tuple[str, str, Handler], ...] = (
    ("GET", f"{_PROVIDER}/deployments", handlers.list_all),
    ("PUT", _ONE, handlers.put),
    ("GET", _ONE, handlers.get),
    ("HEAD", _ONE, handlers.head),
    ("DELETE", _ONE, handlers.delete),
    ("POST", f"{_ONE}/validate", handlers.validate),
    ("POST", f"{_ONE}/whatIf", handlers.what_if),
    ("POST", f"{_ONE}/exportTemplate", handlers.export),
    ("POST", f"{_ONE}/cancel", handlers.cancel),
    ("GET", f"{_ONE}/operationStatuses/{{operation}}", handlers.status),
    # The clients leave the provider out of an operation's address; ARM answers both.
    ("GET", f"{_ONE}/operations", handlers.list_operations),
    ("GET", f"{_ONE}/operations/{{operation}}", handlers.get_operation),
    ("GET", "/deployments/{name}/operations", handlers.list_operations),
    ("GET", "/deployments/{name}/operations/{operation}", handlers.get_operation),
)


def _result(request: Request, _send: Send) -> Reply:
    return operations.result(request)


# Methods, path, and the handler.
ROUTES: tuple[tuple[str, str, Handler], ...] = (
    *((methods, scope + path, handler) for scope in _SCOPES for methods, path, handler in _AT_EACH_SCOPE),
    ("POST", f"{_PROVIDER}/calculateTemplateHash", handlers.template_hash),
    ("GET", f"{_PROVIDER}/operationResults/{{operation}}", _result),
)
