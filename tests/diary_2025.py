"""A diary of 2025, written by hand from Microsoft's calendar: what each kind of machine installed, month by month.

The machines are those of examples/patching/fleet.json. `(month, whether it restarted, the build after it)`.
"""

import json
from pathlib import Path

FLEET = json.loads((Path(__file__).parents[1] / "examples/patching/fleet.json").read_text(encoding="utf-8"))
# What each month brought, by the release notes: whether it restarted, and the build after it.
HOTPATCH_2022 = [
    (1, True, "20348.3091"),
    (2, False, "20348.3148"),
    (3, False, "20348.3270"),
    (4, True, "20348.3453"),
    (5, False, "20348.3630"),
    (6, False, "20348.3745"),
    (7, True, "20348.3932"),
    (8, False, "20348.3989"),
    (9, False, "20348.4106"),
    (10, True, "20348.4294"),
    (10, False, "20348.4297"),  # KB5070892, out of band and safe
    (11, False, "20348.4346"),
    (12, False, "20348.4467"),
]
HOTPATCH_2025 = [
    (1, True, "26100.2894"),
    (2, False, "26100.3107"),
    (3, False, "26100.3403"),
    (4, True, "26100.3775"),
    (5, False, "26100.3981"),
    (6, False, "26100.4270"),
    (7, True, "26100.4652"),
    (8, False, "26100.4851"),
    (9, False, "26100.6508"),
    (10, True, "26100.6899"),
    (10, False, "26100.6905"),  # KB5070893, out of band and safe
    (11, False, "26100.7092"),
    (12, False, "26100.7392"),
]
CUMULATIVE_2022 = [
    (1, True, "20348.3091"),
    (2, True, "20348.3207"),
    (3, True, "20348.3328"),
    (4, True, "20348.3453"),
    (5, True, "20348.3692"),
    (6, True, "20348.3807"),
    (7, True, "20348.3932"),
    (8, True, "20348.4052"),
    (9, True, "20348.4171"),
    (10, True, "20348.4294"),
    (10, True, "20348.4297"),  # KB5070884, out of band
    (11, True, "20348.4405"),
    (12, True, "20348.4529"),
]
CUMULATIVE_2025 = [
    (1, True, "26100.2894"),
    (2, True, "26100.3194"),
    (3, True, "26100.3476"),
    (4, True, "26100.3775"),
    (5, True, "26100.4061"),
    (6, True, "26100.4349"),
    (7, True, "26100.4652"),
    (8, True, "26100.4946"),
    (9, True, "26100.6584"),
    (10, True, "26100.6899"),
    (10, True, "26100.6905"),  # KB5070881, out of band
    (11, True, "26100.7171"),
    (12, True, "26100.7462"),
]
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
