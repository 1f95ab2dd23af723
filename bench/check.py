"""What `hotpatch check` costs, as pairs: beside `json.load` of the same file, and beside checkov on as many machines.

    python bench/check.py [--checkov PATH]

Every figure is the best of several whole processes, start of the interpreter and all; memory is the process's highest.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from shutil import which
from typing import NamedTuple

from check_inputs import export, template

LOAD = "import json, sys\nwith open(sys.argv[1], 'rb') as file:\n    json.load(file)\n"
MACHINES = (1_000, 10_000, 100_000)
MOST_LOADS = 10  # a check may cost so many times json.load
MOST_GROWTH = 1.3
LEAST_CHECKOV = 10  # and checkov has to cost so many checks
TEMPLATE_MACHINES = 500  # Azure takes 800 resources in a template


class Run(NamedTuple):
    seconds: float
    megabytes: float


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure hotpatch check.")
    parser.add_argument("--checkov", default=which("checkov"), help="checkov's executable; without it, left out")
    parser.add_argument("--most", type=int, default=MACHINES[-1], help="leave out larger files")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = all([_beside_load(Path(folder), arguments.most), _beside_checkov(Path(folder), arguments.checkov)])
    sys.exit(0 if kept else 1)


def _beside_load(folder: Path, most: int) -> bool:
    kept = True
    costs: dict[int, float] = {}  # seconds a machine
    file = folder / "export.json"
    _say(f"{'machines':>9} {'file':>8} {'json.load':>10} {'check':>8} {'ratio':>6} {'per machine':>12} {'memory':>15}")
    for machines in (count for count in MACHINES if count <= most):
        with file.open("w", encoding="utf-8") as out:
            json.dump(export(machines), out, indent=4)
        load, check = _pair(
            [[sys.executable, "-c", LOAD, str(file)], _check(folder, file)], rounds=1 if machines > 10_000 else 3
        )
        ratio = check.seconds / load.seconds
        costs[machines] = check.seconds / machines
        kept = kept and (machines < 10_000 or ratio <= MOST_LOADS)
        _say(
            f"{machines:>9,} {file.stat().st_size / 1e6:>5.0f} MB {load.seconds:>8.2f} s {check.seconds:>6.2f} s"
            f" {ratio:>6.1f}"
            f" {costs[machines] * 1e6:>9.0f} µs {load.megabytes:>5.0f} -> {check.megabytes:.0f} MB"
        )
    linear = MACHINES[-1] not in costs or costs[MACHINES[-1]] <= MOST_GROWTH * costs[MACHINES[-2]]
    _say(f"at most {MOST_LOADS} from 10,000 machines on: {'kept' if kept else 'NOT kept'}")
    _say(f"a machine of 100,000 costs at most {MOST_GROWTH} of one of 10,000: {'kept' if linear else 'NOT kept'}\n")
    return kept and linear


def _beside_checkov(folder: Path, checkov: str | None) -> bool:
    if not checkov:
        _say("checkov is not installed: left out")
        return True
    templates = folder / "templates"
    templates.mkdir()
    files = [templates / f"{number}.json" for number in range(1_000 // TEMPLATE_MACHINES)]
    for file in files:
        file.write_text(json.dumps(template(TEMPLATE_MACHINES), indent=2), encoding="utf-8")
    options = ["--framework", "arm", "--quiet", "--compact", "--skip-download", "--output", "json"]
    theirs, ours = _pair([[checkov, "--directory", str(templates), *options], _check(folder, *files)], rounds=2)
    ratio = theirs.seconds / ours.seconds
    kept = ratio >= LEAST_CHECKOV
    _say(f"1,000 machines in templates: checkov {theirs.seconds:.2f} s, check {ours.seconds:.2f} s, ratio {ratio:.1f}")
    _say(f"at least {LEAST_CHECKOV}: {'kept' if kept else 'NOT kept'}")
    return kept


def _check(folder: Path, *files: Path) -> list[str]:
    report = f"json={folder / 'report.json'}"
    return [sys.executable, "-m", "azure_hotpatch.cli", "check", *map(str, files), "--output", report]


def _pair(commands: Sequence[list[str]], rounds: int) -> list[Run]:
    """The best run of each command, taken in turn, so that both meet the same machine."""
    runs = [[_run(command) for command in commands] for _ in range(rounds)]
    return [min(of_command) for of_command in zip(*runs, strict=True)]


def _run(command: list[str]) -> Run:
    begun = time.perf_counter()
    quiet = subprocess.DEVNULL
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as installed
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, env=env) as process:
        _, _, usage = _waited(process)
    return Run(time.perf_counter() - begun, usage.ru_maxrss / 1024)


def _waited(process: subprocess.Popen[bytes]) -> tuple[int, int, resource.struct_rusage]:
    found = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(found[1])
    return found


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
