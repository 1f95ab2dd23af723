"""An `up` of many machines of which the served emulator, the provider or the engine is killed, and what came of it."""

import asyncio
import json
import os
import re
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from azure_hotpatch.emulator.arm.app import create_app
from azure_hotpatch.emulator.provider.transport import embedded
from tests.e2e.killed_server import Server

SUBSCRIPTION = "00000000-0000-0000-0000-000000000000"
PROVIDERS = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/group/providers"
_TYPES = {
    "resourcegroups": "azure-native:resources:ResourceGroup",
    "virtualnetworks": "azure-native:network:VirtualNetwork",
    "networkinterfaces": "azure-native:network:NetworkInterface",
    "virtualmachines": "azure-native:compute:VirtualMachine",
}
_THERE = re.compile(r"cannot create already existing resource '([^']+)'")
_MOST_TRIES = 6


@dataclass
class Run:
    """A stack in a folder, and how it was brought up again: how many times `up` ran, what was imported, how long."""

    pulumi: Path
    folder: Path
    env: dict[str, str]
    store: Path
    ups: int = 0
    imported: list[str] = field(default_factory=list)

    def start_up(self) -> "subprocess.Popen[str]":
        """`pulumi up`, under way in a group of its own."""
        self.ups += 1
        with (self.folder / "up.log").open("w") as log:
            return subprocess.Popen(
                [self.pulumi, "up", "--yes", "--skip-preview", "--stack", "dev"],
                cwd=self.folder,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )

    def ask(self, *words: str, check: bool = True) -> str:
        """A command of Pulumi's on the stack, and what it printed."""
        command = [str(self.pulumi), *words, "--stack", "dev"]
        done = subprocess.run(
            command, cwd=self.folder, env=self.env, capture_output=True, text=True, check=False, timeout=600
        )
        if check and done.returncode:
            raise AssertionError(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def state(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.ask("stack", "export"))["deployment"]
        return found


def program(machines: int) -> str:
    """A program in YAML: a group, a network, and machines with an interface each."""
    resources: dict[str, Any] = {
        "group": _resource("resources:ResourceGroup", {"resourceGroupName": "group"}),
        "vnet": _resource(
            "network:VirtualNetwork",
            {
                "resourceGroupName": "${group.name}",
                "virtualNetworkName": "vnet",
                "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
                "subnets": [{"name": "machines", "addressPrefix": "10.0.0.0/20"}],
            },
        ),
    }
    for number in range(machines):
        resources |= dict(_machine(f"{number:02}"))
    config = {"azure-native:location": "westeurope"}
    return json.dumps({"name": "kills", "runtime": "yaml", "config": config, "resources": resources})


def children(pid: int) -> Iterator[tuple[int, str]]:
    """The processes that a process started, with their commands."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        own, parent, command = line.split(None, 2)
        if int(parent) == pid:
            yield int(own), command


def killed(run: Run, victim: str, count: int, server: Server | None = None) -> int:
    """Kill server, provider or engine once Azure has so many resources, and bring the stack up; how many it had."""
    up = run.start_up()
    there = wait_for(count, run.store, up)
    if victim == "engine":
        up.kill()
    elif server:
        server.kill()
        server.begin()
    else:
        while not kill_provider(up) and up.poll() is None:
            time.sleep(0.02)  # the engine has not started it yet
    if up.wait(timeout=600):
        settle(run)
    return there


def kill_provider(up: "subprocess.Popen[str]") -> bool:
    """Kill the provider of an `up`, of which the engine runs one for the program's schema and one for its resources.

    False where there is none yet, or any more.
    """
    found = [pid for pid, command in children(up.pid) if "emulator.provider" in command]
    for pid in found:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return bool(found)


def settle(run: Run) -> None:
    """What docs/guides/after-an-interrupted-update.md says, until `up` is through. The program names each resource."""
    for _ in range(_MOST_TRIES):
        run.ask("cancel", "--yes", check=False)
        _delete_empty_attributes(run)
        pending = [one["resource"]["urn"] for one in run.state().get("pending_operations") or ()]
        there = {one.rpartition("/")[2]: one for one in in_azure(run.store)}
        for urn in pending:
            name = urn.rpartition("::")[2]
            if name in there:
                _import(run, there[name])
        if pending:
            run.ask("refresh", "--yes", "--skip-preview", "--clear-pending-creates")
        if run.start_up().wait(timeout=600) == 0:
            return
        for resource in _THERE.findall((run.folder / "up.log").read_text()):
            _import(run, resource)
    raise AssertionError(f"not up after {_MOST_TRIES} tries:\n{(run.folder / 'up.log').read_text()}")


def why_not_settled(run: Run, machines: int, *, previewed: bool = True) -> str:
    """What is wrong of a stack that is up: a change to come, something made twice or left over; or nothing."""
    if previewed:
        run.ask("preview", "--expect-no-changes")
    found = run.state()
    known = [one["id"].lower() for one in found["resources"] if "/" in one.get("id", "")]
    azure = [one.lower() for one in in_azure(run.store)]
    own = [one for one in azure if "/disks/" not in one and "/subnets/" not in one]
    disks = [one for one in azure if "/disks/" in one]
    if sorted(known) != sorted(own):
        return f"in one of the two alone: {sorted(set(known) ^ set(own))}"
    if len(own) != 2 + 2 * machines or len(disks) != machines:
        return f"{len(own)} resources and {len(disks)} disks"
    return "pending operations" if found.get("pending_operations") else ""


def in_azure(store: Path) -> list[str]:
    """The ids in a store, which is opened for it."""

    async def asked() -> list[str]:
        send = embedded(lambda: create_app(store))
        answer = await send("GET", "/emulator/resources", {}, None, {})
        return [one["id"] for one in answer.body["value"]]

    return asyncio.run(asked())


def wait_for(count: int, store: Path, up: "subprocess.Popen[str]") -> int:
    """Wait until so many resources are in Azure, or the `up` has ended; how many there are then."""
    while _stored(store) < count and up.poll() is None:
        time.sleep(0.005)
    return _stored(store)


def _stored(store: Path) -> int:
    if not store.exists():
        return 0
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            found: int = connection.execute("SELECT count(*) FROM resources").fetchone()[0]
        except sqlite3.OperationalError:  # it has no tables yet
            return 0
    return found


def _import(run: Run, resource: str) -> None:
    kind, name = resource.lower().split("/")[-2], resource.rpartition("/")[2]
    run.ask("cancel", "--yes", check=False)  # what ended a moment ago may still hold the lock
    command = ("import", _TYPES[kind], name, resource, "--yes", "--skip-preview")
    run.ask(*command, "--protect=false", "--generate-code=false")
    run.imported.append(name)


def _delete_empty_attributes(run: Run) -> None:
    backend = Path(run.env["PULUMI_BACKEND_URL"].removeprefix("file://"))
    for file in backend.rglob("*.attrs"):
        if file.stat().st_size == 0:
            file.unlink()


def _resource(token: str, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": f"azure-native:{token}", "properties": properties}


def _machine(number: str) -> Iterator[tuple[str, dict[str, Any]]]:
    nic, vm = f"nic{number}", f"vm{number}"
    subnet = {"id": f"{PROVIDERS}/Microsoft.Network/virtualNetworks/vnet/subnets/machines"}
    addresses = {"ipConfigurations": [{"name": "ip", "subnet": subnet}]}
    named = {"resourceGroupName": "${group.name}"}
    interface = _resource("network:NetworkInterface", {**named, "networkInterfaceName": nic, **addresses})
    yield nic, {**interface, "options": {"dependsOn": ["${vnet}"]}}
    image = {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer", "version": "latest"}
    image["sku"] = "2022-datacenter-azure-edition-core"
    settings = {"patchMode": "AutomaticByPlatform", "enableHotpatching": True}
    system = {
        "computerName": vm,
        "adminUsername": "operator",
        "adminPassword": {"fn::secret": "Not-A-Pa55word"},
        "windowsConfiguration": {"provisionVMAgent": True, "enableAutomaticUpdates": True, "patchSettings": settings},
    }
    yield (
        vm,
        _resource(
            "compute:VirtualMachine",
            {
                **named,
                "vmName": vm,
                "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
                "networkProfile": {"networkInterfaces": [{"id": f"${{{nic}.id}}", "primary": True}]},
                "osProfile": system,
                "storageProfile": {"imageReference": image, "osDisk": {"createOption": "FromImage"}},
            },
        ),
    )
