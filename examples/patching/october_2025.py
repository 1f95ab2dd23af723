"""October 23, 2025 again: KB5070881 restarts machines with hotpatch and takes them off their track.

python examples/patching/october_2025.py
"""

import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from emulated import Azure, make, served
from stopped import install_all, stop_after_canary

FLEET = {
    "location": "westeurope",
    "kinds": [{"name": "app", "count": 24, "sku": "2025-datacenter-azure-edition-core", "mode": "hotpatch"}],
}
STOP = {
    "kb": "KB5070881",
    "badSince": "2025-10-23T18:00:00Z",
    "reason": "it takes machines with hotpatch off their track",
    "fixes": ["KB5070893"],
}
LATER = ("2025-11-20", "2025-12-18", "2026-01-14", "2026-02-11")


def main() -> int:
    with tempfile.TemporaryDirectory() as name, served(folder := Path(name), "2025-10-15") as azure:
        make(azure, FLEET)
        azure.move_to("2025-10-23T18:00:00")
        stopped = stop_after_canary(azure, folder, [STOP], 6, has_fallen)
        print(stopped)
        azure.hotpatch("history")  # the journal names the update that took machines off the track
        show_fallen(azure, "2025-10-24")
        azure.move_to("2025-10-24T18:00:00")
        print(f"\nA day later the safe update is out. hotpatch install: {install_all(azure, folder)}")
        fallen = {name for name, track in azure.tracks().items() if has_fallen(track)}
        for day in LATER:
            azure.move_to(f"{day}T00:00:00")
            azure.hotpatch("history")
        show_fallen(azure, LATER[-1])
        show_restarts(json.loads(azure.hotpatch("history", "--format=json"))["installations"], fallen)
    return 0


def has_fallen(track: Mapping[str, Any]) -> bool:
    return bool(track.get("fallenBy"))


def show_fallen(azure: Azure, day: str) -> None:
    """What `hotpatch status` says of the tracks of all machines."""
    found = json.loads(azure.hotpatch("status", f"--at={day}", "--format=json"))["machines"]
    words = Counter(_track(one["track"]) for one in found)
    print(f"\nhotpatch status on {day}:")
    for track, count in words.most_common():
        print(f"  {count} machines: {track}")


def _track(track: dict[str, Any]) -> str:
    if not track["returns"]:
        return str(track["name"])
    return f"{track['name']}: took KB{track['took']}; back with the baseline of {track['returns']}"


def show_restarts(installations: list[dict[str, Any]], fallen: set[str]) -> None:
    """The days on which machines restarted until the baseline of January, by whether they fell off."""
    days: defaultdict[str, set[str]] = defaultdict(set)
    for run in installations:
        if run["restart"] == "restarted":
            days[run["machine"].rpartition("/")[2]].add(run["started"][:7])
    print("\nRestarts from October 23 to February 11, and their months:")
    for words, is_meant in (("that fell off", True), ("that were spared", False)):
        lived = Counter(tuple(sorted(found)) for name, found in days.items() if (name in fallen) is is_meant)
        for months, count in lived.items():
            print(f"  {count} machines {words}: {len(months)} ({', '.join(months)})")


if __name__ == "__main__":
    sys.exit(main())
