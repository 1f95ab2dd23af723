"""A small estate in the autumn of 2025, lived through in an emulated Azure: every way on and off the hotpatch track."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from azure_hotpatch.emulator.arm.app import create_app
from azure_hotpatch.emulator.arm.database.store import Store
from azure_hotpatch.emulator.arm.database.stored import Resource
from tests.images import windows_server_image

SUBSCRIPTION = "11111111-2222-3333-4444-555555555555"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/fleet"
COMPUTE = f"{GROUP}/providers/Microsoft.Compute"
START, END = datetime(2025, 9, 12, 12, tzinfo=UTC), datetime(2025, 12, 15, 12, tzinfo=UTC)
STRAY = "5070881"  # out-of-band, with a restart, of October 23, 2025
OF_JULY = {"2022": "20348.3932.250708", "2025": "26100.4652.250708"}
_SCHEDULE = f"{GROUP}/providers/Microsoft.Maintenance/maintenanceConfigurations/nightly"


def machine(name: str, sku: str = "2025-datacenter-azure-edition-core", version: str = "", **settings: Any) -> Resource:
    """A virtual machine; `settings` go to its patch settings, `ring`, `scale_set` and `power` to the machine."""
    ring, scale_set, power = settings.pop("ring", "one"), settings.pop("scale_set", None), settings.pop("power", None)
    image = {**windows_server_image(sku), "exactVersion": version or OF_JULY[sku[:4]]}
    patching = {"patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform", "enableHotpatching": True}
    windows = {"provisionVMAgent": True, "enableAutomaticUpdates": True, "patchSettings": patching | settings}
    properties: dict[str, Any] = {
        "storageProfile": {"imageReference": image, "osDisk": {"name": name, "osType": "Windows"}, "dataDisks": []},
        "osProfile": {"computerName": name, "windowsConfiguration": windows},
        "networkProfile": {"networkInterfaces": []},
        "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
    }
    if scale_set:
        properties["virtualMachineScaleSet"] = {"id": f"{COMPUTE}/virtualMachineScaleSets/{scale_set}"}
    body = {"location": "westeurope", "tags": {"ring": ring}, "zones": ["1"], "properties": properties}
    hidden = {"power": power} if power else {}
    return Resource(f"{COMPUTE}/virtualMachines/{name}", "Microsoft.Compute/virtualMachines", body, hidden=hidden)


def machines() -> list[Resource]:
    plain = {"enableHotpatching": False}
    return [
        machine("web-1"),
        machine("web-2", ring="two"),
        machine("stray-1", patchMode="AutomaticByPlatform"),
        machine("sql-1", "2022-datacenter-azure-edition-core"),
        machine("plain-1", "2022-datacenter", **plain),
        machine("stopped-1", **_bypassed()),
        machine("planned-1", **_bypassed(), **plain),
        machine("hand-1", "2022-datacenter", patchMode="Manual", assessmentMode="ImageDefault", **plain),
        machine("off-1", power="deallocated"),
        machine("blocked-1"),
        machine("set-1_0", scale_set="set-1"),
    ]


def _bypassed() -> dict[str, Any]:
    return {"automaticByPlatformSettings": {"bypassPlatformSafetyChecksOnUserSchedule": True}}


def _arc() -> Resource:
    properties = {
        "osType": "windows",
        "osSku": "Windows Server 2025 Standard",
        "osVersion": "10.0.26100.4652",
        "osEdition": "serverstandard",
        "status": "Connected",
    }
    path = f"{GROUP}/providers/Microsoft.HybridCompute/machines/arc-1"
    return Resource(path, "Microsoft.HybridCompute/machines", {"location": "westeurope", "properties": properties})


def _schedule() -> Resource:
    window = {
        "startDateTime": "2025-09-13 22:00",
        "expirationDateTime": "9999-12-31 23:59:59",
        "duration": "03:55",
        "timeZone": "UTC",
        "recurEvery": "1Month Second Tuesday Offset4",
    }
    installs = {
        "rebootSetting": "IfRequired",
        "windowsParameters": {"classificationsToInclude": ["Critical", "Security"]},
    }
    properties = {
        "maintenanceScope": "InGuestPatch",
        "extensionProperties": {"InGuestPatchMode": "User"},
        "maintenanceWindow": window,
        "installPatches": installs,
    }
    body = {"location": "westeurope", "properties": properties}
    return Resource(_SCHEDULE, "Microsoft.Maintenance/maintenanceConfigurations", body)


def _assignment(name: str) -> Resource:
    path = f"{COMPUTE}/virtualMachines/{name}/providers/Microsoft.Maintenance/configurationAssignments/nightly"
    properties = {"maintenanceConfigurationId": _SCHEDULE, "resourceId": f"{COMPUTE}/virtualMachines/{name}"}
    body = {"location": "westeurope", "properties": properties}
    return Resource(path, "Microsoft.Maintenance/configurationAssignments", body)


class Emulator:
    """An emulated Azure on a store, asked without a socket."""

    def __init__(self, store: Path) -> None:
        self._app = create_app(store)

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        return asyncio.run(self._ask(method, path, body))

    async def _ask(self, method: str, path: str, body: Any) -> Any:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://management.test", timeout=120) as client:
            version = "" if path.startswith("/emulator") else "?api-version=2024-11-01"
            answer = await client.request(method, f"{path}{version}", json=body)
            assert answer.status_code < 400, answer.text
            operation = answer.headers.get("Azure-AsyncOperation")
            for _ in range(4 if operation else 0):
                await client.get(operation)
            return answer.json() if answer.content else None

    def go_to(self, moment: datetime) -> None:
        self.ask("POST", "/emulator/clock", {"now": moment.isoformat()})

    def install(self, name: str, *kbs: str, reboot: str = "IfRequired") -> None:
        wanted = {"kbNumbersToInclude": list(kbs)} if kbs else {"classificationsToInclude": ["Critical", "Security"]}
        body = {"maximumDuration": "PT4H", "rebootSetting": reboot, "windowsParameters": wanted}
        self.ask("POST", f"{COMPUTE}/virtualMachines/{name}/installPatches", body)

    def assess(self, name: str) -> None:
        self.ask("POST", f"{COMPUTE}/virtualMachines/{name}/assessPatches")

    def tracks(self) -> dict[str, Any]:
        """What the emulator knows of each machine's track, by name."""
        return {one["id"].rpartition("/")[2]: one for one in self.ask("GET", "/emulator/tracks")["value"]}


def live(store: Path) -> Emulator:
    """The estate as it is on END: Azure patched by itself, and one machine was given KB5070881 by hand."""
    memory = Store(store)
    with memory.transaction() as tx:
        tx.move_clock(START - tx.now())
        tx.save(Resource(GROUP, "Microsoft.Resources/resourceGroups", {"location": "westeurope"}))
        for one in (*machines(), _arc(), _schedule(), _assignment("planned-1"), _assignment("blocked-1")):
            tx.save(one)
    memory.close()
    azure = Emulator(store)
    azure.go_to(datetime(2025, 10, 23, 20, tzinfo=UTC))
    azure.install("stray-1", STRAY)
    azure.go_to(END)
    return azure
