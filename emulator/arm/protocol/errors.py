"""How Azure Resource Manager refuses a request: HTTP status, error code and message of each refusal."""

# ruff: noqa: N818 - the classes have the names of ARM's codes, none of which ends in Error

from collections.abc import Iterable, Sequence

from azure_hotpatch.emulator.arm.protocol.bodies import Json


class ArmError(Exception):
    """A refusal, as ARM writes it: `{"error": {"code", "message", "target"?, "details"?}}`."""

    status = 400
    code = "BadRequest"

    def __init__(
        self,
        message: str,
        target: str | None = None,
        *,
        code: str = "",
        details: Sequence[Json] = (),
        status: int | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.target = target
        self.code = code or self.code
        self.status = status or self.status
        self.details = details

    def body(self) -> Json:
        error: Json = {"code": self.code, "message": self.message}
        if self.target is not None:
            error["target"] = self.target
        if self.details:
            error["details"] = list(self.details)
        return {"error": error}


class BadRequest(ArmError):
    """A refusal with a code of its own and status 400."""


class InvalidParameter(ArmError):
    code = "InvalidParameter"


class ValueNotAllowed(InvalidParameter):
    """A parameter has none of the values that it may have, in Compute's words."""

    def __init__(self, value: object, name: str, allowed: Iterable[str]) -> None:
        known = f"Allowed values are: {', '.join(allowed)}."
        super().__init__(f"The value '{value}' of parameter '{name}' is not allowed. {known}", name)


class Conflict(ArmError):
    status = 409
    code = "Conflict"


class NotFound(ArmError):
    status = 404
    code = "NotFound"


class OperationNotAllowed(Conflict):
    code = "OperationNotAllowed"


class PreconditionFailed(ArmError):
    status = 412
    code = "PreconditionFailed"


class MethodNotAllowed(ArmError):
    status = 405
    code = "HttpMethodNotSupported"


class NotEmulated(ArmError):
    """Azure may support it; the emulator does not, and says so."""

    status = 501
    code = "NotEmulated"


class PropertyChangeNotAllowed(Conflict):
    code = "PropertyChangeNotAllowed"

    def __init__(self, path: str) -> None:
        super().__init__(f"Changing property '{path}' is not allowed.", path)


class MissingApiVersion(ArmError):
    code = "MissingApiVersionParameter"

    def __init__(self) -> None:
        super().__init__("The api-version query parameter (?api-version=) is required for all requests.")


class InvalidRequestContent(ArmError):
    code = "InvalidRequestContent"

    def __init__(self, why: str) -> None:
        super().__init__(f"The request content was invalid and could not be deserialized: '{why}'.")


class InvalidSubscriptionId(ArmError):
    code = "InvalidSubscriptionId"

    def __init__(self, subscription: str) -> None:
        super().__init__(f"The provided subscription identifier '{subscription}' is malformed or invalid.")


class ResourceGroupNotFound(NotFound):
    code = "ResourceGroupNotFound"

    def __init__(self, group: str) -> None:
        super().__init__(f"Resource group '{group}' could not be found.")


class ResourceNotFound(NotFound):
    code = "ResourceNotFound"

    def __init__(self, type_and_name: str, group: str) -> None:
        where = f"under resource group '{group}' " if group else ""
        super().__init__(
            f"The Resource '{type_and_name}' {where}was not found. "
            "For more details please go to https://aka.ms/ARMResourceNotFoundFix"
        )


class ParentResourceNotFound(NotFound):
    code = "ParentResourceNotFound"

    def __init__(self, resource_type: str, parent: str) -> None:
        super().__init__(
            f"Failed to perform 'write' on resource(s) of type '{resource_type}', "
            f"because the parent resource '{parent}' could not be found."
        )


class InvalidResourceReference(ArmError):
    code = "InvalidResourceReference"

    def __init__(self, target: str, source: str) -> None:
        super().__init__(
            f"Resource {target} referenced by resource {source} was not found. "
            "Please make sure that the referenced resource exists, and that both resources are in the same region."
        )


class InvalidRequestFormat(ArmError):
    """Microsoft.Network's answer where a property that must be there is missing."""

    code = "InvalidRequestFormat"

    def __init__(self, name: str, path: str) -> None:
        detail = {
            "code": "MissingJsonProperty",
            "message": f"Required property '{name}' not found in JSON. Path '{path}'.",
        }
        super().__init__("Cannot parse the request.", details=(detail,))
