"""The emulated Windows Update: the record, what is planned after it, and a user's event file."""

from datetime import UTC, date, datetime, timedelta

import pytest

from azure_hotpatch.emulator.arm.windows_update.calendar import recorded
from azure_hotpatch.emulator.arm.windows_update.companions import companions
from azure_hotpatch.emulator.arm.windows_update.events import catalogue
from azure_hotpatch.emulator.arm.windows_update.releases import HOTPATCHES, UpdateKind

CHOICE = {"rebootSetting": "IfRequired", "windowsParameters": {"classificationsToInclude": ["Critical", "Security"]}}


def kinds(server, year, kind):
    found = catalogue("").calendars[server].releases
    return [f"{one.day:%m}" for one in found if one.day.year == year and one.kind is kind]


@pytest.mark.parametrize(
    ("server", "year", "months"),
    [
        ("2022", 2022, "01 04 05 07 08 10 12"),
        ("2022", 2023, "01 04 07 10"),
        ("2022", 2024, "01 04 07 08 10"),
        ("2022", 2025, "01 04 07 10"),
        ("2025", 2025, "01 04 07 10"),
        ("2022", 2026, "01 04 06 07 09 10"),
        ("2025", 2026, "01 04 06 07 09 10"),
        ("2025", 2027, "01 04 07 10"),
    ],
)
def test_baselines_come_when_they_came_and_then_as_they_are_planned(server, year, months):
    assert kinds(server, year, UpdateKind.BASELINE) == months.split()


def test_every_hotpatch_has_a_cumulative_update_of_the_same_day():
    hotpatches = {(one.server, one.day) for one in recorded() if one.kind is UpdateKind.HOTPATCH}
    cumulative = {(one.server, one.day) for one in recorded() if one.kind is UpdateKind.CUMULATIVE}
    assert len(hotpatches) == 48
    assert hotpatches == cumulative


def test_numbers_and_builds_are_there_and_none_is_used_twice():
    numbers = [one.kb for one in recorded()]
    assert len(set(numbers)) == len(numbers)
    for one in recorded():
        prefix = {"2022": "20348.", "2025": "26100."}[one.server]
        assert one.build.startswith(prefix) or (one.kind is UpdateKind.POWERSHELL and not one.build)


def test_what_is_planned_is_said_to_be_so():
    after = [one for one in catalogue("").calendars["2025"].releases if one.day > date(2026, 9, 30)]
    assert after[0].day == date(2026, 10, 13)
    assert not any(one.recorded for one in after)
    assert len({one.kb for one in after}) == len(after)


def test_a_hotpatch_of_a_planned_month_is_offered(fleet):
    fleet.make("m", "2025-datacenter-azure-edition")
    fleet.to("2028-03-25T00:00:00")
    assert fleet.tracks()["m"]["track"] == "hotpatch"
    found = catalogue("").calendars["2025"].hotpatch(datetime(2028, 3, 25, tzinfo=UTC))
    assert found.kind in HOTPATCHES
    assert fleet.tracks()["m"]["build"] == found.build


