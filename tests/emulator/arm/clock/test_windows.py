"""When a maintenance window opens: recurrences, time zones with summer time, expiry, and dynamic scopes."""

from datetime import UTC, datetime

import pytest

from azure_hotpatch.emulator.arm.rounds.windows import minutes, openings


def opened(recurrence, start, zone, before, after, expires="9999-12-31 23:59:59"):
    window = {"startDateTime": start, "expirationDateTime": expires, "timeZone": zone, "recurEvery": recurrence}
    moments = (datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (before, after))
    return [f"{one:%Y-%m-%d %H:%M}" for one in openings(window, *moments)]


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        ("Day", ["2025-01-13 02:00", "2025-01-14 02:00", "2025-01-15 02:00"]),
        ("3Days", ["2025-01-13 02:00", "2025-01-16 02:00"]),
        ("Week", ["2025-01-20 02:00", "2025-01-27 02:00"]),
        ("2Weeks Monday,Friday", ["2025-01-13 02:00", "2025-01-17 02:00", "2025-01-27 02:00"]),
        ("Week saturday, sunday", ["2025-01-18 02:00", "2025-01-19 02:00"]),
        ("Month day1,day31", ["2025-01-31 02:00", "2025-02-01 02:00"]),
        ("Month Second Tuesday", ["2025-01-14 02:00", "2025-02-11 02:00"]),
        ("Month Second Tuesday Offset4", ["2025-01-18 02:00", "2025-02-15 02:00"]),
        ("Month Last Friday Offset-2", ["2025-01-29 02:00", "2025-02-26 02:00"]),
        ("Month Last Thursday Offset3", ["2025-02-02 02:00", "2025-03-02 02:00"]),
        ("2Months First Monday", ["2025-03-03 02:00", "2025-05-05 02:00"]),
        ("Month  Second   Tuesday", ["2025-01-14 02:00", "2025-02-11 02:00"]),
        ("12Hours", ["2025-01-13 02:00", "2025-01-13 14:00", "2025-01-14 02:00"]),
    ],
)
def test_a_recurrence_falls_on_its_days(recurrence, expected):
    found = opened(recurrence, "2025-01-13 02:00", "UTC", "2025-01-12", "2025-05-30")
    assert found[: len(expected)] == (expected if recurrence != "Week" else ["2025-01-13 02:00", *expected][:2])


def test_the_start_opens_a_window_only_where_the_recurrence_falls_on_it():
    assert opened("Week Saturday", "2025-01-13 02:00", "UTC", "2025-01-12", "2025-01-26") == [
        "2025-01-18 02:00",
        "2025-01-25 02:00",
    ]


def test_a_window_keeps_its_wall_time_through_summer_time():
    found = opened("Month First Sunday", "2025-03-01 22:00", "W. Europe Standard Time", "2025-03-01", "2025-12-01")
    assert found[:2] == ["2025-03-02 21:00", "2025-04-06 20:00"]
    assert found[-1] == "2025-11-02 21:00"


def test_a_window_in_the_skipped_hour_opens_an_hour_later_and_in_the_doubled_hour_once():
    # Summer time began on March 30th at 02:00 and ended on October 26th at 03:00.
    found = opened("Week Sunday", "2025-03-23 02:30", "W. Europe Standard Time", "2025-03-22", "2025-11-03")
    assert found[:3] == ["2025-03-23 01:30", "2025-03-30 01:30", "2025-04-06 00:30"]
    assert found[-2:] == ["2025-10-26 00:30", "2025-11-02 01:30"]


def test_a_window_south_of_the_equator_and_one_of_half_an_hour():
    assert opened("Day", "2025-10-04 02:00", "aus eastern standard time", "2025-10-03", "2025-10-05 23:00") == [
        "2025-10-03 16:00",
        "2025-10-04 16:00",
        "2025-10-05 15:00",
    ]
    assert opened("Day", "2025-01-02 01:00", "India Standard Time", "2025-01-01", "2025-01-02") == ["2025-01-01 19:30"]


def test_no_window_opens_after_its_end_nor_at_the_moment_that_was_passed_already():
    found = opened("Day", "2025-01-13 02:00", "UTC", "2025-01-13 02:00", "2025-01-30", expires="2025-01-16 02:00")
    assert found == ["2025-01-14 02:00", "2025-01-15 02:00"]


def test_a_start_is_read_as_loosely_as_it_is_taken():
    assert opened("Day", "2025-1-5 2:05:00", "UTC", "2025-01-04", "2025-01-05 12:00") == ["2025-01-05 02:05"]


def test_a_window_lasts_as_long_as_it_says():
    assert minutes({"duration": "03:55"}) == 235


DAILY = {"startDateTime": "2025-01-15 22:00", "recurEvery": "Day"}


