"""`kill -9` of the served emulator, the provider or the engine at random moments of an `up`, each on its own stack.

    python bench/up_kills.py [--kills 10] [--machines 30] [--of server|provider|engine]

Prints for each kill its moment, how often `up` ran until it was through, what was imported by the guide on interrupted
updates, and what is wrong after it. Ends with 1 where anything is.
"""

import argparse
import os
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine_run import environment, write  # noqa: E402 - beside this file, which is run as a script

from tests.e2e import killing  # noqa: E402 - found by the path that was added above
from tests.emulator.conftest import start  # noqa: E402 - as above

VICTIMS = ("server", "provider", "engine")
PROVIDER = ("-m", "azure_hotpatch.emulator.provider")


class Server:
    """A served emulator on a port of its own, which is started again where it was."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder, self._port = folder, _free_port()
        self.store = folder / "azure.sqlite"
        self.begin()

    def begin(self) -> None:
        options = ("--store", str(self.store), "--port", str(self._port), "--quick")
        self._process, self._served = start(self._folder, *options)

    @property
    def env(self) -> dict[str, str]:
        """What points the provider here, by `hotpatch azure env`."""
        return self._served.pointed_here()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--machines", type=int, default=30)
    parser.add_argument("--of", choices=VICTIMS)
    given = parser.parse_args()
    wrong = 0
    for victim in (given.of,) if given.of else VICTIMS:
        chance = random.Random(victim)  # noqa: S311 - which moment is no secret
        longest = measured("nobody", 0.0, given.machines)[0]
        for number in range(given.kills):
            moment = chance.uniform(0.1, 0.95) * longest
            _, told, why = measured(victim, moment, given.machines)
            wrong += bool(why)
            print(f"{victim} {number + 1}: killed after {moment:.1f} s, {told}, {why or 'right'}", flush=True)
    return int(bool(wrong))


def measured(victim: str, moment: float, machines: int) -> tuple[float, str, str]:
    """The seconds of the first `up`, what was done to bring the stack up again, and what is wrong then, if anything."""
    folder = Path(tempfile.mkdtemp(prefix="hotpatch-up-"))
    server = Server(folder / "served") if victim == "server" else None
    try:
        return _measured(victim, moment, machines, folder, server)
    finally:
        if server:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _measured(victim: str, moment: float, machines: int, folder: Path, server: Server | None) -> tuple[float, str, str]:
    store = server.store if server else folder / "azure.sqlite"
    where = server.env if server else {"AZURE_HOTPATCH_EMULATOR_STORE": str(store)}
    own = {name: value for name, value in where.items() if os.environ.get(name) != value}
    env = environment(folder, PROVIDER) | own
    write(folder / "Pulumi.yaml", killing.program(machines))
    run = killing.Run(ROOT / ".hotpatch/bin/pulumi", folder, env, store)
    run.ask("stack", "init")
    began = time.monotonic()
    up = run.start_up()
    if victim != "nobody":
        killing.wait_for(moment, up)
        _kill(victim, up, server)
    status = up.wait(timeout=300)
    seconds = time.monotonic() - began
    there = sum("/virtualmachines/" in one.lower() for one in killing.in_azure(store))
    if status:
        killing.settle(run)
    told = f"{there} machines there, {'ended with' if status else 'went on to'} {status}, {run.ups} up"
    return seconds, f"{told}, imported {len(run.imported)}", killing.why_not_settled(run, machines)


def _kill(victim: str, up: "subprocess.Popen[str]", server: Server | None) -> None:
    if victim == "engine":
        up.kill()
    elif victim == "provider":
        while not killing.kill_provider(up) and killing.wait_for(0.1, up):
            pass  # the engine has not started it yet
    elif server:
        server.kill()
        server.begin()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