class TestEvents:
    """What a user adds to the calendar."""

    BASELINE = ({"day": "2025-03-11", "server": "2022", "kind": "baseline", "kb": "KB5999001", "build": "20348.3333"},)

    def test_an_unplanned_baseline_takes_the_place_of_a_hotpatch(self, arm, fleet):
        answer = arm.put("/emulator/events", {"releases": list(self.BASELINE)})
        assert answer.status_code == 200
        assert arm.get("/emulator/events").json() == {"releases": list(self.BASELINE)}
        fleet.make("m")
        fleet.to("2025-04-01T00:00:00")
        assert fleet.history()["m"][-1][1:] == (True, "20348.3333")
        assert fleet.tracks()["m"]["track"] == "hotpatch"

    def test_a_share_of_the_machines_fails_and_always_the_same(self, arm, fleet):
        for number in range(20):
            fleet.make(f"m-{number}")
        fault = {"kb": "KB5049983", "outcome": "fails", "share": 0.5, "machines": "m-1*"}
        arm.put("/emulator/events", {"faults": [fault]}).raise_for_status()
        fleet.to("2025-01-22T00:00:00")
        failed = {name for name, runs in fleet.history().items() if not runs}
        assert 1 < len(failed) < 11
        assert all(name.startswith("m-1") for name in failed)

    def test_an_update_that_never_ends_takes_the_time_that_there_is(self, arm, fleet):
        machine = fleet.make("m")
        arm.put("/emulator/events", {"faults": [{"kb": "KB5049983", "outcome": "never ends"}]}).raise_for_status()
        fleet.to("2025-01-14T18:00:00")
        result = arm.act(f"{machine}/installPatches", {**CHOICE, "maximumDuration": "PT1H"})
        assert (result["status"], result["maintenanceWindowExceeded"]) == ("Failed", True)
        assert (result["failedPatchCount"], result["installedPatchCount"]) == (1, 0)
        assert fleet.tracks()["m"]["build"] == "20348.2762"

    def test_everything_that_is_wrong_is_said_at_once(self, arm):
        wrong = {
            "release": [],
            "releases": [{"day": "March", "server": "2019", "kind": "b", "kb": "5", "build": "x", "colour": 1}],
            "faults": [
                {"kb": "KB1", "outcome": "explodes", "share": 2, "minutes": 0},
                7,
                {"kb": "KB\u00b2\u00b2\u00b2\u00b2"},
            ],
        }
        answer = arm.put("/emulator/events", wrong)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "InvalidEvents")
        words = answer.json()["error"]["message"]
        for part in (
            "'release' is not one of: releases, faults",
            "releases[0].colour is not one of",
            "releases[0].day is 'March'; write it as 2027-03-09",
            "releases[0].server is '2019'; allowed are: 2022, 2025",
            "releases[0].kind is 'b'",
            "releases[0].kb is '5'",
            "releases[0].build is 'x'",
            "faults[0].outcome is 'explodes'; allowed are: fails, never ends, unhealthy",
            "faults[0].share is 2",
            "faults[0].minutes is 0",
            "faults[1] must be an object",
            "faults[2].kb is 'KB\u00b2\u00b2\u00b2\u00b2'",
        ):
            assert part in words
        assert arm.get("/emulator/events").json() == {}