class TestRuns:
    """Schedules that run on machines while the clock moves."""

    def test_a_dynamic_scope_is_evaluated_when_the_window_opens(self, fleet, group):
        machine = fleet.make("m", mode="customer-schedule")
        schedule = fleet.schedule("nights", DAILY)
        fleet.assign(group, schedule, filter={"tagSettings": {"tags": {"ring": ["a"]}}})
        fleet.to("2025-01-16T12:00:00")
        assert fleet.history()["m"] == []
        fleet.arm.patch(machine, {"tags": {"ring": "a"}})
        fleet.to("2025-01-17T12:00:00")
        assert fleet.history()["m"] == [("2025-01-16", True, "20348.3091")]  # 22:00 there is 21:00 in UTC
        fleet.arm.patch(machine, {"tags": {"ring": "b"}})
        fleet.to("2025-03-01T12:00:00")
        assert len(fleet.history()["m"]) == 1

    def test_a_subscription_wide_scope_reaches_by_place_and_system(self, fleet):
        fleet.make("here", mode="customer-schedule")
        fleet.make("there", mode="customer-schedule", location="northeurope")
        chosen = {"locations": ["westeurope"], "osTypes": ["Windows"]}
        fleet.assign(fleet.arm.subscription, fleet.schedule("nights", DAILY), filter=chosen)
        fleet.to("2025-01-16T12:00:00")
        assert (len(fleet.history()["here"]), fleet.history()["there"]) == (1, [])

    def test_the_machine_s_reboot_setting_goes_before_the_schedule_s(self, fleet):
        machine = fleet.make("m", mode="customer-schedule")
        settings = {"automaticByPlatformSettings": {"rebootSetting": "Never"}}
        body = {"properties": {"osProfile": {"windowsConfiguration": {"patchSettings": settings}}}}
        fleet.arm.wait(fleet.arm.patch(machine, body))
        fleet.assign(machine, fleet.schedule("nights", DAILY, reboot="Always"))
        fleet.to("2025-01-16T12:00:00")
        assert fleet.tracks()["m"]["rebootPending"] is True
        assert [restarted for _, restarted, _ in fleet.history()["m"]] == [False]

    def test_a_machine_that_is_off_is_missed_and_the_run_says_so(self, fleet):
        machine = fleet.make("m", mode="customer-schedule")
        fleet.assign(machine, fleet.schedule("nights", DAILY))
        fleet.arm.act(f"{machine}/deallocate")
        fleet.to("2025-01-16T12:00:00")
        last = fleet.arm.get(f"{machine}/instanceView").json()["patchStatus"]["lastPatchInstallationSummary"]
        assert (last["status"], last["error"]["code"]) == ("Failed", "ShutdownOrUnresponsive")

    def test_an_update_that_ends_after_the_window_leaves_no_time_for_the_restart(self, fleet):
        fault = {"kb": "KB5049983", "minutes": 100}
        fleet.arm.put("/emulator/events", {"faults": [fault]}).raise_for_status()
        machine = fleet.make("m", mode="customer-schedule")
        fleet.assign(machine, fleet.schedule("nights", {**DAILY, "duration": "01:30"}))
        fleet.to("2025-01-16T12:00:00")
        last = fleet.arm.get(f"{machine}/instanceView").json()["patchStatus"]["lastPatchInstallationSummary"]
        assert (last["status"], last["maintenanceWindowExceeded"], last["installedPatchCount"]) == ("Failed", True, 1)
        assert fleet.tracks()["m"]["rebootPending"] is True

    def test_of_two_schedules_that_start_at_once_one_runs(self, fleet):
        machine = fleet.make("m", mode="customer-schedule")
        for name in ("one", "two"):
            fleet.assign(machine, fleet.schedule(name, DAILY))
        fleet.to("2025-01-16T12:00:00")
        assert fleet.history()["m"] == [("2025-01-15", True, "20348.3091")]  # a second run would find nothing left

    def test_the_end_of_the_window_leaves_the_rest_pending(self, fleet):
        fault = {"kb": "KB5049983", "minutes": 220}
        fleet.arm.put("/emulator/events", {"faults": [fault]}).raise_for_status()
        machine = fleet.make("m", mode="customer-schedule")
        classes = ("Critical", "Security", "UpdateRollup", "Updates", "Definition")
        fleet.assign(machine, fleet.schedule("nights", DAILY, classes))
        fleet.to("2025-01-16T12:00:00")
        last = fleet.arm.get(f"{machine}/instanceView").json()["patchStatus"]["lastPatchInstallationSummary"]
        assert (last["status"], last["maintenanceWindowExceeded"]) == ("Failed", True)
        assert (last["installedPatchCount"], last["pendingPatchCount"]) == (1, 4)
