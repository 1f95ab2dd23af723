"""What queries of Resource Graph cost over a fleet: 10,000 machines with their interfaces, disks and assessments."""

import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from azure_hotpatch.emulator.arm.app import create_app
from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.database.stored import Resource, stamp

MACHINES = 10_000
BAR = 5.0  # seconds of a processor that a query may take
GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/fleet"
_VMS = "resources | where type =~ 'microsoft.compute/virtualmachines' | project machine = tolower(id), name"
_RESULTS = "microsoft.compute/virtualmachines/patchassessmentresults"
QUERIES = {
    "all resources, counted": "resources | summarize count() by type",
    "a page of machines": f"{_VMS} | order by name asc",
    "joined to assessments": f"""{_VMS} | join kind=leftouter (patchassessmentresources | where type =~ '{_RESULTS}'
        | parse tolower(id) with machine '/patchassessmentresults/' *
        | project machine, assessed = properties) on machine
        | summarize count(), countif(assessed.rebootPending == true)""",
    "joined to patches": f"""{_VMS} | join kind=inner (patchassessmentresources
        | where type =~ '{_RESULTS}/softwarepatches'
        | parse tolower(id) with machine '/patchassessmentresults/' *
        | project machine, kb = tostring(properties.kbId)) on machine | summarize dcount(machine) by kb""",
}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "azure.sqlite"
        fill(path)
        times = asyncio.run(measure(path))
    for name, seconds in times.items():
        print(f"{name:24s} {seconds:6.2f} s")
    return int(max(times.values()) > BAR)


def fill(path: Path) -> None:
    store = Store(path)
    with store.transaction() as tx:
        tx.save(Resource(GROUP, "Microsoft.Resources/resourceGroups", {"location": "westeurope"}))
        for number in range(MACHINES):
            for resource in machine(number):
                tx.save(resource)
    store.close()


def machine(number: int) -> list[Resource]:
    """A machine that was assessed just now, with its interface and its disk."""
    now = stamp(datetime.now(UTC))
    image = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": "2022-datacenter-azure-edition"}
    settings = {"patchMode": "AutomaticByPlatform", "enableHotpatching": True}
    properties: dict[str, Any] = {
        "storageProfile": {"imageReference": image, "osDisk": {"osType": "Windows"}, "dataDisks": []},
        "osProfile": {"computerName": f"vm{number}", "windowsConfiguration": {"patchSettings": settings}},
        "networkProfile": {"networkInterfaces": [{"id": f"{GROUP}/providers/Microsoft.Network/n{number}"}]},
    }
    assessment = {
        "assessmentActivityId": str(number),
        "rebootPending": False,
        "criticalAndSecurityPatchCount": 4,
        "otherPatchCount": 0,
        "time": now,
        "startedBy": "User",
        "patches": [patch(f"50663{at}") for at in range(4)],
    }
    return [
        _resource("Microsoft.Compute/virtualMachines", number, properties, {"assessment": assessment}),
        _resource("Microsoft.Compute/disks", number, {"diskSizeGB": 127}),
        _resource("Microsoft.Network/networkInterfaces", number, {"ipConfigurations": []}),
    ]


def patch(number: str) -> dict[str, Any]:
    published = "2026-11-10T18:00:00.000000+00:00"
    return {
        "patchId": f"patch-{number}",
        "name": f"Update (KB{number})",
        "kbId": number,
        "classifications": ["Security"],
        "rebootBehavior": "NeverReboots",
        "publishedDate": published,
        "lastModifiedDateTime": published,
    }


def _resource(kind: str, number: int, properties: Any, hidden: Any = None) -> Resource:
    body = {"location": "westeurope", "properties": properties}
    return Resource(f"{GROUP}/providers/{kind}/r{number}", kind, body, hidden=hidden or {})


async def measure(path: Path) -> dict[str, float]:
    transport = httpx.ASGITransport(app=create_app(path))
    async with httpx.AsyncClient(transport=transport, base_url="http://management.test", timeout=300) as client:
        return {name: await _seconds(client, query) for name, query in QUERIES.items()}


async def _seconds(client: httpx.AsyncClient, query: str) -> float:
    started = time.process_time()  # others may use the machine as well
    path = "/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01"
    (await client.post(path, json={"query": query})).raise_for_status()
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())
