"""What the served emulator answers in a second, over https: GETs and PUTs of machines, with their percentiles.

    python bench/served.py [seconds]

The server has a core of its own and the client another, where the system can say so. A machine that is busy with
something else gives neither of them its whole core: the processor's time of the server for a request, and how many such
requests a whole core answers, do not depend on that, and are what is held to the bars.
"""

import asyncio
import json
import os
import signal
import ssl
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from azure_hotpatch.emulator.served.addresses import Addresses, running

BARS = {"GET": 1000, "PUT": 200}  # a second, of one core
CONNECTIONS = 8
Asked = tuple[str, str, Any]  # method, path and body
GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/fleet"
NETWORK = f"{GROUP}/providers/Microsoft.Network"
SUBNET = f"{NETWORK}/virtualNetworks/net/subnets/machines"
VERSIONS = {"Compute": "2024-11-01", "Network": "2024-05-01", "Resources": "2024-11-01"}
MACHINES = 200


@dataclass(frozen=True, slots=True)
class Measured:
    latencies: list[float]
    seconds: float
    processor: float  # of the server

    def said(self) -> dict[str, float]:
        cuts = statistics.quantiles(self.latencies, n=1000)
        points = {f"p{name} ms": cuts[at] for name, at in (("50", 499), ("90", 899), ("99", 989), ("99.9", 998))}
        return {
            "requests": len(self.latencies),
            "a second": round(len(self.latencies) / self.seconds),
            **{name: round(value * 1000, 2) for name, value in points.items()},
            "processor ms": round(self.processor / len(self.latencies) * 1000, 3),
            "a second of a whole core": round(self.of_a_core()),
        }

    def of_a_core(self) -> float:
        return len(self.latencies) / self.processor


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--server"]:
        return serve(Path(arguments[1]))
    seconds = float(arguments[0]) if arguments else 10.0
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as (process, addresses):
        pin(os.getpid(), 1)
        found = asyncio.run(measure(process.pid, addresses, Path(folder) / "ca.pem", seconds))
    said = {name: one.said() for name, one in found.items()}
    print(
        json.dumps(
            {"processors": os.cpu_count(), "load": os.getloadavg(), "connections": CONNECTIONS, **said}, indent=2
        )
    )
    return int(any(one.of_a_core() < BARS[name] for name, one in found.items()))


def serve(folder: Path) -> int:
    from azure_hotpatch.emulator.served import server

    pin(os.getpid(), 0)
    server.serve(server.ServerSettings(folder, folder / "azure.sqlite", 0, 0), lambda _addresses: None)
    return 0


def pin(process: int, at: int) -> None:
    """Keep a process on one of the processors that it may use, where there are two."""
    if hasattr(os, "sched_setaffinity"):
        allowed = sorted(os.sched_getaffinity(process))
        if len(allowed) > 1:
            os.sched_setaffinity(process, {allowed[at]})


@contextmanager
def server(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], Addresses]]:
    process = subprocess.Popen([sys.executable, __file__, "--server", str(folder)])
    try:
        while not (addresses := running(folder)):
            if process.poll() is not None:
                sys.exit("the server did not start")
            time.sleep(0.05)
        yield process, addresses
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


async def measure(process: int, addresses: Addresses, authority: Path, seconds: float) -> dict[str, Measured]:
    trusted = ssl.create_default_context(cafile=str(authority))
    await prepare(addresses, trusted)
    reads, writes = count(), count(MACHINES)
    asks = {"GET": lambda: get(next(reads) % (2 * MACHINES)), "PUT": lambda: pair(next(writes))}
    found = {}
    for name, ask in asks.items():
        before, began = processor(process), time.perf_counter()
        results = await asyncio.gather(*(session(addresses, trusted, ask, seconds) for _ in range(CONNECTIONS)))
        spent = processor(process) - before
        found[name] = Measured([one for many in results for one in many], time.perf_counter() - began, spent)
    return found


