"""An emulated Azure of a script's own, whose clock starts in the past, and machines in it."""

import json
import os
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from azure_hotpatch.domain.azure.patching import PatchingMode, windows_configuration

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"  # the one that `hotpatch azure env` names
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/fleet"
COMPUTE, NETWORK = f"{GROUP}/providers/Microsoft.Compute", f"{GROUP}/providers/Microsoft.Network"
SCHEDULES = f"{GROUP}/providers/Microsoft.Maintenance/maintenanceConfigurations"
SECURITY = {"classificationsToInclude": ["Critical", "Security"]}
HOTPATCH = (sys.executable, "-P", "-m", "azure_hotpatch.cli")  # -P: not what lies in the folder
_VERSIONS = {
    "Microsoft.Network": "2024-05-01",
    "Microsoft.Compute": "2024-11-01",
    "Microsoft.Maintenance": "2023-04-01",
}


@dataclass(frozen=True)
class Azure:
    """A served emulator: `environ` points `hotpatch` at it, as `hotpatch azure env` points a shell."""

    client: httpx.Client
    environ: Mapping[str, str]

    def put(self, path: str, body: Mapping[str, Any]) -> None:
        self._ask("PUT", path, body)

    def install(self, name: str) -> None:
        """What "One-time update" does in the portal."""
        body = {"maximumDuration": "PT2H", "rebootSetting": "IfRequired", "windowsParameters": SECURITY}
        self._ask("POST", f"{COMPUTE}/virtualMachines/{name}/installPatches", body)

    def pause(self, name: str) -> None:
        """What `patchingMode: paused` does: nobody patches the machine, and nothing installs an update again."""
        settings = windows_configuration(PatchingMode.PAUSED)["patchSettings"]
        body = {"properties": {"osProfile": {"windowsConfiguration": {"patchSettings": settings}}}}
        self._ask("PATCH", f"{COMPUTE}/virtualMachines/{name}", body)

    def tracks(self) -> dict[str, dict[str, Any]]:
        """What the emulator itself knows of each machine's track, by the machine's name."""
        found = self.client.get("/emulator/tracks").raise_for_status().json()["value"]
        return {one["id"].rpartition("/")[2]: one for one in found}

    def move_to(self, moment: str) -> None:
        """Move the clock to a moment in UTC; what is due until then happens."""
        self.client.post("/emulator/clock", json={"now": f"{moment}+00:00"}).raise_for_status()

    def hotpatch(self, *arguments: str, codes: tuple[int, ...] = (0,)) -> str:
        """What a command prints on standard output; it must end with one of the codes."""
        done = subprocess.run([*HOTPATCH, *arguments], env=self.environ, capture_output=True, text=True, check=False)
        if done.returncode not in codes:
            sys.exit(f"hotpatch {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def _ask(self, method: str, path: str, body: Mapping[str, Any]) -> None:
        provider = path.rsplit("/providers/", 1)[1].split("/")[0] if "/providers/" in path else ""
        version = {"api-version": _VERSIONS.get(provider, "2024-03-01")}
        answer = self.client.request(method, path, params=version, json=body)
        if answer.is_error:
            sys.exit(f"{path}: {answer.text}")
        while (operation := answer.headers.get("Azure-AsyncOperation")) and _is_under_way(self.client.get(operation)):
            pass


def _is_under_way(answer: httpx.Response) -> bool:
    return bool(answer.raise_for_status().json()["status"] == "InProgress")


@contextmanager
def served(folder: Path, start: str) -> Iterator[Azure]:
    """An emulator that keeps all it has in `folder`, and whose clock starts at `start`."""
    own = {
        "AZURE_HOTPATCH_EMULATOR_HOME": str(folder),
        "AZURE_HOTPATCH_JOURNAL": str(folder / "journal.jsonl"),
        "AZURE_HOTPATCH_CALENDAR": "none",
        "XDG_STATE_HOME": str(folder),
    }
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("AZURE_", "ARM_"))} | own
    command = [*HOTPATCH, "azure", "serve", "--port=0", "--plain-port=0", "--quick", "--store=:memory:"]
    server = subprocess.Popen([*command, f"--start={start}"], env=environ, stdout=subprocess.DEVNULL)
    try:
        address = f"https://localhost:{_port(folder, server)}"
        asked = [*HOTPATCH, "azure", "env", "--shell=dotenv"]
        written = subprocess.run(asked, env=environ, capture_output=True, text=True, check=True).stdout
        pointed = dict(line.partition("=")[::2] for line in written.splitlines() if "=" in line)
        trusted = ssl.create_default_context(cafile=str(folder / "ca.pem"))
        with httpx.Client(base_url=address, verify=trusted, timeout=120, trust_env=False) as client:
            yield Azure(client, environ | {name: value.strip("\"'") for name, value in pointed.items()})
    finally:
        server.terminate()
        server.wait()


