"""The year 2025 on thirty machines, against a diary written by hand from Microsoft's calendar."""

import pytest


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
MADE = {
    "core": (5, "2022-datacenter-azure-edition-core", "hotpatch"),
    "desktop": (3, "2022-datacenter-azure-edition-hotpatch", "hotpatch"),
    "new": (4, "2025-datacenter-azure-edition", "hotpatch"),
    "newcore": (3, "2025-datacenter-azure-edition-core-smalldisk", "hotpatch"),
    "plain": (3, "2022-datacenter-azure-edition-core", "azure-managed"),
    "newplain": (2, "2025-datacenter-azure-edition", "azure-managed"),
    "sched": (3, "2022-datacenter-azure-edition-hotpatch", "customer-schedule"),
    "both": (2, "2022-datacenter-azure-edition-core", "hotpatch"),
    "paused": (2, "2025-datacenter-azure-edition", "customer-schedule"),
    "fell": (3, "2025-datacenter-azure-edition-core", "hotpatch"),
}
NOW = {"rebootSetting": "IfRequired", "windowsParameters": {"classificationsToInclude": ["Critical", "Security"]}}


@pytest.fixture
def machines(fleet):
    """Thirty machines, by the name of their kind and a number."""
    for kind, (count, sku, mode) in MADE.items():
        for number in range(count):
            fleet.make(f"{kind}-{number}", sku, mode)
    window = {"startDateTime": "2025-01-12 22:00", "recurEvery": "Month Second Tuesday Offset4"}
    saturdays = fleet.schedule("saturdays", window)
    for kind in ("sched", "both"):
        for number in range(MADE[kind][0]):
            fleet.assign(fleet.id(f"{kind}-{number}"), saturdays)
    return [f"{kind}-{number}" for kind, (count, *_) in MADE.items() for number in range(count)]


def diary(fleet):
    """The last of what a machine installed in a month counts, for PowerShell's updates come beside a hotpatch."""
    return {
        name: [(int(day[5:7]), restarted, build) for day, restarted, build in runs]
        for name, runs in fleet.history().items()
    }


def test_the_machines_live_as_the_calendar_says(fleet, machines):
    assert len(machines) == 30
    fleet.to("2025-10-23T18:00:00")
    for number in range(3):
        result = fleet.arm.act(f"{fleet.id(f'fell-{number}')}/installPatches", NOW)
        assert [one["kbId"] for one in result["patches"] if one["installationState"] == "Installed"] == ["5070881"]
    fleet.to("2025-11-01T00:00:00")
    off = fleet.tracks()["fell-0"]
    assert (off["track"], off["fallenBy"], off["until"]) == ("fallen off", "KB5070881", "2026-01-13")
    fleet.to("2025-12-31T00:00:00")
    found = diary(fleet)
    assert {name: found[name] for name in machines} == {name: DIARY[name.rsplit("-", 1)[0]] for name in machines}

    tracks = fleet.tracks()
    by_track = {name: tracks[name]["track"] for name in machines}
    expected = {"plain": "cumulative", "newplain": "cumulative", "sched": "cumulative", "paused": "cumulative"}
    expected |= {"fell": "fallen off", "both": "fallen off"}  # the latter missed every baseline of the year
    assert by_track == {name: expected.get(name.rsplit("-", 1)[0], "hotpatch") for name in machines}
    assert tracks["fell-1"]["fallenBy"] == "KB5070881"
    restarts = {name: sum(restarted for _, restarted, _ in found[name]) for name in machines}
    assert (restarts["core-0"], restarts["plain-0"], restarts["fell-0"], restarts["both-0"]) == (4, 13, 7, 0)

    fleet.to("2026-02-25T00:00:00")
    assert diary(fleet)["fell-2"][-2:] == [(1, True, "26100.32230"), (2, False, "26100.32313")]
    assert fleet.tracks()["fell-2"]["track"] == "hotpatch"


def test_the_diary_is_the_same_however_the_clock_is_moved(fleet):
    fleet.make("core-0")
    for month in range(1, 13):
        for day in ("05", "11", "19", "28"):
            if (month, day) > (1, "11"):
                fleet.to(f"2025-{month:02}-{day}T07:00:00")
    assert diary(fleet)["core-0"] == HOTPATCH_2022
