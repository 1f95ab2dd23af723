"""Which restarts a machine is foreseen, how many, and in which window."""

from datetime import date, datetime

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR, PatchEvent, Release, ReleaseSource
from azure_hotpatch.domain.restarts import count, foresee, machines_of, with_hotpatch, without_hotpatch

WEB = {"name": "web"}
AZURE_LOCAL = {
    "name": "branch",
    "customLocationId": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/branch/providers"
    "/Microsoft.ExtendedLocation/customLocations/branch",
    "logicalNetworkId": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/branch/providers"
    "/Microsoft.AzureStackHCI/logicalNetworks/servers",
}


def test_hotpatch_restarts_at_planned_baselines_and_perhaps_in_between(stack, today):
    (web,) = machines_of(stack(WEB))
    found = foresee(web, today)
    assert [one.released for one in found if one.certain] == [
        date(2027, 1, 12),
        date(2027, 4, 13),
        date(2027, 7, 13),
        date(2027, 10, 12),
    ]
    assert {one.cause for one in found if not one.certain} == {"unplanned baseline"}
    assert len(found) == 12


def test_the_number_is_a_range_and_never_none(stack, today):
    (web,) = machines_of(stack(WEB))
    assert str(count(web, today)) == "4 planned, 4 to 7 by the record"


def test_the_other_generation_has_a_record_of_its_own(stack, today):
    (web,) = machines_of(stack({**WEB, "image": "2025-core"}))
    assert str(count(web, today)) == "4 planned, 4 to 6 by the record"


def test_the_twin_without_hotpatch_restarts_every_month(stack, today):
    (web,) = machines_of(stack(WEB))
    assert count(without_hotpatch(web), today).planned == 12
    assert count(with_hotpatch(without_hotpatch(web)), today) == count(web, today)


def test_azure_has_thirty_days_for_it(stack, today):
    (web,) = machines_of(stack(WEB))
    january = next(one for one in foresee(web, today) if one.certain)
    assert january.slot is not None
    assert (january.slot.first, january.slot.last) == (datetime(2027, 1, 12), datetime(2027, 2, 11, 23, 59))


def test_a_schedule_restarts_in_its_window(stack, schedule, today):
    (web,) = machines_of(stack(WEB, mode="customerManagedSchedule", schedule=schedule))
    found = foresee(web, today)
    assert found[0].slot is not None
    assert (found[0].slot.first, found[0].slot.last) == (datetime(2026, 12, 12, 2), datetime(2026, 12, 12, 5))
    assert found[0].slot.clock == "W. Europe Standard Time"
    assert [one.certain for one in found] == [True] * 12


def test_what_two_months_bring_to_one_window_is_one_restart(stack, schedule, today):
    quarterly = {**schedule, "start": "2027-01-01 02:00", "recurrence": "saturdayAfterBaseline"}
    (web,) = machines_of(stack(WEB, mode="customerManagedSchedule", schedule=quarterly))
    windows = [one.slot.first.date() for one in foresee(web, today) if one.slot]
    assert windows == [date(2027, month, day) for month, day in ((1, 16), (4, 17), (7, 17), (10, 16))] + [
        date(2028, 1, 15)
    ]


def test_a_window_on_the_evening_of_patch_tuesday_may_be_too_early(stack, schedule, today):
    weekly = {**schedule, "start": "2026-12-01 19:00", "recurrence": "Week Tuesday"}
    (web,) = machines_of(stack(WEB, mode="customerManagedSchedule", schedule=weekly))
    slot = foresee(web, today)[0].slot
    assert slot is not None
    assert (slot.first.date(), slot.last.date()) == (date(2026, 12, 8), date(2026, 12, 15))


def test_a_schedule_that_has_expired_restarts_nothing(stack, schedule, today):
    ended = {**schedule, "expires": "2027-03-01 00:00"}
    (web,) = machines_of(stack(WEB, mode="customerManagedSchedule", schedule=ended))
    assert [one.released.month for one in foresee(web, today)] == [12, 1, 2]


@pytest.mark.parametrize(
    "maintenance", [{"mode": "paused"}, {"rebootSetting": "Never"}], ids=["paused", "never-restarts"]
)
def test_what_is_never_restarted_has_no_restart_to_foresee(maintenance, stack, today):
    (web,) = machines_of(stack(WEB, **maintenance))
    assert web.never_restarts
    assert foresee(web, today) == ()


def test_a_restart_after_every_installation_comes_every_month(stack, today):
    (web,) = machines_of(stack(WEB, rebootSetting="Always"))
    assert [one.certain for one in foresee(web, today)] == [True] * 12


def test_an_announced_unplanned_baseline_is_certain(stack, today):
    (web,) = machines_of(stack(WEB))
    announced = PatchEvent(date(2026, 12, 8), "2022", Release.UNPLANNED_BASELINE, ReleaseSource("notes"))
    first = foresee(web, today, calendar=CALENDAR.extended([announced]))[0]
    assert (first.released, first.certain) == (date(2026, 12, 8), True)


def test_windows_itself_restarts_at_its_hour(stack, today):
    policy = {"tool": "groupPolicy", "installDay": "Sunday", "installHour": 4}
    (branch,) = machines_of(stack(azure_local=[{**AZURE_LOCAL, "orchestration": policy}]))
    first = foresee(branch, today)[0].slot
    assert first is not None
    assert (first.first, first.last) == (datetime(2026, 12, 13, 4), datetime(2026, 12, 13, 5))


def test_where_a_person_decides_there_is_no_window(stack, today):
    server = {"tool": "thirdParty", "wsusServer": "https://wsus.contoso.com:8531"}
    (branch,) = machines_of(stack(azure_local=[{**AZURE_LOCAL, "orchestration": server}]))
    assert {one.slot for one in foresee(branch, today)} == {None}
    assert count(branch, today).planned == 4


def test_a_scale_set_is_foreseen_as_one(stack, today):
    (front,) = machines_of(stack(scale_sets=[{"name": "front", "instances": 4}]))
    assert (front.name, count(front, today).planned) == ("front", 4)
