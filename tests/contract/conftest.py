"""What the emulator says to a request, to be compared with what the domain says of the same value."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from azure_hotpatch.emulator.arm.app import create_app

GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/contract"
VERSIONS = {"Microsoft.Compute": "2024-11-01", "Microsoft.Network": "2024-05-01", "Microsoft.Maintenance": "2023-04-01"}

Refusal = str | None
Put = Callable[[str, Any], Refusal]


@pytest.fixture(scope="session")
def put(tmp_path_factory: pytest.TempPathFactory) -> Put:
    """Ask the emulator to make a resource in a group; the message of its refusal, or None."""
    app = create_app(Path(tmp_path_factory.mktemp("contract")) / "azure.sqlite")

    async def send(path: str, body: Any) -> httpx.Response:
        provider = path.partition("/")[0]
        version = VERSIONS.get(provider, "2024-03-01")
        url = f"{GROUP}/providers/{path}" if provider else GROUP
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://management.test") as client:
            return await client.put(url, json=body, params={"api-version": version})

    def refusal(path: str, body: Any) -> Refusal:
        answer = asyncio.run(send(path, body))
        assert answer.status_code < 500, answer.text
        return None if answer.status_code < 400 else str(answer.json()["error"]["message"])

    assert refusal("", {"location": "westeurope"}) is None
    return refusal


@pytest.fixture(scope="session")
def put_window(put: Put) -> Callable[..., Refusal]:
    """Ask for a maintenance configuration with these values of its window, and of what it installs."""

    def asked(patches: dict[str, Any] | None = None, **window: Any) -> Refusal:
        good = {"startDateTime": "2099-01-10 22:00", "duration": "03:00", "timeZone": "UTC", "recurEvery": "Day"}
        properties = {
            "maintenanceScope": "InGuestPatch",
            "extensionProperties": {"InGuestPatchMode": "User"},
            "maintenanceWindow": {**good, **window},
            "installPatches": {"rebootSetting": "IfRequired", **(patches or {})},
        }
        path = "Microsoft.Maintenance/maintenanceConfigurations/window"
        return put(path, {"location": "westeurope", "properties": properties})

    return asked
