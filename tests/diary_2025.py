"""A diary of 2025, written by hand from Microsoft's calendar: what each kind of machine installed, month by month.

The machines are those of examples/patching/fleet.json. `(month, whether it restarted, the build after it)`.
"""

import json
from pathlib import Path

FLEET = json.loads((Path(__file__).parents[1] / "examples/patching/fleet.json").read_text(encoding="utf-8"))


def year(build: int, runs: str) -> list[tuple[int, bool, str]]:
    """What each month brought: `10! 4294` is October, with a restart, and the build after it."""
    pairs = (run.split() for run in runs.split(","))
    return [(int(month.rstrip("!")), month.endswith("!"), f"{build}.{revision}") for month, revision in pairs]


# By the release notes. The second release of an October is the one out of band: KB5070892 and KB5070893 are safe,
# KB5070884 and KB5070881 restart.
HOTPATCH_2022 = year(
    20348,
    "1! 3091, 2 3148, 3 3270, 4! 3453, 5 3630, 6 3745, 7! 3932, 8 3989, 9 4106, 10! 4294, 10 4297, 11 4346, 12 4467",
)
HOTPATCH_2025 = year(
    26100,
    "1! 2894, 2 3107, 3 3403, 4! 3775, 5 3981, 6 4270, 7! 4652, 8 4851, 9 6508, 10! 6899, 10 6905, 11 7092, 12 7392",
)
CUMULATIVE_2022 = year(
    20348,
    "1! 3091, 2! 3207, 3! 3328, 4! 3453, 5! 3692, 6! 3807, 7! 3932, 8! 4052, 9! 4171, 10! 4294, 10! 4297, 11! 4405, "
    "12! 4529",
)
CUMULATIVE_2025 = year(
    26100,
    "1! 2894, 2! 3194, 3! 3476, 4! 3775, 5! 4061, 6! 4349, 7! 4652, 8! 4946, 9! 6584, 10! 6899, 10! 6905, 11! 7171, "
    "12! 7462",
)
# Saturday after the second Tuesday: October's out-of-band update came after its window, and November's covers it.
SCHEDULED_2022 = [one for one in CUMULATIVE_2022 if one[2] != "20348.4297"]
# Three took KB5070881 by hand on the evening it was offered to them, and were off the track until January 2026.
FALLEN_2025 = [one for one in HOTPATCH_2025 if one[0] < 11 and one[2] != "26100.6905"] + [
    (10, True, "26100.6905"),
    (11, True, "26100.7171"),
    (12, True, "26100.7462"),
]
DIARY = {
    "core": HOTPATCH_2022,
    "desktop": HOTPATCH_2022,
    "new": HOTPATCH_2025,
    "newcore": HOTPATCH_2025,
    "plain": CUMULATIVE_2022,
    "newplain": CUMULATIVE_2025,
    "sched": SCHEDULED_2022,
    "both": [],  # hotpatch and a schedule: nobody patches
    "paused": [],  # the bypass without a schedule: nobody patches
    "fell": FALLEN_2025,
}
