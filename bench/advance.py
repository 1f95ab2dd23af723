"""What it costs to move the emulator's clock by a month over 10,000 machines, beside a tenth of them.

    python bench/advance.py [machines]

Machines of four regions, of both server generations, half of them patched by a schedule with a dynamic scope. Prints
the processor's seconds for each month as JSON; what else runs does not count. Ends with 1 where a month takes longer
than the bar, or a machine more among many than among few.
"""

import json
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta

from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.database.stored import Resource
from azure_hotpatch.emulator.arm.rounds import timeline

BAR = 15.0  # seconds for 10,000 machines
MOST_GROWTH = 1.6  # of the time for one machine, from a tenth to all of them
MONTHS = 3
START = datetime(2025, 1, 12, tzinfo=UTC)
GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/fleet"
REGIONS = ("westeurope", "northeurope", "eastus", "westus")
IMAGES = (
    ("2022-datacenter-azure-edition-core", "20348.2762.241008"),
    ("2025-datacenter-azure-edition", "26100.2033.241008"),
)


def machine(number: int) -> Resource:
    sku, version = IMAGES[number % 2]
    scheduled = number % 4 < 2
    settings = {
        "patchMode": "AutomaticByPlatform",
        "assessmentMode": "AutomaticByPlatform",
        "enableHotpatching": not scheduled,
        "automaticByPlatformSettings": {"bypassPlatformSafetyChecksOnUserSchedule": scheduled},
    }
    image = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": sku, "exactVersion": version}
    properties = {
        "storageProfile": {"imageReference": image, "osDisk": {"osType": "Windows"}},
        "osProfile": {"windowsConfiguration": {"patchSettings": settings}},
    }
    tags = {"patching": "schedule"} if scheduled else {}
    body = {"location": REGIONS[number // 4 % 4], "tags": tags, "properties": properties}
    path = f"{GROUP}/providers/Microsoft.Compute/virtualMachines/m{number:05}"
    return Resource(path, "Microsoft.Compute/virtualMachines", body)


def schedule() -> tuple[Resource, Resource]:
    """A schedule, and its assignment by a tag."""
    kind = "Microsoft.Maintenance/maintenanceConfigurations"
    window = {
        "startDateTime": "2025-01-12 22:00",
        "expirationDateTime": "9999-12-31 23:59:59",
        "duration": "03:55",
        "timeZone": "W. Europe Standard Time",
        "recurEvery": "Week Saturday",
    }
    patches = {"windowsParameters": {"classificationsToInclude": ["Critical", "Security"]}}
    properties = {"maintenanceScope": "InGuestPatch", "maintenanceWindow": window, "installPatches": patches}
    configuration = Resource(f"{GROUP}/providers/{kind}/saturdays", kind, {"properties": properties})
    assigned = "Microsoft.Maintenance/configurationAssignments"
    chosen = {"tagSettings": {"tags": {"patching": ["schedule"]}}}
    body = {"properties": {"maintenanceConfigurationId": configuration.id, "filter": chosen}}
    return configuration, Resource(f"{GROUP}/providers/{assigned}/saturdays", assigned, body)


def months(count: int) -> list[float]:
    """The processor's seconds for each month that `count` machines live through."""
    store, seconds = Store(":memory:"), []
    with store.transaction() as tx:
        tx.move_clock(START - tx.now())
        for one in (*schedule(), *map(machine, range(count))):
            tx.save(one)
    for _ in range(MONTHS):
        began = time.process_time()
        with store.transaction() as tx:
            before, by = tx.now(), timedelta(days=30)
            tx.move_clock(by)
            timeline.run(tx, before, before + by)
        seconds.append(round(time.process_time() - began, 2))
    store.close()
    return seconds


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else 10_000
    few, many = months(count // 10), months(count)
    growth = statistics.median(many) / (10 * statistics.median(few))
    found = {"machines": count, "seconds": many, "seconds of a tenth": few, "growth": round(growth, 2)}
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
    return int(max(many) > BAR * count / 10_000 or growth > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
