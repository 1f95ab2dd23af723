"""The emulated Azure within this process, with a clock that starts in the past."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import httpx

from azure_hotpatch.cli.failure import Failure
from azure_hotpatch.cli.given import json_object_of
from azure_hotpatch.emulator.arm.app import create_app
from azure_hotpatch.emulator.arm.protocol.errors import ArmError
from azure_hotpatch.emulator.arm.windows_update.events import EventFile, check

SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000001"
_VERSIONS = {
    "": "2024-03-01",
    "microsoft.network": "2024-05-01",
    "microsoft.compute": "2024-11-01",
    "microsoft.maintenance": "2023-04-01",
}


def event_file(name: str) -> EventFile:
    """Read and validate the event file that --events names."""
    try:
        return check(json_object_of(name, "--events"))
    except ArmError as error:
        raise Failure(f"--events {name}: {error.message}") from None


class EmulatedAzure:
    """Requests to the emulator, without a socket and without a file."""

    def __init__(self, start: datetime, events: EventFile | None = None) -> None:
        self._app = create_app(":memory:", start=start, events=events)

    def put(self, path: str, body: Mapping[str, Any]) -> None:
        """Create a resource, and wait until it exists; a Failure with Azure's message if it is refused."""
        answer = self._ask("PUT", path, body)
        if answer.status_code >= 400:
            raise Failure(f"the emulated Azure refuses {path.rsplit('/', 1)[1]}: {_words(answer)}")
        while (url := answer.headers.get("Azure-AsyncOperation")) and self._ask("GET", url).json()[
            "status"
        ] == "InProgress":
            pass

    def get(self, path: str) -> Any:
        """The emulator's answer, as parsed JSON."""
        return self._ask("GET", path).json()

    def move_to(self, moment: datetime) -> None:
        """Move the clock on; what was due meanwhile is done."""
        self._ask("POST", "/emulator/clock", {"now": moment.isoformat()}).raise_for_status()

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> httpx.Response:
        return asyncio.run(self._send(method, path, body))

    async def _send(self, method: str, path: str, body: Mapping[str, Any] | None) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://management.test") as client:
            return await client.request(method, _versioned(path), json=body)


def _versioned(path: str) -> str:
    if "api-version=" in path or path.startswith("/emulator/"):
        return path
    provider = path.lower().rsplit("/providers/", 1)[1].split("/")[0] if "/providers/" in path else ""
    return f"{path}?api-version={_VERSIONS[provider]}"


def _words(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return f"status {answer.status_code}"
