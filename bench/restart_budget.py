"""The restart budget's judgement beside brute force, on random stacks.

    python bench/restart_budget.py [stacks]

Prints how many stacks were judged, in how many a budget was broken, where the two differ, and what both took, as JSON.
Ends with 1 where they differ once.
"""

import json
import sys
import time
from datetime import date
from random import Random

from restart_budget_by_hand import first_breaches  # beside this file, which is run as a script
from restart_budget_stacks import random_stack

from azure_hotpatch.domain.restarts import breaches, machines_of
from azure_hotpatch.domain.settings import parse

TODAY = date(2026, 11, 29)
SEED = 20261129


def judged(raw: dict) -> dict:
    """The first breach of each rule: `{(setting, machines): day}`."""
    settings = parse(raw)
    found = breaches(settings.maintenance.restart_budget, machines_of(settings), TODAY, settings.calendar.extended())
    return {(breach.setting, breach.machines): breach.day for breach in found}


def compare(stacks: int, seed: int = SEED) -> dict:
    """Judge random stacks both ways."""
    found = {"stacks": stacks, "broken": 0, "breaches": 0, "seconds": 0.0, "seconds by hand": 0.0, "differences": []}
    for number in range(stacks):
        raw = random_stack(Random(seed + number))  # noqa: S311 - the same stacks each time
        began = time.perf_counter()
        ours = judged(raw)
        between = time.perf_counter()
        theirs = first_breaches(raw, TODAY)
        found["seconds"] += between - began
        found["seconds by hand"] += time.perf_counter() - between
        found["broken"] += bool(theirs)
        found["breaches"] += len(theirs)
        if ours != theirs:
            found["differences"].append(number)
    return {name: round(value, 2) if isinstance(value, float) else value for name, value in found.items()}


def main(arguments: list[str]) -> int:
    found = compare(int(arguments[0]) if arguments else 2000)
    print(json.dumps(found, indent=2))
    return int(bool(found["differences"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