class TestOffers:
    """What a machine is offered on which track."""

    def numbers(self, arm, machine):
        found = arm.act(f"{machine}/assessPatches")["availablePatches"]
        return [(f"KB{one['kbId']}", one["rebootBehavior"]) for one in found if one["classifications"] == ["Security"]]

    def test_a_machine_on_the_baseline_is_offered_the_safe_update_and_another_the_restart(self, arm, fleet):
        safe, plain = fleet.make("safe"), fleet.make("plain", mode="azure-managed")
        fleet.to("2025-10-24T18:00:00")
        assert self.numbers(arm, safe) == [("KB5070892", "NeverReboots")]
        assert self.numbers(arm, plain) == [("KB5070884", "AlwaysRequiresReboot")]

    def test_a_machine_that_missed_the_baseline_falls_off_with_the_update_after_it(self, arm, fleet):
        machine = fleet.make("m", "2025-datacenter-azure-edition")
        fleet.to("2025-10-01T00:00:00")
        arm.act(f"{machine}/deallocate")
        fleet.to("2025-10-25T00:00:00")
        arm.act(f"{machine}/start")
        fleet.to("2025-11-10T00:00:00")
        assert fleet.history()["m"][-1][1:] == (True, "26100.6905")
        track = fleet.tracks()["m"]
        assert (track["track"], track["fallenBy"], track["until"]) == ("fallen off", "KB5070881", "2026-01-13")

    def test_an_optional_update_stands_beside_the_one_that_closes_holes(self, arm, fleet):
        machine = fleet.make("m", mode="azure-managed")
        fleet.to("2025-04-12T00:00:00")
        assert self.numbers(arm, machine) == [("KB5055526", "AlwaysRequiresReboot")]
        optional = [
            one["kbId"]
            for one in arm.act(f"{machine}/assessPatches")["availablePatches"]
            if one["classifications"] == ["Updates"] and "Windows Server 2022" in one["name"]
        ]
        assert optional == ["5058920"]

    def test_turning_hotpatch_off_and_on_again_helps_from_the_next_baseline_on(self, arm, fleet):
        machine = fleet.make("m")
        fleet.to("2025-02-01T00:00:00")
        for enabled, day in ((False, "2025-02-28"), (True, "2025-03-25")):
            settings = {"windowsConfiguration": {"patchSettings": {"enableHotpatching": enabled}}}
            arm.wait(arm.patch(machine, {"properties": {"osProfile": settings}}))
            fleet.to(f"{day}T00:00:00")
        track = fleet.tracks()["m"]
        assert (track["track"], track["fallenBy"], track["until"]) == ("fallen off", "KB5051979", "2025-04-08")
        fleet.to("2025-05-30T00:00:00")
        restarts = [restarted for _, restarted, _ in fleet.history()["m"]]
        assert restarts == [True, True, True, True, False]
        assert fleet.tracks()["m"]["track"] == "hotpatch"

    def test_a_baseline_that_may_not_restart_keeps_later_hotpatches_away(self, arm, fleet):
        machine = fleet.make("m")
        settings = {"patchSettings": {"automaticByPlatformSettings": {"rebootSetting": "Never"}}}
        arm.wait(arm.patch(machine, {"properties": {"osProfile": {"windowsConfiguration": settings}}}))
        fleet.to("2025-02-12T00:00:00")
        standing = fleet.tracks()["m"]
        assert (standing["build"], standing["rebootPending"]) == ("20348.2762", True)
        assert self.numbers(arm, machine) == [("KB5051979", "AlwaysRequiresReboot")]
        arm.act(f"{machine}/restart")
        assert fleet.tracks()["m"]["build"] == "20348.3091"
        assert self.numbers(arm, machine) == [("KB5052106", "NeverReboots")]

    def test_a_day_limits_what_is_installed(self, arm, fleet):
        machine = fleet.make("m", mode="azure-managed")
        fleet.to("2025-01-14T18:00:00")
        limited = {**CHOICE["windowsParameters"], "maxPatchPublishDate": "2025-01-13"}
        result = arm.act(f"{machine}/installPatches", {**CHOICE, "windowsParameters": limited})
        assert result["installedPatchCount"] == 0
        result = arm.act(f"{machine}/installPatches", CHOICE)
        assert result["installedPatchCount"] == 1

    @pytest.mark.parametrize(("duration", "started"), [("PT24M", 0), ("PT25M", 1)])
    def test_no_update_starts_in_the_last_minutes(self, arm, fleet, duration, started):
        machine = fleet.make("m")
        fleet.to("2025-01-14T18:00:00")
        result = arm.act(f"{machine}/installPatches", {**CHOICE, "maximumDuration": duration})
        assert (result["installedPatchCount"], result["pendingPatchCount"]) == (started, 1 - started)
        assert result["maintenanceWindowExceeded"] is not bool(started)

    def test_an_image_by_its_version_is_on_the_baseline_of_its_day(self, arm, fleet):
        machine = fleet.make("m")
        view = arm.get(f"{machine}/instanceView").json()
        assert (view["osName"], view["osVersion"]) == (
            "Windows Server 2022 Datacenter Azure Edition",
            "10.0.20348.2762",
        )
        exact = arm.get(machine).json()["properties"]["storageProfile"]["imageReference"]["exactVersion"]
        assert exact == "20348.2762.241008"


@pytest.mark.parametrize("hour", range(24))
def test_offers_nothing_that_is_published_later(hour):
    days = (datetime(2025, 1, 1, hour, tzinfo=UTC) + timedelta(days=day) for day in range(366))
    assert [(now, one.name) for now in days for one in companions(now) if one.published_at > now] == []
