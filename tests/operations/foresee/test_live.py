"""Machines that run, foreseen: who patches them, and whether they are on the hotpatch track."""

from dataclasses import replace
from datetime import date

import pytest

from azure_hotpatch.domain.azure.calendar import CALENDAR
from azure_hotpatch.domain.restarts import Patcher, count, foresee
from azure_hotpatch.operations.foresee.live import fleet, patched, standing_of
from azure_hotpatch.operations.machine import ImageName, Machine, MachineType, PatchSettings
from tests.operations.machines import installed

NOVEMBER_2025 = date(2025, 11, 20)
CORE_2022 = "2022-datacenter-azure-edition-core"
PLAIN = PatchSettings("AutomaticByPlatform", enable_hotpatching=False)
HOTPATCH = PatchSettings(patch_mode="AutomaticByPlatform", enable_hotpatching=True)


def machine(os_version="10.0.26100.7092", settings=HOTPATCH, **more):
    image = more.pop("image", ImageName("MicrosoftWindowsServer", "WindowsServer", "2025-datacenter-azure-edition"))
    place = {"id": "/vm", "type": MachineType.VIRTUAL_MACHINE, "resource_group": "fleet", "subscription": "s"}
    return Machine(
        **place, name="web", location="westeurope", image=image, os_version=os_version, settings=settings, **more
    )


@pytest.mark.parametrize(
    ("os_version", "until"),
    [
        ("10.0.26100.7092", None),  # November's hotpatch
        ("10.0.26100.6899", None),  # October's baseline
        ("10.0.26100.7171", date(2026, 1, 13)),  # November's cumulative update
        ("10.0.26100.6901", date(2026, 1, 13)),  # an out-of-band update with a restart
        ("10.0.26100.6584", date(2026, 1, 13)),  # behind the baseline, and November's hotpatch is out
        ("10.0.26100.6905", None),  # a hotpatch and an update with a restart have this build: nobody can know
        (None, None),
    ],
)
def test_a_build_says_whether_a_machine_is_on_the_track(os_version, until):
    assert standing_of(machine(os_version), "2025", CALENDAR, NOVEMBER_2025)[0] == until


def test_a_build_that_two_updates_share_is_told_apart_by_what_was_installed():
    stray = replace(machine("10.0.26100.6905"), installations=(installed("2025-10-24", "5070881"),))
    assert standing_of(stray, "2025", CALENDAR, NOVEMBER_2025)[0] == date(2026, 1, 13)


@pytest.mark.parametrize(
    ("build", "until"), [("20348.5622", None), ("20348.5631", date(2027, 1, 12)), ("20348.5386", date(2027, 1, 12))]
)
def test_after_the_end_of_the_record_the_build_alone_tells(build, until):
    """The baseline of September 2026, the out-of-band update after it, and the baseline before it."""
    late = machine(f"10.0.{build}", image=ImageName("MicrosoftWindowsServer", "WindowsServer", CORE_2022))
    assert standing_of(late, "2022", CALENDAR, date(2026, 11, 29)) == (until, None)


def test_a_baseline_that_is_due_takes_no_machine_off_the_track():
    """On July 12, 2025 the baseline of July 8 is out, and Azure has until August 7."""
    today = date(2025, 7, 12)
    waiting = patched(machine("10.0.26100.4270"), CALENDAR.as_of(today), today)
    assert (waiting.off_track_until, waiting.due) == (None, date(2025, 7, 8))
    first, *later = foresee(waiting, today, calendar=CALENDAR.as_of(today))
    assert (first.cause, first.slot.first.date(), first.slot.last.date()) == ("baseline", today, date(2025, 8, 7))
    done = patched(machine("10.0.26100.4652"), CALENDAR.as_of(today), today)
    assert [one.released for one in later] == [
        one.released for one in foresee(done, today, calendar=CALENDAR.as_of(today))
    ]


def test_what_is_overdue_comes_from_now_on():
    today = date(2025, 11, 3)
    plain = patched(machine("10.0.26100.4652", settings=PLAIN), CALENDAR.as_of(today), today)
    first = foresee(plain, date(2025, 12, 1))[0]
    assert (first.released, first.slot.first.date(), first.slot.last.date()) == (
        date(2025, 10, 14),
        date(2025, 12, 1),
        date(2025, 12, 31),
    )


def test_a_machine_off_the_track_restarts_each_month_until_the_baseline():
    off = patched(machine("10.0.26100.7171"), CALENDAR, NOVEMBER_2025)
    on = patched(machine(), CALENDAR, NOVEMBER_2025)
    assert count(off, NOVEMBER_2025).planned == count(on, NOVEMBER_2025).planned + 1


@pytest.mark.parametrize(
    ("settings", "schedules", "patcher"),
    [
        (HOTPATCH, (), Patcher.AZURE),
        (HOTPATCH, ("/schedule",), Patcher.NOBODY),  # hotpatch excludes a schedule
        (PatchSettings("AutomaticByPlatform", bypass_platform_safety_checks=True), ("/schedule",), Patcher.SCHEDULE),
        (PatchSettings("AutomaticByPlatform", bypass_platform_safety_checks=True), (), Patcher.NOBODY),
        (PatchSettings("AutomaticByOS"), (), Patcher.GUEST),
        (PatchSettings("Manual"), (), Patcher.PERSON),
        (PatchSettings("Manual"), ("/schedule",), Patcher.PERSON),  # a schedule needs AutomaticByPlatform
        (PLAIN, ("/schedule",), Patcher.NOBODY),  # and the bypass
    ],
)
def test_settings_and_schedules_say_who_patches(settings, schedules, patcher):
    assert patched(machine(settings=settings, schedules=schedules), CALENDAR, NOVEMBER_2025).patcher is patcher


@pytest.mark.parametrize(
    ("sku", "enabled", "hotpatched"),
    [
        ("2025-datacenter-azure-edition", None, True),  # Azure fills true in
        ("2025-datacenter-azure-edition", False, False),
        ("2025-datacenter", None, False),
    ],
)
def test_absent_is_what_azure_fills_in(sku, enabled, hotpatched):
    image = ImageName("MicrosoftWindowsServer", "WindowsServer", sku)
    settings = PatchSettings("AutomaticByPlatform", enable_hotpatching=enabled)
    assert patched(machine(settings=settings, image=image), CALENDAR, NOVEMBER_2025).hotpatch is hotpatched


def test_what_is_no_windows_server_of_ours_is_named():
    linux = machine(None, image=ImageName("Canonical", "ubuntu", "server"))
    known, others = fleet([linux, machine()], CALENDAR, NOVEMBER_2025)
    assert (len(known), others) == (1, ["web"])
