"""A year in a minute: thirty machines of mixed images and modes live through 2025 in the emulated Azure.

    pip install 'azure-hotpatch[emulator,operations]'
    python examples/patching/year.py [PAGE]

Prints each machine's restarts, and leaves the page of `hotpatch report` in PAGE (year.html). No Azure is needed.
"""

import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from emulated import Azure, machines, make, served

FLEET = json.loads((Path(__file__).parent / "fleet.json").read_text(encoding="utf-8"))
STRAY = "fell"  # machines of this kind take KB5070881 by hand, on the evening it is offered to them
OFFERED = "2025-10-23T18:00:00"
# Azure forgets installations after 30 days: `hotpatch history`, run more often, keeps them all in its journal.
LOOKS = (
    "02-09",
    "03-09",
    "04-06",
    "05-04",
    "06-01",
    "06-29",
    "07-27",
    "08-24",
    "09-21",
    "10-19",
    "11-16",
    "12-14",
    "12-31",
)
MOMENTS = tuple(f"2025-{day}T00:00:00" for day in LOOKS)
HEADS = ("MACHINE", "IMAGE", "MODE", "RESTARTS", "IN THE MONTHS")


def main(arguments: list[str]) -> int:
    began, page = time.monotonic(), Path(arguments[0] if arguments else "year.html")
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), "2025-01-12") as azure:
        make(azure, FLEET)
        live(azure, FLEET, MOMENTS)
        print(table(FLEET, restarts(azure)))
        print(azure.hotpatch("report", str(page), "--at=2025-12-31", "--title=The year 2025"), end="")
    print(f"{time.monotonic() - began:.0f} seconds")
    return 0


def live(azure: Azure, fleet: Mapping[str, Any], moments: Sequence[str]) -> None:
    """Move the clock from one moment to the next, and look at each what was installed."""
    for moment in sorted([*moments, OFFERED]):
        azure.move_to(moment)
        if moment == OFFERED:
            for name in (name for name, kind in machines(fleet) if kind["name"] == STRAY):
                azure.install(name)
        else:
            azure.hotpatch("history")


def restarts(azure: Azure) -> dict[str, list[str]]:
    """The months in which each machine restarted, by the journal."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    runs = json.loads(azure.hotpatch("history", "--format=json"))["installations"]
    for run in sorted(runs, key=lambda run: str(run["started"])):
        if run["restart"] == "restarted":
            found[run["machine"].rpartition("/")[2]].append(run["started"][5:7])
    return found


def table(fleet: Mapping[str, Any], found: Mapping[str, Sequence[str]]) -> str:
    """A line a machine, and the sum."""
    lines = [HEADS]
    for name, kind in machines(fleet):
        months = found.get(name, ())
        lines.append((name, kind["sku"], kind["mode"], str(len(months)), " ".join(months) or "-"))
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    written = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
    return "\n".join([*written, "", f"{sum(map(len, found.values()))} restarts of {len(lines) - 1} machines"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
