"""A hundred random kills during a wave, every tenth answer lost, on SQLite and on PostgreSQL with three workers."""

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

from tests.operations import killing, postgres  # noqa: E402 - found by the path that was added above
from tests.operations.azure import seed  # noqa: E402 - as above
from tests.operations.conftest import environment  # noqa: E402 - as above


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--machines", type=int, default=300)
    parser.add_argument("--on", choices=("sqlite", "postgresql", "both"), default="both")
    given = parser.parse_args()
    chosen: tuple[str, ...] = ("sqlite", "postgresql") if given.on == "both" else (given.on,)
    if "postgresql" in chosen and postgres.why_not():
        print(f"postgresql is left out: {postgres.why_not()}")
        chosen = tuple(one for one in chosen if one != "postgresql")
    return max((measure(one, given.kills, given.machines) for one in chosen), default=0)


def measure(on: str, kills: int, machines: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix="hotpatch-kills-"))
    seed(folder / "azure.sqlite", machines)
    command = [sys.executable, "-m", "tests.operations.azure", str(folder), "--lose", "10"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    begun = time.monotonic()
    try:
        environ = environment(folder, server.stdout.readline().strip() if server.stdout else "")
        with ExitStack() as stack:
            if on == "sqlite":
                store, workers = ["--store", str(folder / "waves.sqlite")], 1
            else:
                store, workers = ["--database-url", stack.enter_context(postgres.server(folder / "postgres"))], 3
            file = folder / "plan.json"
            wave = killing.plan(environ, file, "--max-concurrency", "2")
            killed = killing.carry_out(
                environ, store, file, wave, kills=kills, workers=workers, seconds=(0.1, 1.0), limit=7200
            )
        log = Counter((folder / "installs.log").read_text().split())
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
    twice = sorted(name for name, count in log.items() if count > 1)
    good = killed.summary["counts"] == {"installed": machines} and len(log) == machines and not twice
    print(
        f"{on}: {killed.kills} kills, {killed.summary['counts']}, {len(log)} machines, twice: {twice or 'none'},",
        end=" ",
    )
    print(f"{time.monotonic() - begun:.0f} s")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