def _port(folder: Path, server: subprocess.Popen[bytes]) -> int:
    """The port of the server, which says it in a file when it listens."""
    file = folder / "server.json"
    while server.poll() is None:
        if file.exists() and (text := file.read_text()):
            return int(json.loads(text)["port"])
        time.sleep(0.05)
    sys.exit("the emulator did not start")


def machines(fleet: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The name of each machine of a fleet, and its kind."""
    for kind in fleet["kinds"]:
        for number in range(kind["count"]):
            yield f"{kind['name']}-{number}", kind


def make(azure: Azure, fleet: Mapping[str, Any]) -> None:
    """Bring a fleet up: its group, network and schedule, and the machines of each kind."""
    location = fleet["location"]
    azure.put(GROUP, {"location": location})
    subnet = {"name": "machines", "properties": {"addressPrefix": "10.0.0.0/16"}}
    space = {"addressSpace": {"addressPrefixes": ["10.0.0.0/8"]}, "subnets": [subnet]}
    azure.put(f"{NETWORK}/virtualNetworks/net", {"location": location, "properties": space})
    if schedule := fleet.get("schedule"):
        azure.put(f"{SCHEDULES}/{schedule['name']}", _schedule(location, schedule))
    for name, kind in machines(fleet):
        _machine(azure, name, kind, fleet)


def _schedule(location: str, schedule: Mapping[str, Any]) -> dict[str, Any]:
    window = {key: value for key, value in schedule.items() if key != "name"}
    properties = {
        "maintenanceScope": "InGuestPatch",
        "extensionProperties": {"InGuestPatchMode": "User"},
        "maintenanceWindow": window,
        "installPatches": {"rebootSetting": "IfRequired", "windowsParameters": SECURITY},
    }
    return {"location": location, "properties": properties}


def _machine(azure: Azure, name: str, kind: Mapping[str, Any], fleet: Mapping[str, Any]) -> None:
    location = fleet["location"]
    subnet = {"id": f"{NETWORK}/virtualNetworks/net/subnets/machines"}
    interface = f"{NETWORK}/networkInterfaces/{name}"
    addresses = [{"name": "internal", "properties": {"subnet": subnet}}]
    azure.put(interface, {"location": location, "properties": {"ipConfigurations": addresses}})
    image = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "sku": kind["sku"], "version": "latest"}
    windows = windows_configuration(PatchingMode(kind["mode"]), "IfRequired")
    # Nobody logs in, and the emulator does not keep the password.
    account = {"adminUsername": "azureuser", "adminPassword": f"aA1!{os.urandom(16).hex()}"}
    properties = {
        "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
        "storageProfile": {"imageReference": image},
        "osProfile": {"computerName": name, **account, "windowsConfiguration": windows},
        "networkProfile": {"networkInterfaces": [{"id": interface}]},
    }
    machine = f"{COMPUTE}/virtualMachines/{name}"
    tags = {"ring": kind["name"]}
    azure.put(machine, {"location": location, "tags": tags, "properties": properties})
    if kind.get("scheduled"):
        schedule = fleet["schedule"]["name"]
        assigned = {"maintenanceConfigurationId": f"{SCHEDULES}/{schedule}", "resourceId": machine}
        path = f"{machine}/providers/Microsoft.Maintenance/configurationAssignments/{schedule}"
        azure.put(path, {"location": location, "properties": assigned})
