"""Random fleets through the policy pack and through a year of the emulated Azure, and where the two differ.

    python bench/fleets.py [fleets [seed]]

Prints how many fleets and resources the pack accepted and Azure created, how the machines that came up were patched,
each difference, and the time, as JSON. Ends with 1 where they differ once.
"""

import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.contract.fleets.comparison import Found, compare  # noqa: E402 - found by the path that was added above
from tests.contract.fleets.generated import fleet  # noqa: E402 - as above

FLEETS = 2000


def compared(fleets: int, seed: int = 0) -> Found:
    """What came of so many fleets of a seed."""
    found = Found()
    for number in range(fleets):
        found.add(compare(fleet(number, seed)))
    return found


def main(arguments: list[str]) -> int:
    count, seed = (int(word) for word in (*arguments, *(str(FLEETS), "0")[len(arguments) :]))
    began = time.perf_counter()
    found = compared(count, seed)
    report = {
        **found.counts,
        "patched as": dict(found.lives.most_common()),
        "differences": [one._asdict() for one in found.differences],
        "seconds": round(time.perf_counter() - began, 1),
    }
    sys.stdout.write(json.dumps(report, indent=2) + "\n")
    return int(bool(found.differences))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