def processor(process: int) -> float:
    """The seconds of a processor that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def get(number: int) -> list[Asked]:
    """A machine, or its interface."""
    name = f"{number // 2:05}"
    kind = f"{NETWORK}/networkInterfaces/n" if number % 2 else f"{GROUP}/providers/Microsoft.Compute/virtualMachines/m"
    return [("GET", f"{kind}{name}", None)]


def pair(number: int) -> list[Asked]:
    """A new interface with its address, and a new machine with its disk."""
    name, interface = f"{number:05}", f"{NETWORK}/networkInterfaces/n{number:05}"
    configuration = {"name": "primary", "properties": {"subnet": {"id": SUBNET}}}
    return [
        ("PUT", interface, {"location": "westeurope", "properties": {"ipConfigurations": [configuration]}}),
        ("PUT", f"{GROUP}/providers/Microsoft.Compute/virtualMachines/m{name}", machine(name, interface)),
    ]


def machine(name: str, interface: str) -> dict[str, Any]:
    settings = {"patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform", "enableHotpatching": True}
    windows = {"provisionVMAgent": True, "enableAutomaticUpdates": True, "patchSettings": settings}
    image = {
        "publisher": "MicrosoftWindowsServer",
        "offer": "WindowsServer",
        "sku": "2022-datacenter-azure-edition-core",
        "version": "latest",
    }
    properties = {
        "hardwareProfile": {"vmSize": "Standard_D2s_v5"},
        "storageProfile": {
            "imageReference": image,
            "osDisk": {"createOption": "FromImage", "managedDisk": {"storageAccountType": "Premium_LRS"}},
        },
        "osProfile": {
            "computerName": f"m{name}",
            "adminUsername": "hotpatch",
            "adminPassword": "Correct-horse-9",
            "windowsConfiguration": windows,
        },
        "networkProfile": {"networkInterfaces": [{"id": interface}]},
        "securityProfile": {
            "securityType": "TrustedLaunch",
            "uefiSettings": {"secureBootEnabled": True, "vTpmEnabled": True},
        },
    }
    return {"location": "westeurope", "tags": {"team": "web"}, "properties": properties}


async def prepare(addresses: Addresses, trusted: ssl.SSLContext) -> None:
    """A group, a network, and the machines that are read."""
    connection = await Connection.opened(addresses, trusted)
    space = {"addressSpace": {"addressPrefixes": ["10.0.0.0/8"]}}
    subnet = {"name": "machines", "properties": {"addressPrefix": "10.0.0.0/9"}}
    await connection.ask("PUT", GROUP, {"location": "westeurope"})
    network = {"location": "westeurope", "properties": {**space, "subnets": [subnet]}}
    await connection.ask("PUT", f"{NETWORK}/virtualNetworks/net", network)
    for number in range(MACHINES):
        for asked in pair(number):
            await connection.ask(*asked)
    connection.close()


async def session(
    addresses: Addresses, trusted: ssl.SSLContext, ask: Callable[[], list[Asked]], seconds: float
) -> list[float]:
    """The seconds that each request of one connection took, asked one after the other."""
    connection = await Connection.opened(addresses, trusted)
    found, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        for method, path, body in ask():
            began = time.perf_counter()
            await connection.ask(method, path, body)
            found.append(time.perf_counter() - began)
    connection.close()
    return found


class Connection:
    """HTTP/1.1 with as little of the client's own time as there can be."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str) -> None:
        self._reader, self._writer, self._host = reader, writer, host

    @classmethod
    async def opened(cls, addresses: Addresses, trusted: ssl.SSLContext) -> "Connection":
        reader, writer = await asyncio.open_connection(addresses.host, addresses.port, ssl=trusted)
        return cls(reader, writer, addresses.authority_host)

    async def ask(self, method: str, path: str, body: Any = None) -> None:
        """Ends the measurement where the answer is a refusal."""
        content = b"" if body is None else json.dumps(body).encode()
        namespace = (
            path.rpartition("/providers/Microsoft.")[2].partition("/")[0] if "/providers/" in path else "Resources"
        )
        head = (
            f"{method} {path}?api-version={VERSIONS[namespace]} HTTP/1.1\r\nHost: {self._host}\r\n"
            "Accept: application/json\r\nAuthorization: Bearer x\r\nUser-Agent: azsdk-python-mgmt-compute/39.0.0\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        self._writer.write(head.encode() + content)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        length = answer.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        answered = await self._reader.readexactly(int(length or b"0"))
        if answer[9:10] != b"2":
            sys.exit(f"{method} {path} was refused: {answer[:60]!r} {answered[:500]!r}")

    def close(self) -> None:
        self._writer.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
