"""The client through which a deployment sends requests for its resources; they are refused as any client's are."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from azure_hotpatch.emulator.arm.database import planned_ends
from azure_hotpatch.emulator.arm.database.planned_ends import PlannedEnd
from azure_hotpatch.emulator.arm.deployments import records
from azure_hotpatch.emulator.arm.http import Reply, Request
from azure_hotpatch.emulator.arm.lifecycle import operations
from azure_hotpatch.emulator.arm.protocol.bodies import Json
from azure_hotpatch.emulator.arm.protocol.errors import ArmError

Send = Callable[[Request], Reply]
_LONGEST = 100  # how often a resource is polled; the emulator's own need far fewer


@dataclass(frozen=True, slots=True)
class DeploymentClient:
    """Sends requests within the transaction of the one that began the deployment."""

    request: Request
    send: Send

    def put(self, resource_id: str, version: str, body: Json) -> int:
        """Create or update, and wait until it is done; the status that ARM answered."""
        reply = self._ask("PUT", resource_id, version, body)
        self._wait(resource_id)
        return reply.status

    def get(self, resource_id: str, version: str) -> Json | None:
        """A resource, or None where there is none."""
        try:
            found: Json = self._ask("GET", resource_id, version).body
        except ArmError as error:
            if error.status == 404:
                return None
            raise
        return found

    def read(self, resource_id: str, version: str) -> Json:
        """The result of reference()."""
        found: Json = self._ask("GET", resource_id, version).body
        return found

    def act(self, action: str, resource_id: str, version: str, body: Any) -> Any:
        """The result of listKeys() and similar functions."""
        return self._ask("POST", f"{resource_id}/{action}", version, body).body

    def delete(self, resource_id: str, version: str) -> None:
        self._ask("DELETE", resource_id, version)
        self._wait(resource_id)

    def _ask(self, method: str, path: str, version: str, body: Any = None) -> Reply:
        asked = replace(
            self.request, method=method, path=path, query={"api-version": version}, headers={}, body=body, parameters={}
        )
        return self.send(asked)

    def _wait(self, resource_id: str) -> None:
        """Wait until a resource exists, or is gone."""
        found = self.request.tx.find(resource_id)
        for _ in range(_LONGEST):
            if found is None or found.state in {"Succeeded", "Failed"}:
                return
            found = operations.settle(self.request.tx, found)

    def pending(self, resource_id: str) -> PlannedEnd | None:
        """How the operation on a resource is to end, where a fault keeps it open."""
        found = self.request.tx.find(resource_id)
        return records.open_end(self.request.tx, found.key) if found else None

    def check_end(self, resource_id: str) -> None:
        """Raise what the last operation on a resource failed with, if it did; the resource stays."""
        found = self.request.tx.find(resource_id)
        error = planned_ends.failure(self.request.tx, found.key) if found and found.state == "Failed" else None
        if error:
            raise error
