"""`kill -9` of the served emulator, the provider or the engine at random moments of an `up`, each on its own stack.

    python bench/up_kills.py [--kills 10] [--machines 30] [--of server|provider|engine]

Prints for each kill how many resources were there, how often `up` ran until it was through, what was imported by the
guide on interrupted updates, and what is wrong after it. Ends with 1 where anything is.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine_run import environment, write  # noqa: E402 - beside this file, which is run as a script

from tests.e2e import killing  # noqa: E402 - found by the path that was added above
from tests.e2e.killed_server import Server  # noqa: E402 - as above

VICTIMS = ("server", "provider", "engine")
PROVIDER = ("-m", "azure_hotpatch.emulator.provider")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--machines", type=int, default=30)
    parser.add_argument("--of", choices=VICTIMS)
    given = parser.parse_args()
    wrong = 0
    for victim in (given.of,) if given.of else VICTIMS:
        chance = random.Random(victim)  # noqa: S311 - which moment is no secret
        for number in range(given.kills):
            # Beside a group, a network and its subnet: an interface, a machine and its disk each.
            told, why = measured(victim, chance.randint(0, 2 + 3 * given.machines), given.machines)
            wrong += bool(why)
            print(f"{victim} {number + 1}: {told}, {why or 'right'}", flush=True)
    return int(bool(wrong))


def measured(victim: str, moment: int, machines: int) -> tuple[str, str]:
    """What was done to bring up a stack that was killed with so many resources, and what is wrong then, if anything."""
    folder = Path(tempfile.mkdtemp(prefix="hotpatch-up-"))
    server = Server(folder / "served") if victim == "server" else None
    store = server.store if server else folder / "azure.sqlite"
    try:
        env = environment(folder, PROVIDER) | (server.env if server else {"AZURE_HOTPATCH_EMULATOR_STORE": str(store)})
        write(folder / "Pulumi.yaml", killing.program(machines))
        run = killing.Run(ROOT / ".hotpatch/bin/pulumi", folder, env, store)
        run.ask("stack", "init")
        began = time.monotonic()
        there = killing.killed(run, victim, moment, server)
        told = f"killed with {there} resources there, {run.ups} up, {len(run.imported)} imported"
        return f"{told}, {time.monotonic() - began:.0f} s", killing.why_not_settled(run, machines)
    finally:
        if server:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
