"""The request that a handler takes, and the reply that it returns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from azure_hotpatch.emulator.arm.database.transaction import Transaction
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import ArmError, InvalidRequestContent
from azure_hotpatch.emulator.arm.result_cache import ResultCache

# A handler sets this to make the client poll; the application sets the delay (create_app's `pause`).
ASK_AGAIN: Mapping[str, str] = {"Retry-After": "0"}


@dataclass(frozen=True, slots=True)
class Request:
    """A request in ARM's terms. `base` is the scheme and host that the answer's links start with."""

    method: str
    path: str
    query: Mapping[str, str]  # names in lower case
    headers: Mapping[str, str]  # names in lower case
    base: str
    body: Any
    tx: Transaction
    cache: ResultCache
    parameters: Mapping[str, str] = field(default_factory=dict)  # what the route took from the path

    @property
    def version(self) -> str:
        return self.query.get("api-version", "")

    def object(self) -> Json:
        """The body, which must be a JSON object."""
        if not isinstance(self.body, dict):
            raise InvalidRequestContent("The request body must be a JSON object")
        return self.body


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, body and headers of an answer."""

    status: int = 200
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0  # seconds until it is sent
    is_cut: bool = False  # a fault on purpose: the connection is closed in place of it, where there is one
    ends_process: bool = False  # a fault on purpose: the process ends in place of it


def listing(values: Iterable[Any]) -> Reply:
    """A list that is short enough for one page."""
    return Reply(200, {"value": list(values)})


def refused(error: ArmError) -> Reply:
    """A refusal as an answer. A handler that raises the error undoes what it wrote; one that returns this keeps it."""
    return Reply(error.status, error.body(), {"x-ms-failure-cause": "gateway"})
