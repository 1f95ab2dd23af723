"""September 8, 2026 again: the month's update hangs Remote Desktop; stopped, taken back, and fixed six days later.

python examples/patching/september_2026.py
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from emulated import make, served
from stopped import install_all, stop_after_canary

FLEET = {
    "location": "westeurope",
    "kinds": [
        {"name": "app", "count": 12, "sku": "2025-datacenter-azure-edition-core", "mode": "hotpatch"},
        {"name": "web", "count": 12, "sku": "2022-datacenter-azure-edition-core", "mode": "hotpatch"},
    ],
}
HANGS = {"badSince": "2026-09-08T19:00:00Z", "reason": "Remote Desktop Services hang hours after the restart"}
STOPS = [HANGS | {"kb": "KB5122871", "fixes": ["KB5129235"]}, HANGS | {"kb": "KB5122882", "fixes": ["KB5129237"]}]
BAD, BUILDS = ("KB5122871", "KB5122882"), ("26100.33438", "20348.5622")
RELEASED, NEXT_DAY, FIXED = "2026-09-08T19:00", "2026-09-09T08:00", "2026-09-14T20:00"


def main() -> int:
    with tempfile.TemporaryDirectory() as name, served(folder := Path(name), "2026-09-01") as azure:
        make(azure, FLEET)
        azure.move_to(f"{RELEASED}:00")
        print(stop_after_canary(azure, folder, STOPS, 6, carries))
        azure.move_to(f"{NEXT_DAY}:00")
        carriers = [name for name, track in azure.tracks().items() if carries(track)]
        print(f"\n{NEXT_DAY}, before a fix is out. What is paused is not installed again, nor for the first time:")
        for name in azure.tracks():
            azure.pause(name)
        said = azure.hotpatch("rollback", *BAD, f"--at={NEXT_DAY}", "--yes", "--poll=1")
        print(f"hotpatch rollback: {said.splitlines()[-1]}")
        show_builds("taken back", [azure.tracks()[name] for name in carriers])
        azure.move_to(f"{FIXED}:00")
        print(f"\n{FIXED}, the fix is out. hotpatch install: {install_all(azure, folder)}")
        show_builds("all machines", list(azure.tracks().values()))
    return 0


def carries(track: Mapping[str, Any]) -> bool:
    return track["build"] in BUILDS


def show_builds(words: str, tracks: Sequence[Mapping[str, Any]]) -> None:
    counts = Counter(track["build"] for track in tracks)
    print(f"{words}: {', '.join(f'{count} on {build}' for build, count in sorted(counts.items()))}")


if __name__ == "__main__":
    sys.exit(main())
