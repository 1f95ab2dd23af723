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
from typing import Any

from restart_budget_by_hand import first_breaches  # beside this file, which is run as a script
from restart_budget_stacks import random_stack

from azure_hotpatch.domain.restarts import breaches, machines_of
from azure_hotpatch.domain.settings import parse_settings

TODAY = date(2026, 11, 29)
SEED = 20261129


Breaches = dict[tuple[str, tuple[str, ...]], date]


def judged(raw: dict[str, Any]) -> Breaches:
    """The first breach of each rule: `{(setting, machines): day}`."""
    settings = parse_settings(raw)
    budget = settings.maintenance.restart_budget
    calendar = settings.calendar.extended()
    found = breaches(budget, machines_of(settings), TODAY, calendar) if budget else ()
    return {(breach.setting, breach.machines): breach.day for breach in found}


def compare(stacks: int, seed: int = SEED) -> dict[str, Any]:
    """Judge random stacks both ways."""
    differences, counts, seconds = [], [], [0.0, 0.0]
    for number in range(stacks):
        raw = random_stack(Random(seed + number))  # noqa: S311 - the same stacks each time
        began = time.perf_counter()
        ours = judged(raw)
        between = time.perf_counter()
        theirs = first_breaches(raw, TODAY)
        seconds = [seconds[0] + between - began, seconds[1] + time.perf_counter() - between]
        counts.append(len(theirs))
        differences += [number] if ours != theirs else []
    return {
        "stacks": stacks,
        "broken": sum(map(bool, counts)),
        "breaches": sum(counts),
        "seconds": round(seconds[0], 2),
        "seconds by hand": round(seconds[1], 2),
        "differences": differences,
    }


def main(arguments: list[str]) -> int:
    found = compare(int(arguments[0]) if arguments else 2000)
    print(json.dumps(found, indent=2))
    return int(bool(found["differences"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
