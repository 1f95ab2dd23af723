"""What `hotpatch status` costs over 10,000 machines in a served emulator: seconds and memory, of both."""

import json
import resource
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn

from azure_hotpatch.emulator.arm.app import create_app
from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.database.stored import Resource, stamp

MACHINES = 10_000
SECONDS, MEGABYTES = 20.0, 300.0
DAY = datetime(2025, 12, 15, 12, tzinfo=UTC)
SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/fleet"
REGIONS = ("westeurope", "northeurope", "eastus")


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--client"]:
        return client(arguments[1])
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "azure.sqlite"
        fill(store)
        server = uvicorn.Server(uvicorn.Config(create_app(store), port=0, log_level="error", access_log=False))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        command = [sys.executable, __file__, "--client", url]
        started, spent = time.monotonic(), time.process_time()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        seconds, spent = time.monotonic() - started, time.process_time() - spent
        server.should_exit = True
        thread.join()
    found = json.loads(done.stdout)
    print(f"{found['machines']} machines, {found['queries']} queries, {found['views']} instance views")
    alone = undisturbed(found["processor"] + spent, found["queries"])
    print(f"{seconds:6.1f} s from start to end; about {alone:.1f} s on a machine that does nothing else")
    print(f"{found['processor']:6.1f} s of a processor in the client, {spent:.1f} s in the emulator")
    print(f"{found['megabytes']:6.0f} MB at most in the client, {megabytes():.0f} MB in the emulator")
    # Others may use the machine as well, which is not the command's doing.
    return int(alone > SECONDS or found["megabytes"] > MEGABYTES or found["machines"] != MACHINES)


def undisturbed(work: float, queries: int) -> float:
    """The seconds that it takes at most by itself: Azure's 15 queries in five seconds let the client wait meanwhile."""
    waits = (queries - 1) // 15
    return max(work, waits * 5.0 + work / (waits + 1))


def megabytes() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024 if sys.platform != "darwin" else 1024**2)


def client(url: str) -> int:
    """What the command does, in a process of its own, without the log-in that http does not allow."""
    from azure.core.pipeline.policies import SansIOHTTPPolicy

    from azure_hotpatch.operations.clients import reading
    from azure_hotpatch.operations.clients.connection import ENDPOINT, Connection
    from azure_hotpatch.operations.clients.graph import Graph
    from azure_hotpatch.operations.clients.targets import Wanted
    from azure_hotpatch.operations.status import report
    from azure_hotpatch.operations.status.release_history import CALENDAR
    from azure_hotpatch.operations.status.status import Policy, status_of

    no_one: Any = object()
    connection = Connection({ENDPOINT: url}, credential=no_one, authentication_policy=SansIOHTTPPolicy())
    policy = Policy()
    with Graph(connection, (SUBSCRIPTION,)) as graph:
        wanted = Wanted(kbs=reading.kbs_of(CALENDAR, DAY))
        fleet = reading.read_fleet(graph, connection, wanted, reading.Views.STALE, DAY, policy)
    rows = [report.cells(status_of(machine, DAY, CALENDAR, policy), DAY) for machine in fleet.machines]
    used = resource.getrusage(resource.RUSAGE_SELF)
    found = {
        "machines": len(rows),
        "queries": fleet.queries,
        "views": fleet.views,
        "processor": used.ru_utime + used.ru_stime,
        "megabytes": megabytes(),
    }
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    return 0


def fill(path: Path) -> None:
    store = Store(path)
    with store.transaction() as tx:
        tx.move_clock(DAY - tx.now())
        tx.save(Resource(GROUP, "Microsoft.Resources/resourceGroups", {"location": REGIONS[0]}))
        for number in range(MACHINES):
            found = machine(number)
            tx.save(found)
            tx.record(found.key, "installation", stamp(DAY - timedelta(days=3)), installation(number))
    store.close()


def machine(number: int) -> Resource:
    """A machine with hotpatch, assessed today; each hundredth was assessed long ago, each tenth lacks a hotpatch."""
    image = {
        "publisher": "MicrosoftWindowsServer",
        "offer": "WindowsServer",
        "sku": "2025-datacenter-azure-edition-core",
        "version": "latest",
        "exactVersion": "26100.6899.251014",
    }
    settings = {"patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform", "enableHotpatching": True}
    windows = {"provisionVMAgent": True, "enableAutomaticUpdates": True, "patchSettings": settings}
    properties = {
        "storageProfile": {"imageReference": image, "osDisk": {"osType": "Windows", "name": f"os-{number}"}},
        "osProfile": {"computerName": f"vm-{number}", "windowsConfiguration": windows},
    }
    stale = number % 100 == 0
    assessment = {
        "assessmentActivityId": str(number),
        "rebootPending": False,
        "criticalAndSecurityPatchCount": number % 10 == 0,
        "otherPatchCount": 0,
        "time": stamp(DAY - timedelta(days=6 if stale else 0, hours=2)),
        "startedBy": "Platform",
        "patches": [patch("5072014")] if number % 10 == 0 else [],
    }
    body = {"location": REGIONS[number % 3], "tags": {"ring": f"r{number % 5}"}, "properties": properties}
    name = f"{GROUP}/providers/Microsoft.Compute/virtualMachines/vm-{number:05}"
    return Resource(name, "Microsoft.Compute/virtualMachines", body, hidden={"assessment": assessment})


def patch(kb: str) -> dict[str, Any]:
    published = "2025-12-09T18:00:00.000000+00:00"
    return {
        "patchId": f"patch-{kb}",
        "name": f"2025-12 Security Update (KB{kb})",
        "kbId": kb,
        "classifications": ["Security"],
        "rebootBehavior": "NeverReboots",
        "publishedDate": published,
        "lastModifiedDateTime": published,
    }


def installation(number: int) -> dict[str, Any]:
    """A run of three days ago, with the month's hotpatch on those that have it."""
    when = stamp(DAY - timedelta(days=3))
    installed = [] if number % 10 == 0 else [{**patch("5072014"), "installationState": "Installed"}]
    return {
        "installationActivityId": f"run-{number}",
        "status": "Succeeded",
        "rebootStatus": "NotNeeded",
        "maintenanceWindowExceeded": False,
        "patches": installed,
        "startDateTime": when,
        "lastModifiedDateTime": when,
        "startedBy": "Platform",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
