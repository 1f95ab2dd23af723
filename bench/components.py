"""What components cost: previews of the same machines as components and by hand, at three sizes, and their import.

    python bench/components.py [runs]

Prints the medians of seconds and their ratios, as JSON; ends with 1 where one is over its bar.
"""

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from engine_run import REPOSITORY, environment, run  # beside this file, which is run as a script

PROGRAMS = {"hand": "fleet_by_hand.py", "components": "fleet_of_components.py"}
BARS = {"100": 0.45, "400": 0.35, "a machine at 800 for one at 100": 1.2, "import": 1.3}
NATIVE = "import pulumi, pulumi_azure_native.compute, pulumi_azure_native.network, pulumi_azure_native.maintenance"
CLASSES = "; pulumi_azure_native.compute.VirtualMachine, pulumi_azure_native.network.NetworkInterface"
OURS = "import azure_hotpatch.components"


def main(runs: int = 3) -> int:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        settings = set_up(work)
        seconds = {
            f"{name} {machines}": median(runs, partial(preview, work / name, settings, machines))
            for name, machines in (
                *((name, machines) for machines in (100, 400) for name in PROGRAMS),
                ("components", 800),
            )
        }
    imports = {code: median(runs + 2, partial(imported, code)) for code in (NATIVE + CLASSES, OURS)}
    ratios = {
        "100": seconds["components 100"] / seconds["hand 100"],
        "400": seconds["components 400"] / seconds["hand 400"],
        "a machine at 800 for one at 100": seconds["components 800"] / 8 / seconds["components 100"],
        "import": imports[OURS] / imports[NATIVE + CLASSES],
    }
    rounded = {name: round(ratio, 3) for name, ratio in ratios.items()}
    print(json.dumps({"seconds": seconds, "ratios": rounded, "bars": BARS}, indent=2))
    return int(any(ratio > BARS[name] for name, ratio in ratios.items()))


def median(runs: int, measured: Callable[[], float]) -> float:
    return round(statistics.median(measured() for _ in range(runs)), 3)


def preview(program: Path, settings: dict[str, str], machines: int) -> float:
    began = time.perf_counter()
    run(
        ["pulumi", "preview", "--stack", "bench", "--suppress-progress"],
        program,
        {**settings, "MACHINES": str(machines)},
    )
    return time.perf_counter() - began


def imported(code: str) -> float:
    began = time.perf_counter()
    run([sys.executable, "-c", code], REPOSITORY, dict(os.environ))
    return time.perf_counter() - began


def set_up(work: Path) -> dict[str, str]:
    """Both programs, a state of their own, and a provider that answers at once."""
    settings = environment(work)
    for name, source in PROGRAMS.items():
        (work / name).mkdir()
        (work / name / "Pulumi.yaml").write_text(f"name: {name}\nruntime: python\n")
        shutil.copy(REPOSITORY / "bench" / source, work / name / "__main__.py")
        run(["pulumi", "stack", "init", "bench"], work / name, settings)
    return settings


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
