"""A hundred random kills during waves, every tenth answer lost: on SQLite, and on PostgreSQL with three workers.

    python bench/install_kills.py [--kills N] [--machines N] [--on sqlite|postgresql] [--what install|rollback]

On SQLite workers and the command itself are killed; on PostgreSQL workers, and connections to the database. Ends with 1
unless each wave ends with each machine done once by the emulator's log, and the journal says the same.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.operations import carriers, killing, postgres  # noqa: E402 - found by the path that was added above
from tests.operations.azure import seed  # noqa: E402 - as above
from tests.operations.conftest import environment  # noqa: E402 - as above

_LOGS = {"install": ("installs",), "rollback": ("removals", "restarts")}
_STATES = {"install": "installed", "rollback": "uninstalled"}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=25, help="of each of the waves")
    parser.add_argument("--machines", type=int, default=100)
    parser.add_argument("--on", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--what", choices=("install", "rollback", "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    stores: tuple[str, ...] = ("sqlite", "postgresql") if given.on == "both" else (given.on,)
    if "postgresql" in stores and postgres.why_not():
        print(f"postgresql is left out: {postgres.why_not()}")
        stores = tuple(one for one in stores if one != "postgresql")
    whats = ("install", "rollback") if given.what == "both" else (given.what,)
    runs = [(on, what) for on in stores for what in whats]
    return max((measure(on, what, given.kills, given.machines, given.seed) for on, what in runs), default=0)


def measure(on: str, what: str, kills: int, machines: int, number: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix="hotpatch-kills-"))
    names = [f"vm-{count:04}" for count in range(machines)]
    seed(folder / "azure.sqlite", machines)
    if what == "rollback":
        carriers.carrying(names)(folder / "azure.sqlite")
    command = [sys.executable, "-m", "tests.operations.azure", str(folder), "--lose", "10"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    begun = time.monotonic()
    try:
        environ = environment(folder, server.stdout.readline().strip() if server.stdout else "")
        environ["AZURE_HOTPATCH_JOURNAL"] = str(folder / "journal.jsonl")
        with ExitStack() as stack:
            if on == "sqlite":
                store, workers = ["--store", str(folder / "waves.sqlite")], 1
            else:
                store, workers = ["--database-url", stack.enter_context(postgres.server(folder / "postgres"))], 3
            wave = begin(what, environ, store, folder)
            killed = killing.carry_out(
                environ, store, wave, folder, kills=kills, workers=workers, seconds=(0.1, 2.0), seed=number, limit=7200
            )
        logs = {name: Counter((folder / f"{name}.log").read_text().split()) for name in _LOGS[what]}
        journal = killing.journal_of(folder / "journal.jsonl")
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
    twice = sorted(f"{log} {name}" for log, counts in logs.items() for name, count in counts.items() if count > 1)
    once = all(counts == Counter(names) for counts in logs.values())
    agree = journal == dict.fromkeys(names, _STATES[what])
    killed_of = f"{dict(killed.kills)} killed, {killed.summary['counts']} of {machines}, twice: {twice or 'none'}"
    word = "agree" if agree and once else "DIFFER"
    print(f"{on}, {what}: {killed_of}, journal and log {word}, {time.monotonic() - begun:.0f} s", flush=True)
    return 0 if once and agree and killed.summary["counts"] == {_STATES[what]: machines} else 1


def begin(what: str, environ: dict[str, str], store: list[str], folder: Path) -> str:
    if what == "install":
        return killing.begin_install(environ, store, folder / "plan.json", "--max-concurrency", "2")
    return killing.begin_rollback(environ, store, carriers.BAD, "2025-02-20T08:00", "--max-concurrency", "3")


if __name__ == "__main__":
    sys.exit(main())
